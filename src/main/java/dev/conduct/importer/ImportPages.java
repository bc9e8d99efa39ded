package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.view.RedirectView;

/// Import in the browser: bring the files, see the account of a rehearsal, answer what has no counterpart, run.
@Controller
class ImportPages {

    private final Imports imports;
    private final Uploads uploads;
    private final Products products;
    private final Procedures procedures;
    private final InstantSource time;

    ImportPages(Imports imports, Uploads uploads, Products products, Procedures procedures, InstantSource time) {
        this.imports = imports;
        this.uploads = uploads;
        this.products = products;
        this.procedures = procedures;
        this.time = time;
    }

    @GetMapping("/admin/import")
    ImportFormView form() {
        return new ImportFormView(products.all(), "jira", "", List.of());
    }

    @PostMapping("/admin/import")
    Object upload(
            @RequestParam(defaultValue = "") String format,
            @RequestParam(defaultValue = "") String product,
            @RequestPart(name = "mapping", required = false) @Nullable MultipartFile mapping,
            @RequestPart(name = "file", required = false) @Nullable List<MultipartFile> file,
            Actor actor) {
        UUID id;
        try {
            id = uploads.keep(ImportFormat.of(format), product, Received.mapping(mapping), Received.files(file), actor);
            rehearse(id, actor);
        } catch (Problem problem) {
            if (problem.status() != 400) {
                throw problem;
            }
            return new ImportFormView(products.all(), format, product, problem.errors());
        }
        return new RedirectView("/admin/import/" + id);
    }

    @GetMapping("/admin/import/{id}")
    View account(@PathVariable UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        var account = upload.account();
        if (account == null) {
            throw Problem.notFound("This upload's account");
        }
        return new ImportView(id, upload.format().title(), upload.product(), account, upload.done(), choices(upload));
    }

    @PostMapping("/admin/import/{id}/answers")
    RedirectView answer(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, Actor actor) {
        var upload = uploads.find(id, actor);
        uploads.answered(id, Answers.laidOver(upload.answers(), form.toSingleValueMap()));
        rehearse(id, actor);
        return new RedirectView("/admin/import/" + id);
    }

    @PostMapping("/admin/import/{id}/run")
    RedirectView run(@PathVariable UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        if (upload.done()) {
            throw Problem.conflict("already_run", "This upload has been imported. Bring the file again to repeat it.");
        }
        uploads.done(id, uploads.with(upload, (door, order) -> door.run(order, actor), imports));
        return new RedirectView("/admin/import/" + id);
    }

    private void rehearse(UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        uploads.accounted(id, uploads.with(upload, (door, order) -> door.rehearse(order, actor), imports));
    }

    /// What each kind of unmapped word may be here.
    private Map<String, List<String>> choices(Uploads.Upload upload) {
        var procedure = procedures.at(time.instant());
        var mapping = Fitting.read(
                upload.format(),
                List.of(
                        new Imports.Overlay("mapping", upload.mapping()),
                        new Imports.Overlay("answers", upload.answers())),
                procedure);
        var type = procedure.types().get(mapping.type());
        if (type == null) {
            return Map.of();
        }
        var choices = new LinkedHashMap<String, List<String>>();
        var states = new ArrayList<>(type.states().keySet());
        states.add(Mapping.SAME);
        choices.put("state", states);
        choices.put("resolution", resolutions(type));
        for (var entry : mapping.fields().entrySet()) {
            var ours = type.fields().get(entry.getValue());
            if (ours != null) {
                choices.put(entry.getKey(), withNone(ours.options()));
            }
        }
        for (var role : mapping.columns().keySet()) {
            var ours = type.fields().get(role);
            if (ours != null) {
                choices.putIfAbsent(role, withNone(ours.options()));
            }
        }
        return choices;
    }

    private static List<String> resolutions(ItemType type) {
        var reasons =
                type.field(ItemType.Meaning.REASON).map(ItemType.Field::options).orElse(List.of());
        var words = new ArrayList<String>();
        words.add(Mapping.AS_STATE);
        type.states().keySet().stream()
                .filter(state -> type.ended().contains(state) && !type.line().contains(state))
                .forEach(state -> {
                    words.add(state);
                    reasons.forEach(reason -> words.add(state + "/" + reason));
                });
        return words;
    }

    private static List<String> withNone(List<String> options) {
        var words = new ArrayList<>(options);
        words.add(Mapping.NONE);
        return words;
    }
}
