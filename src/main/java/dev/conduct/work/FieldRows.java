package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.shell.Markdown;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.FieldRow;
import dev.conduct.work.RecordPage.Told;
import java.util.ArrayList;
import java.util.List;

/// A record's fields as its page shows them, each with whether this reader may change it: short ones in a list, texts
/// in the report. A text that is empty stands in the list, to be added.
record FieldRows(Editing editing, PageNames names, Mentioned mentioned) {

    List<FieldRow> rows() {
        var rows = new ArrayList<FieldRow>();
        for (var field : editing.type().fields().values()) {
            var text = value(field);
            var editable = editing.field(field);
            var words = field.kind() == ItemType.FieldKind.TEXT && !field.kept();
            if (words && (!text.isBlank() || !editable)
                    || text.isEmpty() && field.meaning() == ItemType.Meaning.REASON) {
                continue;
            }
            rows.add(new FieldRow(
                    field.name(),
                    field.title(),
                    shown(field, text),
                    field.urgency(text).orElse(null),
                    field.kind() == ItemType.FieldKind.COMMIT || field.kind() == ItemType.FieldKind.COMPONENT,
                    editable,
                    !text.isEmpty() && Kept.may(field, editing.viewer())));
        }
        return rows;
    }

    List<Told> told() {
        return editing.type().fields().values().stream()
                .filter(field -> field.kind() == ItemType.FieldKind.TEXT
                        && !field.kept()
                        && !value(field).isBlank())
                .map(field -> new Told(
                        field.name(), field.title(), Markdown.html(value(field), mentioned), editing.field(field)))
                .toList();
    }

    private String value(ItemType.Field field) {
        var value = editing.item().fields().get(field.name());
        return value == null ? "" : String.valueOf(value);
    }

    private String shown(ItemType.Field field, String text) {
        return switch (field.kind()) {
            case CHOICE -> Words.plain(text);
            case PERSON -> text.isEmpty() ? "" : names.name(text);
            case COMMIT -> text.length() > 12 ? text.substring(0, 12) : text;
            case LINE, TEXT, NUMBER, COMPONENT, DATE -> text;
        };
    }
}
