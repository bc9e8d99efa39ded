package dev.conduct.importer;

import dev.conduct.work.HistoricItem;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the words of another system are said here. Data: each format has its own in `import/FORMAT.yaml`, and a
/// mapping file given by the user is laid over it, word by word.
///
/// @param source names the other system; ids are unique within it
/// @param named how surely `source` says which system it is
/// @param type the item type that issues become
/// @param initial the state in which that system makes an issue, for issues whose file does not tell; null for ours
/// @param states state there -> state here, or `same` for an activity that changes no state
/// @param resolutions word there -> `as_state`, or `STATE/REASON` which wins over the state when it is an end
/// @param values field there -> word there -> word here, or `none`
/// @param fields field there -> field here
/// @param links kind there -> kind here, `< kind` for the other direction, or `none`
/// @param labels label there -> `field: word`
/// @param people id there -> who it is here, by id, e-mail address or name; `outside` for a name alone
/// @param columns what a column is: id, title, description, state, resolution, created, resolved, reporter, author,
///     time, order; anything else is a field of that name
/// @param dates patterns tried in order, none for ISO 8601
/// @param nulls texts that mean "no value"
record Mapping(
        String source,
        HistoricItem.Named named,
        String type,
        @Nullable String initial,
        Map<String, String> states,
        Map<String, String> resolutions,
        Map<String, Map<String, String>> values,
        Map<String, String> fields,
        Map<String, String> links,
        Map<String, String> labels,
        Map<String, String> people,
        Map<String, String> columns,
        List<DateTimeFormatter> dates,
        ZoneId zone,
        char delimiter,
        Charset encoding,
        Set<String> nulls) {

    static final String SAME = "same";
    static final String AS_STATE = "as_state";
    static final String NONE = "none";
    static final String OUTSIDE = "outside";

    record Meaning(String field, String value) {}

    /// What a label says, null when nothing was agreed for it.
    @Nullable
    Meaning label(String name) {
        var said = labels.get(name);
        if (said == null) {
            return null;
        }
        var at = said.indexOf('=');
        return new Meaning(said.substring(0, at).strip(), said.substring(at + 1).strip());
    }

    /// The column that plays a role, null when the mapping names none.
    @Nullable
    String column(String role) {
        return columns.get(role);
    }

    boolean isNull(String text) {
        return text.isBlank() || nulls.contains(text);
    }
}
