package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.Nearest;
import dev.conduct.work.ItemQuery.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a list is shown: what it is grouped by and which columns it has. It stands in the query beside the filters, as
/// `group:state columns:severity,due`, so that an address or a view that is kept tells all of it.
///
/// @param filters the query without it
/// @param group null for one list
record ListShape(String filters, @Nullable Subject group, List<Column> columns, List<String> mistakes) {

    static final String GROUP = "group";
    static final String COLUMNS = "columns";

    private static final Map<String, Subject> GROUPS = groups();
    private static final List<String> USUAL = List.of("urgency", "component", "station", "next", "due", "assignee");

    /// @param sort the order its head asks for, null when it has none
    /// @param cell how it is shown: `urgency`, `component`, `text`, or its own name
    record Column(String name, String title, @Nullable String sort, String cell) {

        Column(String name, String title, @Nullable String sort) {
            this(name, title, sort, name);
        }

        boolean number() {
            return name.equals("due") || name.equals("created") || name.equals("updated");
        }
    }

    static ListShape of(ItemType type, String query) {
        var filters = new ArrayList<String>();
        var mistakes = new ArrayList<String>();
        Subject group = null;
        var columns = List.<Column>of();
        for (var part : QueryChips.parts(query)) {
            if (part.startsWith(GROUP + ":")) {
                group = group(type, part.substring(GROUP.length() + 1), mistakes);
            } else if (part.startsWith(COLUMNS + ":")) {
                columns = columns(type, part.substring(COLUMNS.length() + 1), mistakes);
            } else {
                filters.add(part);
            }
        }
        return new ListShape(
                String.join(" ", filters), group, columns.isEmpty() ? usual(type) : columns, List.copyOf(mistakes));
    }

    /// What a list of this type can be grouped by, with its title.
    static Map<String, String> groups(ItemType type) {
        var groups = new LinkedHashMap<String, String>();
        GROUPS.forEach((name, subject) -> {
            switch (subject) {
                case STATE -> groups.put(name, "Station");
                case ASSIGNEE -> groups.put(name, "Assignee");
                case PRODUCT -> groups.put(name, "Product");
                case SEVERITY, PRIORITY, COMPONENT ->
                    field(type, subject).ifPresent(field -> groups.put(name, field.title()));
                case TYPE, REPORTER -> {
                    // one type a list; who reported is a column
                }
            }
        });
        return groups;
    }

    /// The field of a type that a query means by this.
    static Optional<ItemType.Field> field(ItemType type, Subject subject) {
        return switch (subject) {
            case SEVERITY -> type.field(Meaning.SEVERITY);
            case PRIORITY -> type.field(Meaning.PRIORITY);
            case COMPONENT -> type.componentField();
            case TYPE, PRODUCT, STATE, ASSIGNEE, REPORTER -> Optional.empty();
        };
    }

    /// Every column a list of this type can have. Long texts are read on the record.
    static List<Column> all(ItemType type) {
        var all = new ArrayList<Column>();
        var urgent = field(type, Subject.SEVERITY).or(() -> field(type, Subject.PRIORITY));
        for (var field : type.fields().values()) {
            var urgency = urgent.filter(field::equals).isPresent();
            var component = field.kind() == ItemType.FieldKind.COMPONENT;
            if (field.kind() != ItemType.FieldKind.TEXT) {
                all.add(new Column(
                        field.name(),
                        field.title(),
                        urgency ? "priority" : null,
                        urgency ? "urgency" : component ? "component" : "text"));
            }
        }
        all.add(new Column("station", "Station", null));
        all.add(new Column("next", "Next signal", null));
        all.add(new Column("due", "Due", "due"));
        all.add(new Column("assignee", "Assignee", null));
        all.add(new Column("reporter", "Reporter", null));
        all.add(new Column("product", "Product", null));
        all.add(new Column("created", "Reported", "created"));
        all.add(new Column("updated", "Last change", "updated"));
        return all;
    }

    /// The same of other filters.
    ListShape with(String other) {
        return new ListShape(other, group, columns, mistakes);
    }

    boolean shows(String column) {
        return columns.stream().anyMatch(one -> one.name().equals(column));
    }

    private static List<Column> usual(ItemType type) {
        return all(type).stream()
                .filter(column -> USUAL.contains(column.cell()))
                .sorted(java.util.Comparator.comparingInt(column -> USUAL.indexOf(column.cell())))
                .toList();
    }

    private static @Nullable Subject group(ItemType type, String name, List<String> mistakes) {
        var known = groups(type);
        if (known.containsKey(name)) {
            return GROUPS.get(name);
        }
        mistakes.add("a list is not grouped by `" + Door.shown(name) + "`; "
                + Nearest.instead(Door.shown(name), known.keySet()) + ".");
        return null;
    }

    private static List<Column> columns(ItemType type, String names, List<String> mistakes) {
        var all = all(type);
        var columns = new ArrayList<Column>();
        for (var name : names.split(",", 30)) {
            var column = all.stream().filter(one -> one.name().equals(name)).findFirst();
            column.filter(one -> !columns.contains(one)).ifPresent(columns::add);
            if (column.isEmpty()) {
                mistakes.add("there is no column `" + Door.shown(name) + "`; "
                        + Nearest.instead(
                                Door.shown(name), all.stream().map(Column::name).toList()) + ".");
            }
        }
        return columns;
    }

    private static Map<String, Subject> groups() {
        var groups = new LinkedHashMap<String, Subject>();
        for (var subject : List.of(
                Subject.STATE,
                Subject.ASSIGNEE,
                Subject.SEVERITY,
                Subject.PRIORITY,
                Subject.COMPONENT,
                Subject.PRODUCT)) {
            groups.put(subject.name().toLowerCase(java.util.Locale.ROOT), subject);
        }
        return groups;
    }
}
