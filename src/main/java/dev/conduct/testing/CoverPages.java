package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// What cases cover, with the holes named.
@Controller
@Tag(name = "test plans")
class CoverPages {

    private static final int BUILDS = 12;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final TestedProducts tested;
    private final CaseCoverage coverage;

    CoverPages(TestedProducts tested, CaseCoverage coverage) {
        this.tested = tested;
        this.coverage = coverage;
    }

    record CoverView(Products.Product product, CaseCoverage.Coverage coverage, List<CaseCoverage.Build> builds)
            implements View {

        TestingTabs tabs() {
            return new TestingTabs(product.key(), "coverage");
        }

        @Override
        public String template() {
            return "testing/coverage.jte";
        }

        @Override
        public String title() {
            return "What test cases of " + product.name() + " cover";
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs(product);
        }
    }

    @GetMapping("/testing/{product}/coverage")
    CoverView show(
            @PathVariable("product") String key,
            @RequestParam(name = "commit", defaultValue = "") String commit,
            Actor actor) {
        var product = tested.find(key, actor);
        return new CoverView(product, coverage.of(key, hash(commit), actor), coverage.builds(key, BUILDS));
    }

    @GetMapping("/api/v1/products/{key}/test-coverage")
    @ResponseBody
    @Operation(
            operationId = "getTestCoverage",
            summary = "What cases cover of integration points, records and edge classes; what has no case is a hole")
    CaseCoverage.Coverage get(
            @PathVariable("key") String key,
            @Parameter(description = "Results of runs of this commit only.", example = "a1b2c3d4")
                    @RequestParam(name = "commit", defaultValue = "")
                    String commit,
            @Parameter(hidden = true) Actor actor) {
        var _ = tested.find(key, actor);
        return coverage.of(key, hash(commit), actor);
    }

    private static String hash(String typed) {
        var commit = typed.strip().toLowerCase(Locale.ROOT);
        return COMMIT.matcher(commit).matches() ? commit : "";
    }
}
