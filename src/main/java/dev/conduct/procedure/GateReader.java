package dev.conduct.procedure;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.conduct.procedure.Entry.Word;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the gates of one type: writes the sugar out as a rule and compiles it.
final class GateReader {

    private static final List<String> ASKS = List.of("evidence", "field", "act", "rule");

    private final Entry type;
    private final Map<String, ItemType.Field> fields;
    private final Declared declared;
    private final Mistakes mistakes;
    private final Map<String, Rules.OfGate> rules;
    private final Map<String, Collection<String>> acts = new LinkedHashMap<>();
    private final RuleLanguage language;

    GateReader(
            Entry type,
            Map<String, ItemType.Field> fields,
            Declared declared,
            Mistakes mistakes,
            Map<String, Rules.OfGate> rules) {
        this.type = type;
        this.fields = fields;
        this.declared = declared;
        this.mistakes = mistakes;
        this.rules = rules;
        var transitions = new LinkedHashSet<String>();
        type.named("transitions").forEach((name, entry) -> {
            transitions.add(name.text());
            if (entry.flag("act")) {
                acts.put(name.text(), PackReader.texts(entry.words("roles")));
            }
        });
        language = new RuleLanguage(
                Names.of(fields.values(), transitions, acts, declared.evidence.keySet(), declared.parameters.values()));
    }

    List<ItemType.Gate> read(String transition, Map<Word, Entry> gates) {
        var list = new ArrayList<ItemType.Gate>();
        gates.forEach((name, entry) -> {
            PackReader.name(mistakes, name, "gate");
            if (rules.containsKey(name.text())) {
                mistakes.add(name.place(), "a gate " + name.text() + " stands before", "give one of them another name");
            }
            list.add(gate(transition, name, entry));
        });
        return List.copyOf(list);
    }

    private ItemType.Gate gate(String transition, Word name, Entry entry) {
        known(entry);
        sugar(name, entry);
        var where = type.text("type") + "." + transition + "." + name.text();
        var rule = written(entry);
        var when = Optional.ofNullable(entry.word("when")).flatMap(it -> compiled(it, SimpleType.BOOL, where));
        var people = entry.words("other_than").stream()
                .flatMap(it -> people(it, where).stream())
                .toList();
        var main = entry.has("rule")
                ? Optional.ofNullable(entry.word("rule")).flatMap(it -> compiled(it, SimpleType.BOOL, where))
                : people.size() == entry.words("other_than").size()
                        ? sugarRule(name, rule)
                        : Optional.<RuleLanguage.Rule>empty();
        main.ifPresent(it -> rules.put(name.text(), new Rules.OfGate(when, it, people)));
        Stream.of("says", "fix").forEach(key -> places(entry, key, where));
        return new ItemType.Gate(
                name.text(),
                entry.text("title"),
                entry.text("clause"),
                entry.has("mode")
                        ? ItemType.Mode.valueOf(entry.text("mode").toUpperCase(Locale.ROOT))
                        : ItemType.Mode.ENFORCE,
                kind(entry),
                text(entry, "evidence"),
                PackReader.texts(entry.words("other_than")),
                text(entry, "same_build_as"),
                text(entry, "field"),
                text(entry, "act"),
                PackReader.texts(entry.words("by_roles")),
                text(entry, "when"),
                rule,
                entry.text("says"),
                entry.text("fix"),
                Set.copyOf(PackReader.texts(
                        entry.has("overridable_by") ? entry.words("overridable_by") : type.words("overridable_by"))));
    }

    private static @org.jspecify.annotations.Nullable String text(Entry entry, String key) {
        return entry.has(key) ? entry.text(key) : null;
    }

    private static Reason.Kind kind(Entry entry) {
        if (entry.has("field")) {
            return Reason.Kind.FIELD;
        }
        var kind = entry.text("kind");
        return kind.isEmpty() ? Reason.Kind.MISSING : Reason.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
    }

    private void known(Entry entry) {
        knownWord(entry, "clause", declared.clauses.keySet(), "clause");
        knownWord(entry, "evidence", declared.evidence.keySet(), "kind of evidence");
        knownWord(entry, "same_build_as", declared.evidence.keySet(), "kind of evidence");
        knownWord(entry, "field", fields.keySet(), "field");
        knownWord(entry, "act", acts.keySet(), "act");
        entry.words("overridable_by").forEach(it -> mistakes.known(it, declared.roles.keySet(), "role"));
        var may = acts.getOrDefault(entry.text("act"), declared.roles.keySet());
        entry.words("by_roles").forEach(it -> mistakes.known(it, may, "role that may do this act"));
    }

    private void knownWord(Entry entry, String key, Collection<String> names, String what) {
        var word = entry.word(key);
        if (word != null) {
            mistakes.known(word, names, what);
        }
    }

    private void sugar(Word name, Entry entry) {
        var given = ASKS.stream().filter(entry::has).toList();
        if (given.size() != 1) {
            mistakes.add(
                    name.place(),
                    "the gate " + name.text()
                            + (given.isEmpty() ? " asks for nothing" : " asks by " + String.join(" and ", given)),
                    "give exactly one of " + String.join(", ", ASKS));
        }
        only(entry, "other_than", "evidence");
        only(entry, "same_build_as", "evidence");
        only(entry, "by_roles", "act");
        only(entry, "kind", "rule");
        if (entry.words("by_roles").size() > 3) {
            mistakes.add(entry.placeOf("by_roles"), "more than three roles", "name at most three");
        }
        for (var key : List.of("says", "fix")) {
            if (entry.has(key) && entry.text(key).isBlank()) {
                mistakes.add(entry.placeOf(key), key + " is empty", "write a sentence for people");
            }
        }
    }

    private void only(Entry entry, String key, String with) {
        if (entry.has(key) && !entry.has(with)) {
            mistakes.add(entry.placeOf(key), key + " goes with " + with + " only", "remove it, or use " + with);
        }
    }

    /// The sugar written out as the rule it stands for.
    private String written(Entry entry) {
        if (entry.has("evidence")) {
            var kind = entry.text("evidence");
            var rule = new StringBuilder("evidence." + kind + ".passed");
            if (!entry.words("other_than").isEmpty()) {
                rule.append(" && !(evidence.").append(kind).append(".by in ");
                rule.append(PackReader.texts(entry.words("other_than")).stream()
                                .map(one -> several(one) ? one : "[" + one + "]")
                                .collect(Collectors.joining(" + ")))
                        .append(")");
            }
            if (entry.has("same_build_as")) {
                var build = "evidence." + kind + ".build";
                var same = "evidence." + entry.text("same_build_as");
                var other = same + ".build";
                rule.append(" && " + same + ".present && (" + build + " == '' || " + other + " == '' || " + build
                        + " == " + other + ")");
            }
            return rule.toString();
        }
        if (entry.has("field")) {
            return "given." + entry.text("field");
        }
        if (entry.has("act")) {
            var roles = PackReader.texts(entry.words("by_roles"));
            return roles.isEmpty()
                    ? "acts." + entry.text("act") + ".taken"
                    : Reasons.differentPeople(entry.text("act"), roles);
        }
        return entry.text("rule");
    }

    private Optional<RuleLanguage.Rule> sugarRule(Word name, String rule) {
        var outcome = language.compile(rule, SimpleType.BOOL);
        if (outcome.rule().isEmpty() && mistakes.all().isEmpty()) {
            throw new IllegalStateException(
                    "the sugar of " + name.text() + " does not compile: " + rule + " " + outcome);
        }
        return outcome.rule();
    }

    private Optional<RuleLanguage.Rule> compiled(Word word, CelType wanted, String where) {
        var outcome = language.compile(word.text(), wanted);
        for (var fault : outcome.faults()) {
            if (fault.unknownName() && mistakes.unreadable()) {
                continue;
            }
            mistakes.add(Positions.inside(word.place(), word.text(), fault.offset()), fault.says(), fault.instead());
        }
        outcome.rule().ifPresent(it -> it.reads().forEach(read -> reads(read, where)));
        return outcome.rule();
    }

    private boolean several(String people) {
        return language.compile(people, RuleLanguage.WORDS).rule().isPresent();
    }

    /// One person, or a list of them.
    private Optional<RuleLanguage.Rule> people(Word word, String where) {
        return compiled(word, several(word.text()) ? RuleLanguage.WORDS : SimpleType.STRING, where);
    }

    private void reads(String name, String where) {
        if (name.startsWith("parameter.")) {
            declared.read(name.substring("parameter.".length()), where);
        }
    }

    private void places(Entry entry, String key, String where) {
        var word = entry.word(key);
        if (word == null) {
            return;
        }
        for (var name : Saying.names(word.text())) {
            if (language.names().containsKey(name)) {
                reads(name, where);
            } else {
                mistakes.add(
                        Positions.inside(
                                word.place(),
                                word.text(),
                                Math.max(0, word.text().indexOf("{" + name))),
                        "the sentence names {" + name + "}, which nothing fills",
                        Nearest.instead(name, language.names().keySet()));
            }
        }
    }
}
