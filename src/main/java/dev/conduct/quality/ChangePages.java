package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.ChangeRows.Count;
import dev.conduct.quality.ChangedLines.OfFile;
import dev.conduct.work.CodeHistory;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What of the lines that a commit changed its tests ran: as it was counted, or against any other commit.
@Controller
class ChangePages {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SeenProducts seen;
    private final RunRows runs;
    private final ChangeRows rows;
    private final CoverageRows coverage;
    private final CodeHistory history;
    private final Procedures procedures;
    private final InstantSource time;

    ChangePages(
            SeenProducts seen,
            RunRows runs,
            ChangeRows rows,
            CoverageRows coverage,
            CodeHistory history,
            Procedures procedures,
            InstantSource time) {
        this.seen = seen;
        this.runs = runs;
        this.rows = rows;
        this.coverage = coverage;
        this.history = history;
        this.procedures = procedures;
        this.time = time;
    }

    /// @param base an earlier commit to compare with, empty for what was counted
    @GetMapping("/quality/{product}/runs/{run}/changes")
    ChangeView changes(
            @PathVariable("product") String key,
            @PathVariable("run") UUID id,
            @RequestParam(name = "base", defaultValue = "") String base,
            Actor actor) {
        var product = seen.find(key, actor);
        var run = runs.find(key, id).orElseThrow(() -> Problem.notFound("This run"));
        var limit = Limits.changeCoverage(procedures.at(time.instant()));
        var wanted = base.strip().toLowerCase(Locale.ROOT);
        if (!wanted.isEmpty()) {
            return against(run, wanted, new ChangeView(product, run, limit, wanted, null, List.of(), ""));
        }
        var count = rows.of(id).orElse(null);
        return new ChangeView(
                product,
                run,
                limit,
                "",
                count,
                count == null ? List.of() : rows.files(count.id()),
                count == null ? why(run) : "");
    }

    /// Why nothing is counted of a run.
    private String why(Run run) {
        if (run.lines() == 0) {
            return "No coverage of this run has come.";
        }
        return history.knows(run.product())
                ? "No mirror has the commit yet. It is counted when it is fetched, every quarter of an hour."
                : "No repository of the product is mirrored, so nobody knows what the commit changed.";
    }

    private ChangeView against(Run run, String base, ChangeView view) {
        var changed = COMMIT.matcher(base).matches()
                ? history.changed(run.product(), run.commit(), base).orElse(null)
                : null;
        if (changed == null) {
            return view.saying("No mirror has both commits. Give 7 to 64 hexadecimal digits of an earlier one.");
        }
        if (!changed.whole()) {
            return view.saying("Between them lie more files than are looked at.");
        }
        var told = ChangedLines.told(changed.lines().keySet(), coverage.paths(run.id()));
        var bits = coverage.bits(run.id(), told.values());
        told.values().removeIf(name -> !bits.containsKey(name));
        var found = ChangedLines.count(changed.lines(), told, name -> Objects.requireNonNull(bits.get(name)));
        return view.of(
                new Count(
                        run.id(),
                        run.id(),
                        run.id(),
                        run.commit(),
                        run.build(),
                        changed.base(),
                        changed.against(),
                        "",
                        found.changed(),
                        found.lines(),
                        found.covered(),
                        found.unknown(),
                        time.instant()),
                found.files().stream()
                        .sorted(java.util.Comparator.comparingLong((OfFile file) -> file.covered() - file.lines())
                                .thenComparing(OfFile::path))
                        .limit(500)
                        .toList());
    }
}
