package dev.conduct.procedure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A kind of record and its line: what it holds, where it can stand, how it moves, which clocks run.
///
/// @param plural for screens and lists ("Bugs")
/// @param initial the state a new item stands in
/// @param line the states of the main way, in order, as the line on its page shows them
/// @param ended states in which the item is no longer open
/// @param reporters roles that may create one; empty means anybody signed in
/// @param assignable roles whose holders are offered as assignees; empty means everybody
/// @param begin what whoever begins one does, as its button says: "Report a bug"
/// @param icon the symbol of its entry in the side bar
/// @param restriction who deals with those that only people named may see
public record ItemType(
        String name,
        String title,
        String plural,
        String clause,
        String initial,
        List<String> line,
        Set<String> ended,
        Set<String> reporters,
        Set<String> assignable,
        String begin,
        String icon,
        Map<String, Field> fields,
        Map<String, State> states,
        Map<String, Transition> transitions,
        List<Gate> onCreate,
        List<ClockRule> clocks,
        Restriction restriction) {

    /// A type of which nobody restricts any.
    public ItemType(
            String name,
            String title,
            String plural,
            String clause,
            String initial,
            List<String> line,
            Set<String> ended,
            Set<String> reporters,
            Set<String> assignable,
            String icon,
            Map<String, Field> fields,
            Map<String, State> states,
            Map<String, Transition> transitions,
            List<Gate> onCreate,
            List<ClockRule> clocks) {
        this(
                name,
                title,
                plural,
                clause,
                initial,
                line,
                ended,
                reporters,
                assignable,
                reported(title),
                icon,
                fields,
                states,
                transitions,
                onCreate,
                clocks,
                new Restriction(Set.of(), Set.of()));
    }

    /// What begins one where the pack says nothing else.
    static String reported(String title) {
        var noun = title.toLowerCase(Locale.ROOT);
        return "Report " + (noun.matches("[aeiou].*") ? "an " : "a ") + noun;
    }

    /// What was done to it when it was begun: "Reported", as the state is called that a new one stands in.
    public String begun() {
        var state = states.get(initial);
        return state == null ? title : state.title();
    }

    /// Whether somebody of these roles may begin one.
    public boolean begunBy(Set<String> roles) {
        return reporters.isEmpty() || roles.stream().anyMatch(reporters::contains);
    }

    /// @param by roles that may restrict an item, name who reads it, and open it again
    /// @param readers roles that read every restricted one, so that none is lost when people leave
    public record Restriction(Set<String> by, Set<String> readers) {}

    /// Whether these values make an item one that only people named may see.
    public boolean restricts(Map<String, Object> values) {
        return fields.values().stream()
                .anyMatch(field -> values.get(field.name()) instanceof String value
                        && field.restricts().contains(value));
    }

    /// The field whose commit evidence is bound to: the first of that kind.
    public Optional<Field> commitField() {
        return fields.values().stream()
                .filter(field -> field.kind() == FieldKind.COMMIT)
                .findFirst();
    }

    /// The field that names a component: the first of that kind.
    public Optional<Field> componentField() {
        return fields.values().stream()
                .filter(field -> field.kind() == FieldKind.COMPONENT)
                .findFirst();
    }

    /// The component an item of this type names.
    public Optional<String> component(Map<String, Object> values) {
        return componentField().map(field -> values.get(field.name())).map(Object::toString);
    }

    /// The field that says what the platform wants to know, whatever the pack calls it.
    public Optional<Field> field(Meaning meaning) {
        return fields.values().stream()
                .filter(field -> field.meaning() == meaning)
                .findFirst();
    }

    /// What an item's field of a meaning says.
    public Optional<String> value(Meaning meaning, Map<String, Object> values) {
        return field(meaning).map(field -> values.get(field.name())).map(Object::toString);
    }

    /// How urgent an item is: by what was decided, else by what its reporter said.
    public Optional<Urgency> urgency(Map<String, Object> values) {
        for (var meaning : List.of(Meaning.PRIORITY, Meaning.SEVERITY)) {
            var said = value(meaning, values).flatMap(word -> field(meaning).flatMap(field -> field.urgency(word)));
            if (said.isPresent()) {
                return said;
            }
        }
        return Optional.empty();
    }

    /// @param word as the pack has it
    /// @param rank 1 for the most urgent of `of`
    public record Urgency(String word, int rank, int of) {

        private static final List<String> LEVELS = List.of("critical", "high", "medium", "low");

        /// One of four for the eye, the most urgent first: `critical`, `high`, `medium`, `low`.
        public String level() {
            return LEVELS.get((rank - 1) * LEVELS.size() / of);
        }
    }

    /// Whether a commit is still to be named where an item stands: it may be written until the transition that asks
    /// for it has been taken. From then on evidence is bound to it, and only a way back lets another be named.
    public boolean names(Field commit, String state) {
        var asking = transitions.values().stream()
                .filter(transition -> !transition.back() && transition.asks().contains(commit.name()))
                .toList();
        var last = asking.stream()
                .flatMap(transition -> transition.from().stream())
                .mapToInt(line::indexOf)
                .max()
                .orElse(Integer.MAX_VALUE);
        return asking.isEmpty()
                || asking.stream().anyMatch(transition -> transition.from().contains(state))
                || line.contains(state) && line.indexOf(state) <= last;
    }

    /// The commit that evidence is bound to where an item stands, empty while it is still to be named.
    public Optional<String> commitInForce(Map<String, Object> values, String state) {
        return commitField()
                .filter(field -> !names(field, state))
                .map(field -> values.get(field.name()))
                .map(Object::toString);
    }

    public enum FieldKind {
        CHOICE,
        LINE,
        TEXT,
        NUMBER,
        COMPONENT,
        COMMIT,
        PERSON,
        DATE
    }

    /// What the platform wants to know of an item and each pack calls by names of its own.
    public enum Meaning {
        /// How much it hurts who reported it.
        SEVERITY,
        /// How soon it is to be done, as decided.
        PRIORITY,
        /// Why it ended without being done.
        REASON;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How a value that is not for every eye is kept: out of tables, lists, searches, exports, letters and proofs.
    public enum Keeping {
        /// Of somebody: under a key of the record's own, which goes when that person is erased.
        PERSONAL,
        /// A password, a key: under the key of secrets, for the roles named alone.
        SECRET;

        /// As the ledger writes it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param meaning what the platform reads it as, null for nothing
    /// @param personal or free text stays out of ledger entries (commitments only): true for LINE and TEXT
    /// @param editors roles that may set it by an edit; empty means whoever may edit the item
    /// @param outside true: customers read it, and write it when they report
    /// @param restricts the options that restrict the item to those named
    /// @param keeping null for what whoever sees the item reads
    /// @param readers roles that read a value kept apart; empty means whoever inside sees the item
    public record Field(
            String name,
            String title,
            FieldKind kind,
            List<String> options,
            @Nullable String help,
            boolean required,
            Set<String> editors,
            @Nullable Meaning meaning,
            boolean outside,
            Set<String> restricts,
            @Nullable Keeping keeping,
            Set<String> readers) {

        public Field(
                String name,
                String title,
                FieldKind kind,
                List<String> options,
                @Nullable String help,
                boolean required,
                Set<String> editors,
                @Nullable Meaning meaning) {
            this(name, title, kind, options, help, required, editors, meaning, false, Set.of(), null, Set.of());
        }

        /// Where a word stands among the options of a field that tells how urgent an item is.
        public Optional<Urgency> urgency(String word) {
            return meaning == Meaning.SEVERITY || meaning == Meaning.PRIORITY
                    ? Optional.of(options.indexOf(word))
                            .filter(at -> at >= 0)
                            .map(at -> new Urgency(word, at + 1, options.size()))
                    : Optional.empty();
        }

        /// Whether its value is kept apart, and items hold only that there is one.
        public boolean kept() {
            return keeping != null;
        }

        public boolean free() {
            return kind == FieldKind.LINE || kind == FieldKind.TEXT;
        }
    }

    public record State(String name, String title, String means) {}

    /// A way from states to a state. An act (`assess`) leaves the state as it is: `to` is null.
    ///
    /// @param roles who may; empty means anybody who sees the item
    /// @param asks the fields the form of this transition offers, and `assignee`
    /// @param voids kinds of evidence, acts, and transitions, that this transition makes void (rework)
    /// @param back true for the ways back (send back, reject, reopen): shown apart from the main way
    /// @param credit what is said of who took it (`fixed`): they know the component from then on; null for nothing
    /// @param restricts true: from then on only those named see the item
    public record Transition(
            String name,
            String title,
            Set<String> from,
            @Nullable String to,
            Set<String> roles,
            List<String> asks,
            Set<String> voids,
            boolean back,
            @Nullable String credit,
            String clause,
            List<Gate> gates,
            boolean restricts) {

        public Transition(
                String name,
                String title,
                Set<String> from,
                @Nullable String to,
                Set<String> roles,
                List<String> asks,
                Set<String> voids,
                boolean back,
                @Nullable String credit,
                String clause,
                List<Gate> gates) {
            this(name, title, from, to, roles, asks, voids, back, credit, clause, gates, false);
        }
    }

    public enum Mode {
        OBSERVE,
        WARN,
        ENFORCE
    }

    /// A check before a state. `evidence`, `field` and `otherThan` are sugar that the loader turns into the rule and
    /// the kind of its refusal; the rule is CEL, type-checked at load.
    ///
    /// @param name unique within its type, snake_case
    /// @param kind what its refusal is called when no finer word applies
    /// @param otherThan rules that name people whose own evidence does not count
    /// @param sameBuildAs the kind of evidence that must be of the same build, null for none
    /// @param act the act it asks for, by each of `byRoles` and by as many people
    /// @param when asked only when this rule is true
    /// @param rule the whole rule, sugar written out
    /// @param says what is missing, with `{name}` placeholders of declared facts
    /// @param fix what to do
    /// @param overridableBy roles that may override it with a reason and a second person
    public record Gate(
            String name,
            String title,
            String clause,
            Mode mode,
            Reason.Kind kind,
            @Nullable String evidence,
            List<String> otherThan,
            @Nullable String sameBuildAs,
            @Nullable String field,
            @Nullable String act,
            List<String> byRoles,
            @Nullable String when,
            String rule,
            String says,
            String fix,
            Set<String> overridableBy) {}

    /// A deadline.
    ///
    /// @param byField the fields whose value picks the target, the first that is set (`priority`, then `severity`)
    /// @param targets by that value
    /// @param start, stop, pause, resume names of happenings: `created`, a transition's name, or `state:NAME`
    public record ClockRule(
            String name,
            String title,
            String clause,
            List<String> byField,
            Map<String, Target> targets,
            Set<String> start,
            Set<String> pause,
            Set<String> resume,
            Set<String> stop,
            Set<String> escalateTo) {}

    /// @param soft warned when passed; null for none
    /// @param hard breached when passed; null when `schedule` gives the moment
    /// @param calendar whose hours count
    /// @param schedule due at the next moment of this schedule after the start
    public record Target(
            @Nullable Duration soft,
            @Nullable Duration hard,
            String calendar,
            @Nullable String schedule) {}
}
