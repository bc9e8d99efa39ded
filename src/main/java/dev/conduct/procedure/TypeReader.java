package dev.conduct.procedure;

import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Entry.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one item type and checks every name in it.
final class TypeReader {

    private final String file;
    private final Entry type;
    private final Declared declared;
    private final Mistakes mistakes;

    private final Map<String, ItemType.Field> fields = new LinkedHashMap<>();
    private final Set<String> states = new LinkedHashSet<>();
    private final Map<String, Rules.OfGate> rules = new LinkedHashMap<>();

    /// False when a state is misspelt or a transition leads nowhere: what can be reached is not asked then.
    private boolean sound = true;

    TypeReader(String file, Entry type, Declared declared, Mistakes mistakes) {
        this.file = file;
        this.type = type;
        this.declared = declared;
        this.mistakes = mistakes;
    }

    Map<String, Rules.OfGate> rules() {
        return rules;
    }

    ItemType read() {
        var name = type.word("type");
        if (name != null && !name.text().equals(file)) {
            mistakes.add(name.place(), "the type is called " + name.text() + ", its file " + file, "write " + file);
        }
        clause(type);
        roles(type, "reporters");
        roles(type, "assignable");
        roles(type, "overridable_by");
        type.named("fields").forEach(this::field);
        type.named("states").keySet().forEach(state -> {
            PackReader.name(mistakes, state, "state");
            states.add(state.text());
        });
        if (states.isEmpty() && type.has("states")) {
            mistakes.add(type.placeOf("states"), "there are no states", "add the first one");
        }
        type.words("line").forEach(this::state);
        type.words("ended").forEach(this::state);
        var initial = type.word("initial");
        if (initial != null) {
            state(initial);
        }
        var gates = new GateReader(type, fields, declared, mistakes, rules);
        var transitions = transitions(gates);
        var create = type.part("create");
        var begin = create != null && create.has("title") ? create.text("title") : null;
        List<ItemType.Gate> onCreate = create == null ? List.of() : gates.read("report", create.named("gates"));
        var clocks =
                new ClockReader(fields, states, transitions.keySet(), declared, mistakes).read(type.named("clocks"));
        if (sound) {
            new Reachability(type, transitions.values(), mistakes).check();
        }
        return new ItemType(
                file,
                type.text("title"),
                type.text("plural"),
                type.text("clause"),
                type.text("initial"),
                PackReader.texts(type.words("line")),
                Set.copyOf(PackReader.texts(type.words("ended"))),
                Set.copyOf(PackReader.texts(type.words("reporters"))),
                Set.copyOf(PackReader.texts(type.words("assignable"))),
                begin == null || begin.isBlank() ? ItemType.reported(type.text("title")) : begin,
                type.has("icon") ? type.text("icon") : "file-text",
                PackReader.ordered(fields),
                states(),
                PackReader.ordered(transitions),
                onCreate,
                clocks,
                restriction());
    }

    private ItemType.Restriction restriction() {
        var part = type.part("restricted");
        if (part == null) {
            fields.values().stream()
                    .filter(field -> !field.restricts().isEmpty())
                    .findFirst()
                    .ifPresent(field -> mistakes.add(
                            type.placeOf("fields"),
                            "the field " + field.name() + " restricts items, and nobody may read them",
                            "add restricted: {by: [ROLE], readers: [ROLE]}"));
            return new ItemType.Restriction(Set.of(), Set.of());
        }
        for (var key : List.of("by", "readers")) {
            roles(part, key);
            if (part.words(key).isEmpty()) {
                mistakes.add(
                        part.place(),
                        "nobody stands under restricted." + key + ", so that an item could be lost",
                        "add " + key + ": [ROLE]");
            }
        }
        return new ItemType.Restriction(
                Set.copyOf(PackReader.texts(part.words("by"))), Set.copyOf(PackReader.texts(part.words("readers"))));
    }

    private Map<String, ItemType.State> states() {
        var map = new LinkedHashMap<String, ItemType.State>();
        type.named("states")
                .forEach((name, entry) -> map.put(
                        name.text(), new ItemType.State(name.text(), entry.text("title"), entry.text("means"))));
        return PackReader.ordered(map);
    }

    private void field(Word name, Entry entry) {
        PackReader.name(mistakes, name, "field");
        if (Names.ITEM.contains(name.text())
                || name.text().equals("title")
                || name.text().equals("description")) {
            mistakes.add(name.place(), "every item has a " + name.text() + " already", "give the field another name");
        }
        var options = PackReader.texts(entry.words("options"));
        var kind = entry.text("kind");
        if (kind.equals("choice") && options.isEmpty()) {
            mistakes.add(entry.place(), "the choice " + name.text() + " has no options", "add options: [one, another]");
        }
        if (!kind.isEmpty() && !kind.equals("choice") && entry.has("options")) {
            mistakes.add(entry.placeOf("options"), "only a choice has options", "write kind: choice, or remove them");
        }
        roles(entry, "editors");
        var meaning = meaning(name, kind, entry);
        entry.words("restricts").forEach(option -> mistakes.known(option, options, "option"));
        fields.put(
                name.text(),
                new ItemType.Field(
                        name.text(),
                        entry.text("title"),
                        kind.isEmpty()
                                ? ItemType.FieldKind.TEXT
                                : ItemType.FieldKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                        options,
                        entry.has("help") ? entry.text("help") : null,
                        entry.flag("required"),
                        Set.copyOf(PackReader.texts(entry.words("editors"))),
                        meaning,
                        entry.flag("outside"),
                        Set.copyOf(PackReader.texts(entry.words("restricts"))),
                        keeping(name, kind, entry),
                        Set.copyOf(PackReader.texts(entry.words("readers")))));
    }

    private ItemType.@Nullable Keeping keeping(Word name, String kind, Entry entry) {
        roles(entry, "readers");
        if (name.text().startsWith(Ledger.KEPT)) {
            mistakes.add(name.place(), "names with " + Ledger.KEPT + " are the platform's", "choose another name");
        }
        var personal = entry.flag("personal");
        var secret = entry.flag("secret");
        if (!personal && !secret) {
            if (entry.has("readers")) {
                mistakes.add(
                        entry.placeOf("readers"),
                        "only what is personal or secret has readers",
                        "add personal: true or secret: true, or remove them");
            }
            return null;
        }
        var place = entry.placeOf(personal ? "personal" : "secret");
        if (personal && secret) {
            mistakes.add(place, name.text() + " is personal and secret", "keep the one that fits better");
        }
        if (!kind.isEmpty() && !kind.equals("line") && !kind.equals("text")) {
            mistakes.add(place, "a " + kind + " cannot be kept apart", "write kind: line or kind: text");
        }
        if (secret && entry.words("readers").isEmpty()) {
            mistakes.add(place, "nobody may read the secret " + name.text(), "add readers: [ROLE]");
        }
        if (secret && entry.flag("outside")) {
            mistakes.add(place, "a secret is not shown outside", "remove outside: true");
        }
        return personal ? ItemType.Keeping.PERSONAL : ItemType.Keeping.SECRET;
    }

    private ItemType.@Nullable Meaning meaning(Word name, String kind, Entry entry) {
        for (var meaning : ItemType.Meaning.values()) {
            if (!entry.text("means").equals(meaning.word())) {
                continue;
            }
            if (!kind.equals("choice")) {
                mistakes.add(entry.placeOf("means"), "only a choice means " + meaning.word(), "write kind: choice");
            }
            for (var other : fields.values()) {
                if (other.meaning() == meaning && !other.name().equals(name.text())) {
                    mistakes.add(
                            entry.placeOf("means"),
                            other.name() + " means " + meaning.word() + " already",
                            "keep it in one of the two");
                }
            }
            return meaning;
        }
        return null;
    }

    private Map<String, ItemType.Transition> transitions(GateReader gates) {
        var voidable = new ArrayList<String>(declared.evidence.keySet());
        type.named("transitions").keySet().forEach(name -> voidable.add(name.text()));
        var asked = new ArrayList<String>(fields.keySet());
        asked.add("assignee");
        var transitions = new LinkedHashMap<String, ItemType.Transition>();
        type.named("transitions").forEach((name, entry) -> {
            PackReader.name(mistakes, name, "transition");
            if (name.text().equals("created") || name.text().equals("report")) {
                mistakes.add(name.place(), "\"" + name.text() + "\" means the report itself", "choose another name");
            }
            clause(entry);
            roles(entry, "roles");
            entry.words("from").forEach(this::state);
            entry.words("asks").forEach(field -> mistakes.known(field, asked, "field"));
            entry.words("voids").forEach(kind -> mistakes.known(kind, voidable, "evidence, act or transition"));
            transitions.put(name.text(), transition(name, entry, gates));
        });
        return transitions;
    }

    private ItemType.Transition transition(Word name, Entry entry, GateReader gates) {
        var to = entry.word("to");
        if (to != null) {
            state(to);
        }
        if ((to == null) != entry.flag("act")) {
            sound = false;
            mistakes.add(
                    name.place(),
                    to == null ? name.text() + " leads nowhere" : name.text() + " is an act and leads somewhere",
                    to == null ? "add to: STATE, or act: true" : "keep act: true, or to");
        }
        if (entry.has("from") && entry.words("from").isEmpty()) {
            mistakes.add(entry.placeOf("from"), name.text() + " begins nowhere", "name the states it leads from");
        }
        return new ItemType.Transition(
                name.text(),
                entry.text("title"),
                Set.copyOf(PackReader.texts(entry.words("from"))),
                to == null ? null : to.text(),
                Set.copyOf(PackReader.texts(entry.words("roles"))),
                PackReader.texts(entry.words("asks")),
                Set.copyOf(PackReader.texts(entry.words("voids"))),
                entry.flag("back"),
                entry.has("credit") ? entry.text("credit") : null,
                entry.text("clause"),
                gates.read(name.text(), entry.named("gates")),
                entry.flag("restricts"));
    }

    private void state(Word word) {
        sound &= mistakes.known(word, states, "state");
    }

    private void clause(Entry entry) {
        var clause = entry.word("clause");
        if (clause != null) {
            mistakes.known(clause, declared.clauses.keySet(), "clause");
        }
    }

    private void roles(Entry entry, String key) {
        entry.words(key).forEach(role -> mistakes.known(role, declared.roles.keySet(), "role"));
    }
}
