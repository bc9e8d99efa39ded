package dev.conduct.procedure;

import java.time.Duration;
import java.util.List;
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
public record ItemType(
        String name,
        String title,
        String plural,
        String clause,
        String initial,
        List<String> line,
        Set<String> ended,
        Set<String> reporters,
        Map<String, Field> fields,
        Map<String, State> states,
        Map<String, Transition> transitions,
        List<Gate> onCreate,
        List<ClockRule> clocks) {

    /// The field whose commit evidence is bound to: the first of that kind.
    public Optional<Field> commitField() {
        return fields.values().stream()
                .filter(field -> field.kind() == FieldKind.COMMIT)
                .findFirst();
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

    /// @param personal or free text stays out of ledger entries (commitments only): true for LINE and TEXT
    /// @param editors roles that may set it by an edit; empty means whoever may edit the item
    public record Field(
            String name,
            String title,
            FieldKind kind,
            List<String> options,
            @Nullable String help,
            boolean required,
            Set<String> editors) {

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
    public record Transition(
            String name,
            String title,
            Set<String> from,
            @Nullable String to,
            Set<String> roles,
            List<String> asks,
            Set<String> voids,
            boolean back,
            String clause,
            List<Gate> gates) {}

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
