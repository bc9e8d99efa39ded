package dev.conduct.importer;

import dev.conduct.identity.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/// Imports by programs. The answer is the loss account, of a dry run too.
@RestController
@Tag(name = "imports")
class ImportController {

    private final Imports imports;

    ImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(path = "/api/v1/imports", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(
            operationId = "importHistory",
            summary = "Imports files of another tracker; the answer is the loss account")
    LossAccount run(
            @Parameter(description = "jira, bugzilla, github, csv, events-csv or xes.", example = "jira") @RequestParam
                    String format,
            @Parameter(description = "Key of the product that the records go to.", example = "APP") @RequestParam
                    String product,
            @Parameter(description = "Only the account; nothing is recorded.")
                    @RequestParam(name = "dry_run", defaultValue = "false")
                    boolean dryRun,
            @RequestPart(name = "mapping", required = false) @Nullable MultipartFile mapping,
            @RequestPart(name = "file", required = false) @Nullable List<MultipartFile> file,
            Actor actor) {
        var known = ImportFormat.of(format);
        var overlay = new Imports.Overlay("mapping", Received.mapping(mapping));
        return Uploads.laidOut(Received.files(file), sources -> {
            var order = new Imports.Order(known, product, sources, List.of(overlay));
            return dryRun ? imports.rehearse(order, actor) : imports.run(order, actor);
        });
    }
}
