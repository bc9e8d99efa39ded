package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.Words;
import dev.conduct.work.FormView.Input;
import dev.conduct.work.FormView.Kind;
import dev.conduct.work.FormView.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The forms of a record's page. Which one is open stands in the address: `?move=triage`, `?edit=root_cause`,
/// `?evidence=review`, `?assign`, `?link`, `?attach`, `?override=gate`, `?reword=` and
/// `?unsay=` a comment.
///
/// @param entered what was entered before, when a form is shown again
/// @param said the comment to be changed, as it stands
record RecordForms(
        Item item,
        ItemType type,
        Procedure procedure,
        List<Products.ProductComponent> components,
        List<Option> assignees,
        Actor viewer,
        Map<String, String> entered,
        @Nullable String said) {

    /// Which form is open is said by one of these.
    static final Set<String> OPENING =
            Set.of("move", "edit", "evidence", "assign", "link", "override", "attach", "reword", "unsay");

    /// Names in a form which one part it is for.
    static final String ONLY = "_only";

    static final List<String> LINK_KINDS = List.of("duplicates", "blocks", "causes", "fixes");

    @Nullable
    FormView open(Map<String, String> query) {
        if (query.containsKey("move")) {
            var transition = type.transitions().get(query.get("move"));
            return transition == null ? null : move(transition);
        }
        if (query.containsKey("edit")) {
            return edit(query.getOrDefault("edit", ""));
        }
        if (query.containsKey("evidence")) {
            return evidence(query.getOrDefault("evidence", ""));
        }
        if (query.containsKey("assign")) {
            return assign();
        }
        if (query.containsKey("link")) {
            return link();
        }
        if (query.containsKey("override")) {
            var gate = Duties.gate(type, query.getOrDefault("why", ""), query.getOrDefault("override", ""));
            return gate == null ? null : override(query.getOrDefault("why", ""), gate);
        }
        if (query.containsKey("attach")) {
            return attach();
        }
        if (query.containsKey("reword") || query.containsKey("unsay")) {
            return remark(said, query);
        }
        return null;
    }

    FormView move(ItemType.Transition transition) {
        var inputs = new ArrayList<Input>();
        inputs.add(Input.hidden("transition", transition.name()));
        for (var asked : transition.asks()) {
            if (asked.equals("assignee")) {
                inputs.add(assignee("assignee", true));
            } else if (type.fields().containsKey(asked)) {
                inputs.add(field(type.fields().get(asked), transition.back()));
            }
        }
        inputs.add(Input.text("comment", "Comment", null, entered.getOrDefault("comment", ""), false));
        var to = transition.to();
        var voids = transition.voids().isEmpty()
                ? ""
                : "This makes earlier evidence void: " + String.join(", ", titles(transition.voids()))
                        + ". It must be given again.";
        var form = form(
                transition.title() + (to == null ? "" : ", to " + Stations.title(type, to)) + ": " + item.key(),
                "moves",
                transition.title(),
                voids,
                inputs);
        return transition.back() ? dangerous(form) : form;
    }

    /// @param only the one part to change, empty for all
    private @Nullable FormView edit(String only) {
        if (only.equals("assignee")) {
            return assign();
        }
        var inputs = new ArrayList<Input>();
        if (only.isEmpty() || only.equals("title")) {
            inputs.add(Input.line("title", "Title", null, value("title", item.title()), true));
        }
        if (only.isEmpty() || only.equals("description")) {
            inputs.add(Input.text("description", "Description", null, value("description", item.description()), false));
        }
        var editing = new Editing(item, type, procedure, viewer);
        for (var field : type.fields().values()) {
            var wanted = only.isEmpty() ? editing.field(field) : field.name().equals(only);
            if (wanted) {
                inputs.add(field(field, false));
            }
        }
        if (inputs.isEmpty()) {
            return null;
        }
        inputs.add(Input.hidden(ONLY, only));
        var one = inputs.size() == 2 ? inputs.getFirst().label() : null;
        return form(one == null ? "Edit " + item.key() : one + " of " + item.key(), "fields", "Save", "", inputs);
    }

    /// @param said the comment as it stands, null when it is none of this actor's that stands
    private @Nullable FormView remark(@Nullable String said, Map<String, String> query) {
        if (said == null) {
            return null;
        }
        if (query.containsKey("reword")) {
            return form(
                    "Change what you said of " + item.key(),
                    "comments/" + query.get("reword"),
                    "Save",
                    "That it was changed, and what it said before, stays for others to see.",
                    List.of(Input.text("text", "Comment", null, value("text", said), true)));
        }
        return dangerous(form(
                "Delete what you said of " + item.key(),
                "comments/" + query.get("unsay") + "/deletion",
                "Delete the comment",
                "Nobody reads it any more. That you deleted it stays: “" + Meanwhile.shortened(said) + "”",
                List.of()));
    }

    private FormView assign() {
        return form("Assign " + item.key(), "fields", "Assign", "", List.of(assignee("assignee", true)));
    }

    private FormView evidence(String named) {
        var mine = procedure.evidenceKinds().values().stream()
                .filter(kind -> kind.roles().isEmpty() || viewer.hasAny(kind.roles()))
                .toList();
        var kind = procedure.evidenceKinds().get(named);
        var inputs = new ArrayList<Input>();
        if (kind == null) {
            inputs.add(Input.choice(
                    "kind",
                    "Kind",
                    "What was done",
                    mine.stream()
                            .map(one -> new Option(one.name(), one.title()))
                            .toList(),
                    value("kind", ""),
                    true));
        } else {
            inputs.add(Input.hidden("kind", kind.name()));
        }
        var verdicts = new ArrayList<Option>();
        for (var one : kind == null ? mine : List.of(kind)) {
            for (var words : List.of(one.passes(), one.fails())) {
                for (var word : words) {
                    var option = new Option(word, Words.plain(word));
                    if (!verdicts.contains(option)) {
                        verdicts.add(option);
                    }
                }
            }
        }
        inputs.add(Input.choice("verdict", "Verdict", null, verdicts, value("verdict", ""), true));
        var commit = type.commitField()
                .map(field -> item.fields().get(field.name()))
                .map(Object::toString)
                .orElse("");
        inputs.add(code("commit", "Commit", "The commit it speaks of", value("commit", commit)));
        inputs.add(code("build", "Build", "Number or digest of the build", value("build", "")));
        inputs.add(Input.line("url", "Link", "Where it can be looked up", value("url", ""), false));
        inputs.add(Input.text("note", "Note", null, value("note", ""), false));
        return form(
                (kind == null ? "Record evidence" : "Record " + kind.title().toLowerCase(java.util.Locale.ROOT))
                        + " for " + item.key(),
                "evidence",
                "Record",
                "You attest this by your name. It is sealed in the log.",
                inputs);
    }

    private FormView override(String transition, ItemType.Gate gate) {
        var terms = new OverrideTerms(procedure);
        return form(
                "Ask for an exception from " + gate.title() + ": " + item.key(),
                "overrides",
                "Ask for an exception",
                "A second person decides: " + terms.titles(terms.approvers(gate))
                        + ". It ends by itself, counts as a deviation, and what is skipped stays owed by you.",
                List.of(
                        Input.hidden("transition", transition),
                        Input.hidden("gate", gate.name()),
                        Input.text(
                                "reason",
                                "Reason",
                                "Why it cannot wait, in " + Overrides.SHORTEST_REASON + " characters or more",
                                value("reason", ""),
                                true)));
    }

    private FormView link() {
        return form(
                "Link another record to " + item.key(),
                "links",
                "Link",
                "",
                List.of(
                        Input.choice(
                                "kind",
                                item.key(),
                                null,
                                LINK_KINDS.stream()
                                        .map(kind -> new Option(kind, kind))
                                        .toList(),
                                value("kind", ""),
                                true),
                        Input.line(
                                "other", "Record", "Its number, for example " + item.key(), value("other", ""), true)));
    }

    private FormView attach() {
        var form = form("Attach files to " + item.key(), "attachments", "Attach", "", List.of(files(true)));
        return new FormView(
                form.heading(),
                form.action(),
                form.verb(),
                form.danger(),
                true,
                form.notice(),
                form.inputs(),
                form.problem(),
                form.errors(),
                form.cancel());
    }

    static Input files(boolean required) {
        return new Input(
                "file", "Files", "Screenshots, logs. At most 25 MB together", Kind.FILE, List.of(), "", required);
    }

    Input field(ItemType.Field field, boolean fresh) {
        var current = fresh ? null : item.fields().get(field.name());
        return input(field, value(field.name(), current == null ? "" : String.valueOf(current)), components);
    }

    static Input input(ItemType.Field field, String value, List<Products.ProductComponent> components) {
        var kind =
                switch (field.kind()) {
                    case CHOICE, COMPONENT -> Kind.CHOICE;
                    case TEXT -> Kind.TEXT;
                    case NUMBER -> Kind.NUMBER;
                    case COMMIT -> Kind.CODE;
                    case DATE -> Kind.DATE;
                    case LINE, PERSON -> Kind.LINE;
                };
        var options = field.kind() == ItemType.FieldKind.COMPONENT
                ? components.stream()
                        .map(component -> new Option(
                                component.name(), component.name() + (component.critical() ? ", critical" : "")))
                        .toList()
                : field.options().stream()
                        .map(option -> new Option(option, Words.plain(option)))
                        .toList();
        return new Input(field.name(), field.title(), field.help(), kind, options, value, field.required());
    }

    /// What was entered, as the item keeps it.
    static Object value(ItemType.Field field, String entered) {
        var text = entered.strip().replace("\r\n", "\n");
        return field.kind() == ItemType.FieldKind.NUMBER && text.matches("-?\\d{1,18}") ? Long.valueOf(text) : text;
    }

    private Input assignee(String name, boolean required) {
        return Input.choice(
                name,
                "Assignee",
                "Who knows the component best stands first",
                assignees,
                value(name, item.assignee() == null ? "" : item.assignee()),
                required);
    }

    private List<String> titles(Set<String> voided) {
        return voided.stream()
                .map(name -> procedure.evidenceKinds().containsKey(name)
                        ? procedure.evidenceKinds().get(name).title().toLowerCase(java.util.Locale.ROOT)
                        : Words.plain(name).toLowerCase(java.util.Locale.ROOT))
                .sorted()
                .toList();
    }

    private String value(String name, String otherwise) {
        return entered.getOrDefault(name, otherwise);
    }

    private static Input code(String name, String label, String hint, String value) {
        return new Input(name, label, hint, Kind.CODE, List.of(), value, false);
    }

    private FormView form(String heading, String to, String verb, String notice, List<Input> inputs) {
        var all = new ArrayList<>(inputs);
        all.add(Input.hidden("version", entered.getOrDefault("version", String.valueOf(item.version()))));
        return new FormView(
                heading,
                "/items/" + item.key() + "/" + to,
                verb,
                false,
                false,
                notice,
                all,
                null,
                List.of(),
                "/items/" + item.key());
    }

    private static FormView dangerous(FormView form) {
        return new FormView(
                form.heading(),
                form.action(),
                form.verb(),
                true,
                form.uploads(),
                form.notice(),
                form.inputs(),
                form.problem(),
                form.errors(),
                form.cancel());
    }
}
