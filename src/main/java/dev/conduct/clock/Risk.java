package dev.conduct.clock;

import dev.conduct.procedure.Procedure;
import java.time.Duration;

/// From when a clock is at risk: in the last share of the time allowed, or the last hour where that is longer, but
/// never for more than another share, lest a short promise warn from its first second.
///
/// @param share, most percent of the time allowed
record Risk(long share, Duration last, long most) {

    /// Of versions that do not say it.
    static final Risk USUAL = new Risk(25, Duration.ofHours(1), 100);

    static Risk of(Procedure procedure) {
        return new Risk(
                value(procedure, "at_risk_share", Long.class, USUAL.share),
                value(procedure, "at_risk_last", Duration.class, USUAL.last),
                value(procedure, "at_risk_most", Long.class, USUAL.most));
    }

    private static <T> T value(Procedure procedure, String name, Class<T> kind, T otherwise) {
        var parameter = procedure.parameters().get(name);
        return parameter != null && kind.isInstance(parameter.value()) ? kind.cast(parameter.value()) : otherwise;
    }

    /// How much of the time allowed passes before it is at risk.
    Duration after(Duration allowed) {
        var wanted = longer(percent(allowed, share), last);
        var most = percent(allowed, this.most);
        return allowed.minus(wanted.compareTo(most) < 0 ? wanted : most);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static Duration percent(Duration of, long share) {
        return Duration.ofMillis(of.toMillis() * share / 100);
    }
}
