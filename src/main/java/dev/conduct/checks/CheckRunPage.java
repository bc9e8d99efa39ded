package dev.conduct.checks;

import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What came of a check, step by step.
record CheckRunPage(
        Products.Product product, CheckNote check, CheckRun run, Map<String, String> names, boolean mayWrite)
        implements View {

    private static final Map<String, String> PARTS = Map.of(
            "broken", "Break",
            "survives", "Survives",
            "mend", "Mend",
            "recovers", "Recovers");

    @Override
    public String template() {
        return "checks/run.jte";
    }

    @Override
    public String title() {
        return check.title() + ": " + ChecksPage.word(run.state()).toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public List<Crumb> crumbs() {
        var crumbs = new ArrayList<>(CheckPage.crumbs(product));
        crumbs.add(new Crumb(check.title(), "/checks/" + product.key() + "/" + check.name(), false));
        return crumbs;
    }

    static String part(Outcome step) {
        return PARTS.getOrDefault(step.part(), "");
    }

    static String tone(Outcome step) {
        return switch (step.how()) {
            case PASSED -> "clear";
            case FAILED -> "stop";
            case SKIPPED -> "wait";
        };
    }

    static String word(Outcome step) {
        return switch (step.how()) {
            case PASSED -> "Passed";
            case FAILED -> "Failed";
            case SKIPPED -> "Skipped";
        };
    }

    /// `12 ms`, `1.3 s`.
    static String took(long micros) {
        var took = Duration.ofNanos(micros * 1_000);
        return took.toMillis() < 1_000
                ? took.toMillis() + " ms"
                : took.toMillis() / 1_000 + "." + took.toMillis() % 1_000 / 100 + " s";
    }
}
