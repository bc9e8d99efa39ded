package dev.conduct.importer;

import dev.conduct.identity.Actor;
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
class ImportController {

    private final Imports imports;

    ImportController(Imports imports) {
        this.imports = imports;
    }

    @PostMapping(path = "/api/v1/imports", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    LossAccount run(
            @RequestParam String format,
            @RequestParam String product,
            @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
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
