package dev.conduct.quality;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a load test may cost: so slow at most, so much slower than the one before, so many requests failed.
///
/// @param most milliseconds that 95 of 100 requests of each label take at most
/// @param worse per cent that they may take longer than in the baseline
/// @param failed per cent of requests that may fail
record Budget(long most, long worse, long failed) {

    /// What came of one label.
    ///
    /// @param p95 milliseconds, null where nobody knows
    record Label(
            String name,
            long requests,
            long failed,
            @Nullable Double p95) {}

    /// Whether a load test keeps it. One without a request does not, nor one with a label whose time nobody knows.
    ///
    /// @param baseline by label, milliseconds of 95 of 100 requests in the load test before
    boolean kept(List<Label> labels, Map<String, Double> baseline) {
        return labels.stream().anyMatch(label -> label.requests() > 0)
                && labels.stream().allMatch(label -> kept(label, baseline.get(label.name())));
    }

    private boolean kept(Label label, @Nullable Double before) {
        if (label.requests() > 0 && label.failed() * 100 > failed * label.requests()) {
            return false;
        }
        var took = label.p95();
        return took != null && took <= most && (before == null || took <= before * (100 + worse) / 100);
    }
}
