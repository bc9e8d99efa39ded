package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
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
    private final Runs runs;
    private final ImportWork work;
    private final People people;
    private final Products products;
    private final Procedures procedures;
    private final FilePeople persons;
    private final InstantSource time;

    ImportPages(
            Imports imports,
            Uploads uploads,
            Runs runs,
            ImportWork work,
            People people,
            Products products,
            Procedures procedures,
            FilePeople persons,
            InstantSource time) {
        this.persons = persons;
        this.runs = runs;
        this.work = work;
        this.people = people;
        this.imports = imports;
        this.uploads = uploads;
        this.products = products;
        this.procedures = procedures;
        this.time = time;
    }

    @GetMapping("/admin/import")
    ImportFormView form(@RequestParam(required = false) @Nullable UUID before) {
        return form("jira", "", List.of(), before);
    }

    private ImportFormView form(String format, String product, List<FieldProblem> errors, @Nullable UUID before) {
        var found = runs.newest(before);
        var names = people.byId(found.stream().map(Run::actor).toList());
        var rows = found.stream()
                .map(run -> new ImportFormView.Row(run, name(names.get(run.actor()), run.actor())))
                .toList();
        return new ImportFormView(
                products.all().stream().filter(one -> !one.archived()).toList(),
                format,
                product,
                errors,
                rows,
                Runs.full(found) ? found.getLast().id().toString() : null);
    }

    private static String name(People.@Nullable Person person, String id) {
        return person == null ? id : person.name();
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
            var known = ImportFormat.of(format);
            var said = Received.mapping(mapping);
            var asks = known.columns() && ColumnPages.missing(known, said);
            id = uploads.keep(known, product, said, Received.files(file), actor);
            if (asks) {
                return new RedirectView("/admin/import/" + id + "/columns");
            }
            rehearse(id, actor);
        } catch (Problem problem) {
            if (problem.status() != 400) {
                throw problem;
            }
            return form(format, product, problem.errors(), null);
        }
        return new RedirectView("/admin/import/" + id);
    }

    @GetMapping("/admin/import/{id}")
    View account(@PathVariable UUID id, Actor actor) {
        return account(id, Map.of(), actor);
    }

    /// @param typed what was typed and not accepted
    private View account(UUID id, Map<String, String> typed, Actor actor) {
        var run = runs.find(id);
        if (run.isPresent()) {
            return shown(run.get());
        }
        var upload = uploads.find(id, actor);
        var account = upload.account();
        if (account == null) {
            throw Problem.notFound("This upload's account");
        }
        var choices = choices(upload);
        return new ImportView(
                id,
                upload.format().title(),
                upload.product(),
                account,
                choices,
                ordered(choices),
                persons.of(account, mapping(upload), typed));
    }

    @PostMapping("/admin/import/{id}/answers")
    Object answer(@PathVariable UUID id, @RequestParam MultiValueMap<String, String> form, Actor actor) {
        var upload = uploads.find(id, actor);
        var typed = form.toSingleValueMap();
        if (persons.wrong(typed)) {
            return account(id, typed, actor);
        }
        uploads.answered(id, Answers.laidOver(upload.answers(), typed));
        rehearse(id, actor);
        return new RedirectView("/admin/import/" + id);
    }

    @PostMapping("/admin/import/{id}/run")
    RedirectView run(@PathVariable UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        if (upload.done()) {
            throw Problem.conflict("already_run", "This upload has been imported. Bring the file again to repeat it.");
        }
        imports.require(actor);
        var account = upload.account();
        var files = uploads.names(id).stream()
                .map(name -> new Imports.Source(name, Path.of("")))
                .toList();
        try {
            runs.add(
                    id,
                    actor.id(),
                    new Imports.Order(upload.format(), upload.product(), files, List.of()),
                    Run.State.WAITING,
                    account == null ? 0 : account.read());
        } catch (DuplicateKeyException pressedTwice) {
            throw Problem.conflict("already_run", "This upload is being imported, or has been.");
        }
        work.wake();
        return new RedirectView("/admin/import/" + id);
    }

    @PostMapping("/admin/import/{id}/undo")
    RedirectView undo(@PathVariable UUID id, Actor actor) {
        imports.require(actor);
        if (runs.find(id).isEmpty()) {
            throw Problem.notFound("This import");
        }
        runs.askUndo(id, actor.id());
        work.wake();
        return new RedirectView("/admin/import/" + id);
    }

    private RunView shown(Run run) {
        var ids = Stream.of(run.actor(), run.undoer()).filter(Objects::nonNull).toList();
        var names = people.byId(ids);
        var undoer = run.undoer();
        var types = procedures.at(time.instant()).types().keySet();
        return new RunView(
                run,
                name(names.get(run.actor()), run.actor()),
                undoer == null ? null : name(names.get(undoer), undoer),
                types.isEmpty() ? "" : types.iterator().next());
    }

    /// States along the line and the options of a choice are in an order; what stands beside the line is not.
    private Map<String, List<String>> ordered(Map<String, List<String>> choices) {
        var line = procedures.at(time.instant()).types().values().stream()
                .flatMap(type -> type.line().stream())
                .toList();
        var ordered = new LinkedHashMap<String, List<String>>();
        choices.forEach((kind, words) -> ordered.put(
                kind,
                switch (kind) {
                    case "state" -> words.stream().filter(line::contains).toList();
                    case "resolution" -> List.of();
                    default ->
                        words.stream()
                                .filter(word -> !word.equals(Mapping.NONE))
                                .toList();
                }));
        return ordered;
    }

    private void rehearse(UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        uploads.accounted(id, uploads.with(upload, (door, order) -> door.rehearse(order, actor), imports));
    }

    private Mapping mapping(Uploads.Upload upload) {
        return Fitting.read(
                upload.format(),
                List.of(
                        new Imports.Overlay("mapping", upload.mapping()),
                        new Imports.Overlay("answers", upload.answers())),
                procedures.at(time.instant()));
    }

    /// What each kind of unmapped word may be here.
    private Map<String, List<String>> choices(Uploads.Upload upload) {
        var mapping = mapping(upload);
        var type = procedures.at(time.instant()).types().get(mapping.type());
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
