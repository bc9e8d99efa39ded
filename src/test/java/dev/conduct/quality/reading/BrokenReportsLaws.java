package dev.conduct.quality.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever is done to a report, reading it ends with a result or with one clear refusal, and it holds no more than
/// what it was given.
class BrokenReportsLaws {

    private static final List<byte[]> REPORTS = Fixtures.all();

    @Property(tries = 1500)
    void a_report_that_breaks_off(@ForAll long seed) {
        var random = new Random(seed);
        var report = any(random);

        endsClearly(Arrays.copyOf(report, random.nextInt(report.length + 1)));
    }

    @Property(tries = 1500)
    void a_report_with_bits_flipped(@ForAll long seed) {
        var random = new Random(seed);
        var report = any(random).clone();

        for (var flips = 1 + random.nextInt(8); flips > 0; flips--) {
            report[random.nextInt(report.length)] ^= (byte) (1 << random.nextInt(8));
        }
        endsClearly(report);
    }

    @Property(tries = 1500)
    void two_reports_spliced(@ForAll long seed) {
        var random = new Random(seed);
        var one = any(random);
        var other = random.nextBoolean() ? one : any(random);
        var end = random.nextInt(one.length + 1);
        var start = random.nextInt(other.length + 1);

        var spliced = Arrays.copyOf(one, end + other.length - start);
        System.arraycopy(other, start, spliced, end, other.length - start);
        endsClearly(spliced);
    }

    @Property(tries = 300)
    void a_piece_repeated_many_times(@ForAll long seed) {
        var random = new Random(seed);
        var report = any(random);
        var from = random.nextInt(report.length);
        var length = 1 + random.nextInt(Math.min(200, report.length - from));
        var times = random.nextInt(300);

        var repeated = new byte[report.length + times * length];
        System.arraycopy(report, 0, repeated, 0, from);
        for (var i = 0; i < times; i++) {
            System.arraycopy(report, from, repeated, from + i * length, length);
        }
        System.arraycopy(report, from, repeated, from + times * length, report.length - from);
        endsClearly(repeated);
    }

    private static byte[] any(Random random) {
        return REPORTS.get(random.nextInt(REPORTS.size()));
    }

    private static void endsClearly(byte[] bytes) {
        var taken = new long[1];
        try {
            var kind = Readings.read(new ByteArrayInputStream(bytes), _ -> _ -> taken[0]++);
            assertThat(kind).isNotNull();
            assertThat(taken[0]).isLessThanOrEqualTo(bytes.length);
        } catch (Problem refusal) {
            assertThat(refusal.status()).isIn(400, 413);
            assertThat(refusal.says()).isNotBlank().hasSizeLessThan(1500);
            assertThat(refusal.errors()).isNotEmpty();
        }
    }
}
