package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Cases brought from elsewhere, for programs.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "test plans")
class CaseImportController {

    private final Plans plans;
    private final CaseImport imports;
    private final MirroredCases mirrored;

    CaseImportController(Plans plans, CaseImport imports, MirroredCases mirrored) {
        this.plans = plans;
        this.imports = imports;
        this.mirrored = mirrored;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WantedImport(
            @Schema(
                    description = "csv, annotations, or mirror: the comments of the mirrored main branch.",
                    example = "csv")
            String format,

            @Schema(description = "The file; of mirror, none.", example = "title,steps\nPays,Pay => Paid") @Nullable
            String text,

            @Schema(description = "Of CSV: by field, its column; left out, they are guessed.", example = "{}") @Nullable
            Map<String, String> columns,

            @Schema(description = "True: nothing is written.", example = "false") @Nullable
            Boolean dryRun) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record ImportAnswer(
            int read, int created, int changed, int unchanged, int refused, List<FieldProblem> errors, boolean dryRun) {

        static ImportAnswer of(CaseImport.Account account) {
            return new ImportAnswer(
                    account.read(),
                    account.created(),
                    account.changed(),
                    account.unchanged(),
                    account.refused(),
                    account.errors(),
                    account.dryRun());
        }
    }

    @PostMapping("/test-plans/{id}/imports")
    @Operation(
            operationId = "importTestCases",
            summary = "Brings cases from CSV or from comments of tests; the same file twice brings nothing twice")
    ImportAnswer bring(
            @PathVariable("id") UUID id, @RequestBody WantedImport wanted, @Parameter(hidden = true) Actor actor) {
        var format = Listed.text(wanted.format());
        var mirror = format.equals("mirror");
        var checks = new Checks().named("format", format, "is required: csv, annotations or mirror.");
        if (!mirror) {
            checks.given("text", Listed.text(wanted.text()), "is required: the file.");
        }
        checks.done();
        return ImportAnswer.of(imports.run(
                id,
                new CaseImport.Wanted(
                        mirror ? "annotations" : format,
                        mirror ? text(id, actor) : Listed.text(wanted.text()),
                        wanted.columns() == null ? Map.of() : wanted.columns()),
                Boolean.TRUE.equals(wanted.dryRun()),
                actor));
    }

    private String text(UUID plan, Actor actor) {
        var product = plans.visible(plan, actor).product();
        if (!mirrored.readable(product)) {
            throw Problem.conflict(
                    "no_mirror", "No code of " + product + " is mirrored. Connect a repository, or send the comments.");
        }
        return mirrored.text(product);
    }
}
