package dev.conduct.quality;

import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Sample;

/// Adds up the requests of one label; percentiles to half a percent, in a fixed room.
final class LoadLabel {

    private static final double STEP = Math.log(1.01);
    private static final int BUCKETS = 2100;

    private final String label;
    private final int[] buckets = new int[BUCKETS];
    private long count;
    private long failed;
    private long timed;
    private double sum;
    private double least = Double.NaN;
    private double most = Double.NaN;

    LoadLabel(String label) {
        this.label = label;
    }

    void add(Sample sample) {
        count++;
        failed += sample.passed() ? 0 : 1;
        if (sample.took() >= 0) {
            timed++;
            sum += sample.took();
            least = timed == 1 ? sample.took() : Math.min(least, sample.took());
            most = timed == 1 ? sample.took() : Math.max(most, sample.took());
            buckets[(int) Math.min(BUCKETS - 1, Math.round(Math.log1p(sample.took()) / STEP))]++;
        }
    }

    LoadSummary summary() {
        return new LoadSummary(
                label,
                count,
                failed,
                least,
                timed == 0 ? Double.NaN : sum / timed,
                percentile(0.5),
                percentile(0.95),
                percentile(0.99),
                most);
    }

    private double percentile(double share) {
        if (timed == 0) {
            return Double.NaN;
        }
        var wanted = Math.max(1, (long) Math.ceil(share * timed));
        var seen = 0L;
        for (var bucket = 0; bucket < BUCKETS; bucket++) {
            seen += buckets[bucket];
            if (seen >= wanted) {
                return Math.clamp(Math.expm1(bucket * STEP), least, most);
            }
        }
        return most;
    }
}
