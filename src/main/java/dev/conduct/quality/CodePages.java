package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What tools find in the code of a product, counted down.
@Controller
class CodePages {

    private static final int LISTED = 100;
    private static final int DRAWN = 20;

    private final SeenProducts seen;
    private final RunRows runs;
    private final Ratchets ratchets;
    private final StandardsRows rows;

    CodePages(SeenProducts seen, RunRows runs, Ratchets ratchets, StandardsRows rows) {
        this.seen = seen;
        this.runs = runs;
        this.ratchets = ratchets;
        this.rows = rows;
    }

    /// @param id of the run whose new findings are listed, the main branch as it is when null
    @GetMapping("/quality/{product}/code")
    CodeView code(
            @PathVariable("product") String key,
            @RequestParam(name = "run", required = false) @Nullable UUID id,
            @RequestParam(name = "component", defaultValue = "") String called,
            Actor actor) {
        var product = seen.find(key, actor);
        var component = called.isEmpty() ? called : seen.component(key, called);
        var run = id == null ? null : runs.find(key, id).orElseThrow(() -> Problem.notFound("This run"));
        var fresh = rows.fresh(key, id, LISTED + 1);
        return new CodeView(
                product,
                run,
                ratchets.of(key),
                fresh.subList(0, Math.min(LISTED, fresh.size())),
                fresh.size() > LISTED,
                rows.components(key),
                component,
                trends(key, component),
                seen.mayJudge(key, actor));
    }

    private List<CodeView.Trend> trends(String product, String component) {
        var measured = rows.over(product, component.isEmpty() ? null : component, DRAWN);
        var trends = new ArrayList<CodeView.Trend>();
        add(trends, "Findings of linters", "findings", product, measured, StandardsRows.Measured::findings);
        add(trends, "Duplicated lines", "duplicated", product, measured, StandardsRows.Measured::duplicated);
        add(trends, "Cycles", "cycles", product, measured, StandardsRows.Measured::cycles);
        add(trends, "Packages needed", "leans", product, measured, StandardsRows.Measured::leans);
        return trends;
    }

    /// Two runs make a line.
    private static void add(
            List<CodeView.Trend> trends,
            String heading,
            String id,
            String product,
            List<StandardsRows.Measured> newestFirst,
            Function<StandardsRows.Measured, @Nullable Number> value) {
        var points = new ArrayList<Chart.Point>();
        for (var one : newestFirst.reversed()) {
            var number = value.apply(one);
            if (number != null) {
                points.add(new Chart.Point(
                        one.shortCommit(),
                        "/quality/" + product + "/runs/" + one.run(),
                        number.doubleValue(),
                        number instanceof Long
                                ? number.toString()
                                : String.format(Locale.ROOT, "%.1f", number.doubleValue())));
            }
        }
        if (points.size() >= 2) {
            trends.add(new CodeView.Trend(heading, id, Chart.counted(heading, points)));
        }
    }

    @PostMapping("/quality/{product}/code/{report}/findings/{place}")
    String accept(
            @PathVariable("product") String key,
            @PathVariable("report") UUID report,
            @PathVariable("place") int place,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            ratchets.accept(key, report, place, reason, actor);
            Flash.done(redirect, "The finding may stay. Why is in the log.");
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            Flash.stop(redirect, "The reason " + refused.errors().getFirst().says());
        }
        return "redirect:/quality/" + key + "/code";
    }
}
