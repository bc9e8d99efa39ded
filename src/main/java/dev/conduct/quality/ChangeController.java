package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Changed lines for programs.
@RestController
@Tag(name = "reports")
class ChangeController {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SeenProducts seen;
    private final ChangeRows rows;

    ChangeController(SeenProducts seen, ChangeRows rows) {
        this.seen = seen;
        this.rows = rows;
    }

    record Stretch(int from, int to) {}

    record ChangedFile(String path, long lines, long covered, List<Stretch> gaps) {}

    /// @param counted false when no coverage of this commit has met its lines; then there is nothing else
    /// @param base the commit it was compared with
    /// @param lines changed, and such that a test can run them
    /// @param trouble empty, too_large or paths
    /// @param files at most 500, those with the most lines that no test ran first
    @JsonNaming(SnakeCaseStrategy.class)
    record ChangedLinesAnswer(
            boolean counted,
            String commit,
            String build,
            String base,
            String against,
            long lines,
            long covered,
            String trouble,
            @Nullable Instant countedAt,
            List<ChangedFile> files) {}

    @GetMapping("/api/v1/products/{key}/changed-lines")
    @Operation(
            operationId = "getChangedLines",
            summary = "Which of the lines that a commit changed its tests ran, by coverage from CI")
    ChangedLinesAnswer get(
            @PathVariable("key") String key,
            @Parameter(description = "7 to 64 hexadecimal digits.", example = "a1b2c3d4") @RequestParam(name = "commit")
                    String commit,
            @Parameter(hidden = true) Actor actor) {
        var product = seen.find(key, actor);
        var wanted = commit.strip().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(wanted).matches()) {
            throw Problem.badInput("commit", "not_a_commit", "must be 7 to 64 hexadecimal digits.");
        }
        var count = rows.ofCommit(product.key(), wanted)
                .filter(found -> found.commit().startsWith(wanted) || wanted.startsWith(found.commit()))
                .orElse(null);
        if (count == null) {
            return new ChangedLinesAnswer(false, wanted, "", "", "", 0, 0, "", null, List.of());
        }
        return new ChangedLinesAnswer(
                true,
                count.commit(),
                count.build(),
                count.base(),
                count.against(),
                count.lines(),
                count.covered(),
                count.trouble(),
                count.at(),
                rows.files(count.id()).stream()
                        .map(file -> new ChangedFile(
                                file.path(),
                                file.lines(),
                                file.covered(),
                                file.stretches().stream()
                                        .map(gap -> new Stretch(gap.from(), gap.to()))
                                        .toList()))
                        .toList());
    }
}
