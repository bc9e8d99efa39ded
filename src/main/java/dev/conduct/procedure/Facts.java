package dev.conduct.procedure;

import dev.cel.runtime.CelVariableResolver;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The values of the names of `Names` for one case and one attempt. What is absent has the empty value of its type:
/// '', 0, false, the empty list, the beginning of 1970.
final class Facts implements CelVariableResolver {

    private static final int MOST_PEOPLE = 50;

    private final Procedure procedure;
    private final ItemType type;
    private final Case item;
    private final Case.Attempt attempt;
    private final Set<String> excluded;
    private final Map<String, Findings> findings;

    Facts(Procedure procedure, ItemType type, Case item, Case.Attempt attempt) {
        this(procedure, type, item, attempt, Set.of(), new HashMap<>());
    }

    private Facts(
            Procedure procedure,
            ItemType type,
            Case item,
            Case.Attempt attempt,
            Set<String> excluded,
            Map<String, Findings> findings) {
        this.procedure = procedure;
        this.type = type;
        this.item = item;
        this.attempt = attempt;
        this.excluded = excluded;
        this.findings = findings;
    }

    /// The same facts, where evidence by these people only counts when there is none by others.
    Facts without(Set<String> people) {
        return new Facts(procedure, type, item, attempt, Set.copyOf(people), findings);
    }

    Set<String> excluded() {
        return excluded;
    }

    Findings findings(String kind) {
        var found = findings.get(kind);
        if (found == null) {
            var rule = procedure.evidenceKinds().get(kind);
            if (rule == null) {
                throw new IllegalArgumentException("no evidence " + kind);
            }
            found = Findings.of(rule, type, item, commit(), attempt.now());
            findings.put(kind, found);
        }
        return found;
    }

    /// The commit in force: what the first field of that kind holds, or would hold.
    String commit() {
        return commit(attempt.fields());
    }

    private String commit(Map<String, Object> fields) {
        return type.commitField().map(field -> text(fields.get(field.name()))).orElse("");
    }

    @Override
    public Optional<Object> find(String name) {
        var parts = name.split("\\.", 3);
        return switch (parts[0]) {
            case "now" -> Optional.of(attempt.now());
            case "item" -> parts.length == 2 ? Optional.of(ofItem(parts[1])) : Optional.empty();
            case "given" -> Optional.of(!text(attempt.fields().get(parts[1])).isEmpty());
            case "actor" ->
                parts[1].equals("id") ? Optional.of(attempt.actor()) : Optional.of(List.copyOf(attempt.roles()));
            case "attempt" -> Optional.of(attempt.transition());
            case "parameter" ->
                Optional.ofNullable(procedure.parameters().get(parts[1])).map(Procedure.Parameter::value);
            case "links" -> Optional.of(links(parts[1]));
            case "evidence" -> parts.length == 3 ? Optional.of(evidence(parts[1], parts[2])) : Optional.empty();
            case "passages" -> parts.length == 3 ? Optional.of(passage(parts[1], parts[2])) : Optional.empty();
            case "acts" -> parts.length == 3 ? Optional.of(act(parts[1], parts[2])) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Object ofItem(String name) {
        return switch (name) {
            case "key" -> item.key();
            case "type" -> item.type();
            case "state" -> item.state();
            case "reporter" -> item.reporter();
            case "created_at" -> item.createdAt();
            case "assignee" -> assignee();
            default -> field(name);
        };
    }

    private Object field(String name) {
        var field = type.fields().get(name);
        var value = attempt.fields().get(name);
        if (field != null && field.kind() == ItemType.FieldKind.NUMBER) {
            return value instanceof Number number ? number.longValue() : 0L;
        }
        return text(value);
    }

    private String assignee() {
        return text(attempt.assignee());
    }

    private List<String> links(String kind) {
        return item.links().stream()
                .filter(link -> link.kind().equals(kind))
                .map(Case.Link::other)
                .limit(MOST_PEOPLE)
                .toList();
    }

    private Object evidence(String kind, String attribute) {
        var fact = findings(kind).newest(excluded);
        return switch (attribute) {
            case "present" -> fact.isPresent();
            case "passed" -> fact.isPresent() && fact.get().passed();
            case "failed" -> fact.isPresent() && !fact.get().passed();
            case "told" -> findings(kind).told();
            case "at" -> fact.map(Case.Fact::at).orElse(Instant.EPOCH);
            case "by" -> fact.map(Case.Fact::actor).orElse("");
            case "commit" -> fact.map(it -> text(it.commit())).orElse("");
            case "build" -> fact.map(it -> text(it.build())).orElse("");
            case "source" -> fact.map(Case.Fact::source).orElse("");
            case "roles" -> fact.map(it -> List.copyOf(it.roles())).orElse(List.of());
            default -> throw new IllegalArgumentException(attribute);
        };
    }

    private Object passage(String name, String attribute) {
        var taken = item.passages().stream()
                .filter(it -> it.name().equals(name) && !it.voided())
                .toList();
        var passage = Findings.last(taken);
        return switch (attribute) {
            case "taken" -> passage.isPresent();
            case "at" -> passage.map(Case.Passage::at).orElse(Instant.EPOCH);
            case "by" -> passage.map(Case.Passage::actor).orElse("");
            case "assignee" -> passage.map(it -> text(it.assignee())).orElse("");
            case "commit" -> passage.map(it -> commit(it.fields())).orElse("");
            case "roles" -> passage.map(it -> List.copyOf(it.roles())).orElse(List.of());
            case "people" -> taken.stream().map(Case.Passage::actor).distinct().toList();
            case "assignees" ->
                taken.stream()
                        .map(it -> text(it.assignee()))
                        .filter(person -> !person.isEmpty())
                        .distinct()
                        .toList();
            case "count" -> (long) taken.size();
            default -> throw new IllegalArgumentException(attribute);
        };
    }

    private Object act(String name, String attribute) {
        return switch (attribute) {
            case "taken" -> !actors(name, unused -> true).isEmpty();
            case "by" -> actors(name, unused -> true);
            case "roles" ->
                acts(name).stream()
                        .flatMap(it -> it.roles().stream())
                        .distinct()
                        .toList();
            default -> actors(name, it -> it.roles().contains(attribute));
        };
    }

    /// The acts of this name that count, oldest first.
    List<Case.Passage> acts(String name) {
        return item.passages().stream()
                .filter(it -> it.name().equals(name) && !it.voided())
                .toList();
    }

    List<Case.Passage> voidedActs(String name) {
        return item.passages().stream()
                .filter(it -> it.name().equals(name) && it.voided())
                .toList();
    }

    /// People who did the act, in a role if one is given by the test.
    List<String> actors(String name, Predicate<Case.Passage> test) {
        return acts(name).stream()
                .filter(test)
                .map(Case.Passage::actor)
                .distinct()
                .limit(MOST_PEOPLE)
                .toList();
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
