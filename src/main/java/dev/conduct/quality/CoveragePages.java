package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CoverageRows.Covered;
import dev.conduct.quality.CoverageRows.OfComponent;
import dev.conduct.shell.Flash;
import dev.conduct.work.Products;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Coverage, down to the lines of a file; and which paths belong to a component.
@Controller
class CoveragePages {

    private static final int DRAWN = 40;
    private static final int FOLDERS = 200;

    private final SeenProducts seen;
    private final Products products;
    private final RunRows runs;
    private final CoverageRows rows;
    private final ComponentPaths paths;
    private final Procedures procedures;
    private final InstantSource time;

    CoveragePages(
            SeenProducts seen,
            Products products,
            RunRows runs,
            CoverageRows rows,
            ComponentPaths paths,
            Procedures procedures,
            InstantSource time) {
        this.seen = seen;
        this.products = products;
        this.runs = runs;
        this.rows = rows;
        this.paths = paths;
        this.procedures = procedures;
        this.time = time;
    }

    /// @param id of the run, the newest with coverage when null
    @GetMapping("/quality/{product}/coverage")
    CoverageView coverage(
            @PathVariable("product") String key,
            @RequestParam(name = "run", required = false) @Nullable UUID id,
            @RequestParam(name = "folder", defaultValue = "") String folder,
            Actor actor) {
        return view(seen.find(key, actor), id, folder, actor, Map.of(), List.of(), "");
    }

    private CoverageView view(
            Products.Product product,
            @Nullable UUID id,
            String folder,
            Actor actor,
            Map<String, String> entered,
            List<FieldProblem> problems,
            String wrong) {
        var key = product.key();
        var covered = runs.covered(key, DRAWN);
        var run = id == null
                ? covered.stream().findFirst().orElse(null)
                : runs.find(key, id).orElseThrow(() -> Problem.notFound("This run"));
        var before = run == null
                ? null
                : covered.stream()
                        .filter(one -> one.id().compareTo(run.id()) < 0)
                        .findFirst()
                        .orElse(null);
        var limit = Limits.coverage(procedures.at(time.instant()));
        var files = run == null ? List.<Covered>of() : rows.files(run.id());
        var folders = CoverageRows.folders(files);
        var components = run == null ? List.<OfComponent>of() : rows.components(key, run.id());
        var written = new HashMap<>(paths.written(key));
        written.putAll(entered);
        return new CoverageView(
                product,
                run,
                before,
                limit,
                run == null ? List.of() : CoverageTiles.of(run, components, folders, limit),
                components,
                folders.subList(0, Math.min(FOLDERS, folders.size())),
                folder,
                folder.isEmpty()
                        ? List.of()
                        : files.stream()
                                .filter(file -> within(file.path(), folder))
                                .toList(),
                QualityPages.coverageChart(covered, limit),
                paths.mayChange(key, actor),
                written,
                products.components(key),
                problems,
                wrong);
    }

    private static boolean within(String path, String folder) {
        var end = path.lastIndexOf('/');
        return (end < 0 ? "." : path.substring(0, end)).equals(folder);
    }

    @GetMapping("/quality/{product}/coverage/file")
    FileView file(
            @PathVariable("product") String key,
            @RequestParam(name = "run") UUID id,
            @RequestParam(name = "path") String path,
            Actor actor) {
        var product = seen.find(key, actor);
        var run = runs.find(key, id).orElseThrow(() -> Problem.notFound("This run"));
        var file = rows.file(id, path).orElseThrow(() -> Problem.notFound("This file"));
        return new FileView(product, run, file.file(), CoverageRows.gaps(file), stretches(file));
    }

    private static List<FileView.Stretch> stretches(CoverageRows.Bits file) {
        var stretches = new ArrayList<FileView.Stretch>();
        for (var line = file.known().nextSetBit(0);
                line >= 0;
                line = file.known().nextSetBit(line + 1)) {
            var ran = file.hit().get(line);
            var last = stretches.isEmpty() ? null : stretches.getLast();
            if (last != null && last.ran() == ran) {
                stretches.set(stretches.size() - 1, new FileView.Stretch(last.from(), line, ran));
            } else {
                stretches.add(new FileView.Stretch(line, line, ran));
            }
        }
        return stretches;
    }

    @PostMapping("/quality/{product}/components")
    Object paths(
            @PathVariable("product") String key,
            @RequestParam(name = "component", defaultValue = "") String component,
            @RequestParam(name = "patterns", defaultValue = "") String patterns,
            Actor actor,
            RedirectAttributes redirect) {
        var product = seen.find(key, actor);
        try {
            paths.say(key, component, patterns, actor);
            Flash.done(redirect, "Reports that come from now on are counted by the paths of " + component + ".");
            return "redirect:/quality/" + key + "/coverage";
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return view(product, null, "", actor, Map.of(component, patterns), refused.errors(), component);
        }
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
