package dev.conduct.procedure;

import dev.conduct.kernel.Right;
import dev.conduct.procedure.Entry.Word;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
        calendars(file("calendars.yaml", Shapes.CALENDARS));
        schedules(file("schedules.yaml", Shapes.SCHEDULES));
        parameters(file("parameters.yaml", Shapes.PARAMETERS));
        var evidence = file("evidence.yaml", Shapes.EVIDENCE);
        evidence(evidence);
        var types = new LinkedHashMap<String, ItemType>();
        var rules = new LinkedHashMap<String, Map<String, Rules.OfGate>>();
        types(pack, types, rules);
        since(evidence, types);
        unusedParameters();
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
        each(file.named("roles"), "role", (name, entry) -> {
            declared.roles.put(
                    name,
                    new Procedure.Role(
                            name,
                            entry.text("title"),
                            entry.text("means"),
                            entry.flag("reads_only"),
                            entry.flag("administers"),
                            rights(entry)));
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

    private void calendars(Entry file) {
        each(file.named("calendars"), "calendar", (name, entry) -> {
            var always = entry.flag("always");
            if (always && (entry.has("zone") || entry.has("hours") || entry.has("holidays"))) {
                mistakes.add(entry.place(), name + " counts always and has hours too", "keep always, or the hours");
            }
            if (!always && entry.wordsByName("hours").isEmpty()) {
                mistakes.add(entry.place(), "the calendar " + name + " has no hours", "add hours, or always: true");
            }
            if (!always && !entry.has("zone")) {
                mistakes.add(entry.place(), "the calendar " + name + " has no zone", "add zone: Europe/Berlin");
            }
            declared.calendars.put(
                    name,
                    new Procedure.CalendarRule(name, zone(entry.word("zone")), hours(entry), holidays(entry), always));
        });
    }

    private ZoneId zone(@Nullable Word word) {
        if (word == null) {
            return java.time.ZoneOffset.UTC;
        }
        if (ZoneId.getAvailableZoneIds().contains(word.text())) {
            return ZoneId.of(word.text());
        }
        mistakes.add(
                word.place(),
                "there is no time zone \"" + word.text() + "\"",
                Nearest.to(word.text(), ZoneId.getAvailableZoneIds())
                        .map(near -> "write " + near)
                        .orElse("write one such as Europe/Berlin or UTC"));
        return java.time.ZoneOffset.UTC;
    }

    private Map<DayOfWeek, List<Procedure.Hours>> hours(Entry entry) {
        var hours = new EnumMap<DayOfWeek, List<Procedure.Hours>>(DayOfWeek.class);
        entry.wordsByName("hours").forEach((day, spans) -> {
            var list = new ArrayList<Procedure.Hours>();
            for (var span : spans) {
                var read = hours(span);
                if (read != null) {
                    if (!list.isEmpty() && read.from().isBefore(list.getLast().to())) {
                        mistakes.add(
                                span.place(), "\"" + span.text() + "\" overlaps the hours before", "put them in order");
                    }
                    list.add(read);
                }
            }
            hours.put(DayOfWeek.valueOf(day.text().toUpperCase(Locale.ROOT)), List.copyOf(list));
        });
        return java.util.Collections.unmodifiableMap(hours);
    }

    private Procedure.@Nullable Hours hours(Word span) {
        var parts = span.text().split("-", -1);
        try {
            if (parts.length == 2) {
                var from = LocalTime.parse(parts[0].strip());
                var to = parts[1].strip().equals("24:00") ? LocalTime.MAX : LocalTime.parse(parts[1].strip());
                if (from.isBefore(to)) {
                    return new Procedure.Hours(from, to);
                }
            }
        } catch (DateTimeException unreadable) {
            // said below, together with hours that end before they begin
        }
        mistakes.add(span.place(), "\"" + span.text() + "\" are no hours", "write \"09:00-17:00\"");
        return null;
    }

    private Set<LocalDate> holidays(Entry entry) {
        var days = new LinkedHashSet<LocalDate>();
        for (var day : entry.words("holidays")) {
            parsed(day, LocalDate::parse, "no day", "write 2026-12-25").ifPresent(days::add);
        }
        return days;
    }

    private <T> Optional<T> parsed(Word word, Function<String, T> parser, String not, String instead) {
        try {
            return Optional.of(parser.apply(word.text()));
        } catch (DateTimeException | NumberFormatException unreadable) {
            mistakes.add(word.place(), "\"" + word.text() + "\" is " + not, instead);
            return Optional.empty();
        }
    }

    private void schedules(Entry file) {
        each(file.named("schedules"), "schedule", (name, entry) -> {
            var first = entry.word("first");
            var every = entry.word("every");
            if (first == null || every == null) {
                return;
            }
            var moment = parsed(first, LocalDateTime::parse, "no local moment", "write 2026-01-06T18:00");
            var period = Spans.parseRecurrence(every.text());
            if (period.isEmpty()) {
                mistakes.add(
                        every.place(), "\"" + every.text() + "\" says not how often", "write 2 weeks, 1 month or 14 d");
            }
            declared.schedules.put(
                    name,
                    new Procedure.ScheduleRule(
                            name,
                            moment.orElse(LocalDateTime.MIN),
                            zone(entry.word("zone")),
                            period.orElse(java.time.Period.ofDays(1))));
        });
    }

    private void parameters(Entry file) {
        each(file.named("parameters"), "parameter", (name, entry) -> {
            var kind = entry.text("kind");
            if (kind.isEmpty()) {
                return;
            }
            declared.parameterKinds.put(name, kind);
            declared.parameterEntries.put(name, entry);
            declared.parameters.put(
                    name,
                    new Procedure.Parameter(
                            name, entry.text("title"), entry.text("means"), value(name, kind, entry), List.of(), null));
        });
    }

    private Object value(String name, String kind, Entry entry) {
        if (kind.equals("list")) {
            if (entry.has("value") && entry.words("value").isEmpty()) {
                mistakes.add(entry.placeOf("value"), "the value of " + name + " is no list", "write [one, another]");
            }
            return texts(entry.words("value"));
        }
        var word = entry.word("value");
        if (word == null) {
            if (entry.has("value")) {
                mistakes.add(entry.placeOf("value"), "the value of " + name + " is a list", "write one value");
            }
            return "";
        }
        return switch (kind) {
            case "duration" -> duration(word).<Object>map(it -> it).orElse(java.time.Duration.ZERO);
            case "number" ->
                parsed(word, Long::valueOf, "no whole number", "write digits")
                        .<Object>map(it -> it)
                        .orElse(0L);
            case "percent" -> percent(word);
            case "calendar" -> named(word, declared.calendars.keySet(), "calendar");
            case "schedule" -> named(word, declared.schedules.keySet(), "schedule");
            default -> word.text();
        };
    }

    private Optional<java.time.Duration> duration(Word word) {
        var span = Spans.parse(word.text());
        if (span.isEmpty()) {
            mistakes.add(word.place(), "\"" + word.text() + "\" is no length of time", "write 15 min, 4 h, 7 d or 2 w");
        }
        return span;
    }

    private Object percent(Word word) {
        var number = parsed(word, Long::valueOf, "no percentage", "write a whole number from 0 to 100")
                .orElse(0L);
        if (number < 0 || number > 100) {
            mistakes.add(
                    word.place(), "\"" + word.text() + "\" is no percentage", "write a whole number from 0 to 100");
        }
        return number;
    }

    private String named(Word word, Collection<String> names, String what) {
        mistakes.known(word, names, what);
        return word.text();
    }

    private void evidence(Entry file) {
        each(file.named("evidence"), "kind of evidence", (name, entry) -> {
            for (var word : entry.words("fails")) {
                if (texts(entry.words("passes")).contains(word.text())) {
                    mistakes.add(word.place(), "\"" + word.text() + "\" passes and fails", "keep it in one of the two");
                }
            }
            if (entry.has("passes") && entry.words("passes").isEmpty()) {
                mistakes.add(entry.placeOf("passes"), name + " can never pass", "name a word, such as passed");
            }
            clause(entry);
            knownRoles(entry, "roles");
            declared.evidence.put(
                    name,
                    new Procedure.EvidenceKind(
                            name,
                            entry.text("title"),
                            entry.text("clause"),
                            texts(entry.words("passes")),
                            texts(entry.words("fails")),
                            entry.text("about").equals("change"),
                            entry.has("since") ? entry.text("since") : null,
                            Set.copyOf(texts(entry.words("roles"))),
                            age(name, entry)));
        });
    }

    /// Named as a parameter, so that the number stands where all numbers stand.
    private @Nullable Duration age(String kind, Entry entry) {
        var word = entry.word("counts_for");
        if (word == null) {
            return null;
        }
        var parameter = declared.parameters.get(word.text());
        if (parameter != null && parameter.value() instanceof Duration age) {
            declared.read(word.text(), "evidence " + kind);
            return age;
        }
        mistakes.known(word, declared.parametersOf("duration"), "parameter that is a duration");
        return null;
    }

    /// `since` names a transition of some type, known only when the types are read.
    private void since(Entry file, Map<String, ItemType> types) {
        var transitions = new LinkedHashSet<String>();
        types.values().forEach(type -> transitions.addAll(type.transitions().keySet()));
        file.named("evidence").values().forEach(entry -> {
            var since = entry.word("since");
            if (since != null && !transitions.isEmpty()) {
                mistakes.known(since, transitions, "transition");
            }
        });
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

    private void unusedParameters() {
        declared.parameterEntries.forEach((name, entry) -> {
            var reads = declared.reads.getOrDefault(name, Set.of());
            if (!reads.isEmpty() && (entry.has("unused") || entry.has("read_by"))) {
                var key = entry.has("unused") ? "unused" : "read_by";
                mistakes.add(entry.placeOf(key), name + " is read by " + String.join(", ", reads), "remove " + key);
            }
            if (reads.isEmpty() && !entry.has("unused") && !entry.has("read_by")) {
                mistakes.add(
                        entry.place(),
                        "nothing in this pack reads the parameter " + name,
                        "say so with unused:, or name the part of the platform with read_by:");
            }
            var readBy = entry.has("read_by") ? List.of(entry.text("read_by")) : List.copyOf(reads);
            declared.parameters.computeIfPresent(
                    name,
                    (unused, it) -> new Procedure.Parameter(
                            name,
                            it.title(),
                            it.means(),
                            it.value(),
                            readBy,
                            entry.has("unused") ? entry.text("unused") : null));
        });
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

    private void clause(Entry entry) {
        var clause = entry.word("clause");
        if (clause != null) {
            mistakes.known(clause, declared.clauses.keySet(), "clause");
        }
    }

    private void knownRoles(Entry entry, String key) {
        entry.words(key).forEach(role -> mistakes.known(role, declared.roles.keySet(), "role"));
    }

    static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    private void each(Map<Word, Entry> named, String what, java.util.function.BiConsumer<String, Entry> reader) {
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
