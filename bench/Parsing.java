import dev.conduct.quality.reading.Readings;
import dev.conduct.quality.reading.Totals;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntFunction;

/// How fast long reports are read, in a heap of 64 MB: made while they are read, so that only reading is in it.
final class Parsing {

    private Parsing() {}

    public static void main(String... arguments) {
        var cases = 1_000_000;
        for (var warm = 2; warm > 0; warm--) {
            junit(cases / 4);
        }
        say("JUnit XML read", cases, junit(cases), "cases");
        say("one failure of 480 MB read", 480, read("<testsuite><testcase name='a'><failure><![CDATA[", n -> "noise ".repeat(80_000), "]]></failure></testcase></testsuite>", 1_000), "MB");
        say("go test JSON read", 500_000, read("", n -> "{\"Action\":\"pass\",\"Package\":\"shop\",\"Test\":\"Test" + n + "\",\"Elapsed\":0.1}\n", "", 500_000), "cases");
        say("JMeter CSV read", cases, read("timeStamp,elapsed,label,success\n", n -> "1700000000000," + n % 900 + ",Home " + n % 20 + ",true\n", "", cases), "samples");
    }

    private static double junit(int cases) {
        return read("<testsuite name='bench'>", n -> "<testcase classname='bench.Test" + n / 50 + "' name='case " + n + "' time='0.001'/>\n", "</testsuite>", cases);
    }

    private static double read(String head, IntFunction<String> piece, String tail, int pieces) {
        var began = System.nanoTime();
        var totals = new Totals();
        Readings.read(new Made(head, piece, tail, pieces), kind -> totals);
        return (System.nanoTime() - began) / 1e9;
    }

    private static void say(String what, long count, double seconds, String of) {
        System.out.printf(Locale.ROOT, "%s (64 MB heap)=%,d in %.2f s: %,.0f %s a second%n", what, count, seconds, count / seconds, of);
    }

    private static final class Made extends InputStream {

        private final String head;
        private final IntFunction<String> piece;
        private final String tail;
        private final int pieces;
        private int made = -1;
        private byte[] bytes = new byte[0];
        private int at;

        private Made(String head, IntFunction<String> piece, String tail, int pieces) {
            this.head = head;
            this.piece = piece;
            this.tail = tail;
            this.pieces = pieces;
        }

        private boolean filled() {
            while (at == bytes.length) {
                made++;
                if (made > pieces + 1) {
                    return false;
                }
                bytes = (made == 0 ? head : made <= pieces ? piece.apply(made) : tail).getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return true;
        }

        @Override
        public int read() {
            return filled() ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (!filled()) {
                return -1;
            }
            var count = Math.min(most, bytes.length - at);
            System.arraycopy(bytes, at, into, from, count);
            at += count;
            return count;
        }
    }
}
