package dev.conduct.procedure;

import dev.conduct.kernel.Right;
import dev.conduct.procedure.Entry.Word;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads a whole pack, checks every name in it, and compiles it.
final class PackReader {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,59}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,39}");
    private static final Pattern CLAUSE = Pattern.compile("[A-Z][A-Z0-9]{0,11}-[0-9]{1,3}");

    /// Words of CEL that no variable may be called.
    private static final Set<String> RESERVED = Set.of(
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while");

    private final PackFiles files;
    private final Mistakes mistakes = new Mistakes();
    private final Declared declared = new Declared();

    PackReader(PackFiles files) {
        this.files = files;
    }

    /// The types that `pack.yaml` names, before anything is checked.
    static List<String> typesOf(Map<String, byte[]> files) {
        var bytes = files.getOrDefault("pack.yaml", new byte[0]);
        return new YamlReader("pack.yaml", new Mistakes())
                .read(bytes, Shapes.PACK).words("types").stream()
                        .map(Word::text)
                        .toList();
    }

    PackCheck.Checked read() {
        var pack = file("pack.yaml", Shapes.PACK);
        clauses(file("clauses.yaml", Shapes.CLAUSES));
        roles(file("roles.yaml", Shapes.ROLES));
        var times = new TimesReader(declared, mistakes);
        times.calendars(file("calendars.yaml", Shapes.CALENDARS));
        times.schedules(file("schedules.yaml", Shapes.SCHEDULES));
        var parameters = new ParametersReader(declared, mistakes);
        parameters.read(file("parameters.yaml", Shapes.PARAMETERS));
        var evidence = file("evidence.yaml", Shapes.EVIDENCE);
        var kinds = new EvidenceReader(declared, mistakes);
        kinds.read(evidence);
        var types = new LinkedHashMap<String, ItemType>();
        var rules = new LinkedHashMap<String, Map<String, Rules.OfGate>>();
        types(pack, types, rules);
        kinds.since(evidence, types);
        parameters.requireReaders();
        var inFlight = inFlight(pack, types);
        version(pack);
        if (!mistakes.all().isEmpty()) {
            return new PackCheck.Checked(mistakes.all(), Optional.empty());
        }
        return new PackCheck.Checked(
                List.of(),
                Optional.of(new Procedure(
                        pack.text("title"),
                        pack.text("version"),
                        files.hash(),
                        Instant.EPOCH,
                        null,
                        ordered(declared.clauses),
                        ordered(declared.parameters),
                        ordered(declared.roles),
                        ordered(declared.calendars),
                        ordered(declared.schedules),
                        ordered(declared.evidence),
                        ordered(types),
                        inFlight,
                        new Rules(rules))));
    }

    private Entry file(String name, Shape shape) {
        var bytes = files.files().get(name);
        var top = new Entry.Place(name, 1, 1);
        if (bytes == null) {
            mistakes.add(top, "the pack has no " + name, "add the file");
            return new Entry(top);
        }
        return new YamlReader(name, mistakes).read(bytes, shape);
    }

    static <V> Map<String, V> ordered(Map<String, V> map) {
        return java.util.Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private void version(Entry pack) {
        var version = pack.word("version");
        if (version != null && !VERSION.matcher(version.text()).matches()) {
            mistakes.add(
                    version.place(),
                    "\"" + version.text() + "\" cannot name a version",
                    "write up to 40 letters, digits, dots and dashes, such as 2026.11");
        }
    }

    private void clauses(Entry file) {
        for (var chapter : file.parts("chapters")) {
            for (var clause : chapter.parts("clauses")) {
                var id = clause.word("id");
                if (id == null) {
                    continue;
                }
                if (!CLAUSE.matcher(id.text()).matches()) {
                    mistakes.add(id.place(), "\"" + id.text() + "\" is no clause id", "write letters-number: BUG-5");
                }
                var read = new Procedure.Clause(
                        id.text(),
                        clause.text("ref"),
                        chapter.text("id") + " " + chapter.text("title"),
                        clause.text("title"),
                        clause.text("text"),
                        texts(clause.words("controls")));
                if (declared.clauses.put(id.text(), read) != null) {
                    mistakes.add(
                            id.place(), "the clause " + id.text() + " stands twice", "give one of them another id");
                }
            }
        }
    }

    private void roles(Entry file) {
        each(mistakes, file.named("roles"), "role", (name, entry) -> {
            declared.roles.put(
                    name,
                    new Procedure.Role(
                            name,
                            entry.text("title"),
                            entry.text("means"),
                            entry.flag("reads_only"),
                            entry.flag("administers"),
                            rights(entry),
                            entry.flag("outside")));
        });
        // Among other mistakes it may only be misspelt.
        if (mistakes.all().isEmpty() && declared.roles.values().stream().noneMatch(Procedure.Role::administers)) {
            mistakes.add(file.placeOf("roles"), "nobody could run the installation", "give a role administers: true");
        }
    }

    private static Set<Right> rights(Entry role) {
        if (role.flag("administers")) {
            return EnumSet.allOf(Right.class);
        }
        var granted = EnumSet.noneOf(Right.class);
        for (var right : Right.values()) {
            if (texts(role.words("may")).contains(right.word())) {
                granted.add(right);
            }
        }
        return granted;
    }

    static <T> Optional<T> parsed(
            Mistakes mistakes, Word word, Function<String, T> parser, String not, String instead) {
        try {
            return Optional.of(parser.apply(word.text()));
        } catch (DateTimeException | NumberFormatException unreadable) {
            mistakes.add(word.place(), "\"" + word.text() + "\" is " + not, instead);
            return Optional.empty();
        }
    }

    private void types(Entry pack, Map<String, ItemType> types, Map<String, Map<String, Rules.OfGate>> rules) {
        var listed = new LinkedHashSet<String>();
        for (var word : pack.words("types")) {
            var name = "types/" + word.text() + ".yaml";
            listed.add(name);
            if (!files.files().containsKey(name)) {
                mistakes.add(word.place(), "there is no file " + name, instead(word.text()));
                continue;
            }
            var reader = new TypeReader(word.text(), file(name, Shapes.TYPE), declared, mistakes);
            types.put(word.text(), reader.read());
            rules.put(word.text(), reader.rules());
        }
        for (var name : files.files().keySet()) {
            if (name.startsWith("types/") && !listed.contains(name)) {
                mistakes.add(
                        new Entry.Place(name, 1, 1),
                        "pack.yaml does not list this type",
                        "add it to types, or remove the file");
            }
        }
    }

    private String instead(String type) {
        var names = files.files().keySet().stream()
                .filter(file -> file.startsWith("types/"))
                .map(file -> file.substring(6, file.length() - 5))
                .toList();
        return Nearest.to(type, names).map(near -> "write " + near).orElse("add the file");
    }

    private Procedure.InFlight inFlight(Entry pack, Map<String, ItemType> types) {
        var part = pack.part("in_flight");
        if (part == null) {
            return new Procedure.InFlight(false, Map.of());
        }
        var states = new TreeMap<String, Map<String, String>>();
        part.textsByName("states").forEach((type, mapping) -> {
            if (mistakes.known(type, types.keySet(), "type")) {
                var known = java.util.Objects.requireNonNull(types.get(type.text()))
                        .states()
                        .keySet();
                var map = new TreeMap<String, String>();
                mapping.forEach((from, to) -> {
                    mistakes.known(to, known, "state of " + type.text());
                    map.put(from.text(), to.text());
                });
                states.put(type.text(), map);
            }
        });
        return new Procedure.InFlight(part.text("rule").equals("move"), states);
    }

    static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    static void each(
            Mistakes mistakes,
            Map<Word, Entry> named,
            String what,
            java.util.function.BiConsumer<String, Entry> reader) {
        named.forEach((name, entry) -> {
            name(mistakes, name, what);
            reader.accept(name.text(), entry);
        });
    }

    static void name(Mistakes mistakes, Word word, String what) {
        if (!NAME.matcher(word.text()).matches() || RESERVED.contains(word.text())) {
            mistakes.add(
                    word.place(),
                    "\"" + word.text() + "\" cannot name a " + what,
                    "write small letters, digits and _, beginning with a letter, and no word of CEL");
        }
    }
}
