package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.importer.ColumnsView.Asked;
import dev.conduct.importer.ColumnsView.Entered;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.StationTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.view.RedirectView;

/// A list in CSV comes without a word on what its columns are: this page asks, with a guess for each.
@Controller
class ColumnPages {

    private static final String PART = "column|";

    private final Uploads uploads;
    private final Imports imports;
    private final Procedures procedures;
    private final StationTime stationTime;
    private final InstantSource time;

    ColumnPages(Uploads uploads, Imports imports, Procedures procedures, StationTime stationTime, InstantSource time) {
        this.uploads = uploads;
        this.imports = imports;
        this.procedures = procedures;
        this.stationTime = stationTime;
        this.time = time;
    }

    /// Whether the mapping leaves out a column without which nothing can be read.
    static boolean missing(ImportFormat format, String mapping) {
        var columns = MappingReader.read(format, List.of(new Imports.Overlay("mapping", mapping)))
                .columns();
        return !columns.keySet().containsAll(needed(format).keySet());
    }

    @GetMapping("/admin/import/{id}/columns")
    ColumnsView ask(@PathVariable UUID id, Actor actor) {
        var upload = uploads.find(id, actor);
        var file = uploads.first(id);
        var header = Header.of(file.bytes());
        var roles = roles(upload.format());
        var guessed = header.guessed(roles);
        var moment = guessed.get(upload.format() == ImportFormat.CSV ? "created" : "time");
        return new ColumnsView(
                id,
                file.name(),
                header.columns(),
                header.rows(),
                asked(upload.format(), roles, guessed, true),
                new Entered(
                        file.name().replaceAll("\\.[A-Za-z]+$", ""),
                        moment == null ? "" : header.dates(moment).orElse(""),
                        stationTime.words().zone().getId(),
                        String.valueOf(header.delimiter()),
                        header.encoding()),
                List.of());
    }

    @PostMapping("/admin/import/{id}/columns")
    Object answer(@PathVariable UUID id, @RequestParam Map<String, String> form, Actor actor) {
        var upload = uploads.find(id, actor);
        var columns = new LinkedHashMap<String, String>();
        form.forEach((name, column) -> {
            if (name.startsWith(PART) && !column.isBlank()) {
                columns.put(name.substring(PART.length()), column);
            }
        });
        try {
            var wrong = new ArrayList<FieldProblem>();
            needed(upload.format()).forEach((role, title) -> {
                if (!columns.containsKey(role)) {
                    wrong.add(new FieldProblem("column-" + role, "missing", title + ": choose the column."));
                }
            });
            if (!wrong.isEmpty()) {
                throw Problem.badInput(wrong);
            }
            form.forEach((name, value) -> PlainText.checked(name, value, 500));
            uploads.answered(id, Answers.columns(upload.answers(), columns, form));
            uploads.accounted(
                    id, uploads.with(uploads.find(id, actor), (door, order) -> door.rehearse(order, actor), imports));
        } catch (Problem refused) {
            if (refused.status() != 400) {
                throw refused;
            }
            uploads.answered(id, upload.answers());
            return refused(id, upload.format(), columns, form, refused);
        }
        return new RedirectView("/admin/import/" + id);
    }

    private ColumnsView refused(
            UUID id, ImportFormat format, Map<String, String> columns, Map<String, String> form, Problem refused) {
        var file = uploads.first(id);
        var header = Header.of(file.bytes());
        return new ColumnsView(
                id,
                file.name(),
                header.columns(),
                header.rows(),
                asked(format, roles(format), columns, false),
                new Entered(
                        form.getOrDefault("source", ""),
                        form.getOrDefault("dates", ""),
                        form.getOrDefault("zone", ""),
                        form.getOrDefault("delimiter", ","),
                        form.getOrDefault("encoding", "UTF-8")),
                refused.errors().isEmpty()
                        ? List.of(new FieldProblem("file", refused.code(), refused.says()))
                        : refused.errors());
    }

    private static List<Asked> asked(
            ImportFormat format, Map<String, String> roles, Map<String, String> chosen, boolean guessed) {
        var needed = needed(format).keySet();
        return roles.entrySet().stream()
                .map(role -> new Asked(
                        role.getKey(),
                        role.getValue(),
                        needed.contains(role.getKey()),
                        chosen.get(role.getKey()),
                        guessed && chosen.containsKey(role.getKey())))
                .toList();
    }

    private static Map<String, String> needed(ImportFormat format) {
        var needed = new LinkedHashMap<String, String>();
        needed.put("id", "Number of the record");
        if (format == ImportFormat.CSV) {
            needed.put("title", "Title");
        }
        needed.put("state", format == ImportFormat.CSV ? "State" : "State or activity");
        needed.put(
                format == ImportFormat.CSV ? "created" : "time",
                format == ImportFormat.CSV ? "When it was reported" : "When it happened");
        return needed;
    }

    /// What a column can be: the needed, the usual, and the fields of the type that holds words.
    private Map<String, String> roles(ImportFormat format) {
        var roles = needed(format);
        if (format == ImportFormat.CSV) {
            roles.put("description", "Description");
            roles.put("resolution", "Resolution");
            roles.put("resolved", "When it was resolved");
            roles.put("changed", "When it was last changed");
        } else {
            roles.put("title", "Title");
            roles.put("author", "Who did it");
        }
        roles.put("reporter", "Who reported it");
        roles.put("assignee", "Assignee");
        procedures.at(time.instant()).types().values().stream()
                .findFirst()
                .ifPresent(type -> type.fields().values().stream()
                        .filter(field -> Set.of(ItemType.FieldKind.CHOICE, ItemType.FieldKind.COMPONENT)
                                .contains(field.kind()))
                        .filter(field -> field.meaning() != ItemType.Meaning.REASON)
                        .forEach(field -> roles.putIfAbsent(field.name(), field.title())));
        return roles;
    }
}
