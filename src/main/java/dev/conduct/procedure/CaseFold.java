package dev.conduct.procedure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folds what happened to an item into the case that rules see. Gate, clock, replay and import all fold here, so
/// that they see the same. Pure: needs no procedure, since each happening says itself what it made void.
public final class CaseFold {

    /// Something that happened to an item, in the order of the ledger.
    public sealed interface Happening {
        Instant at();
    }

    /// @param removed fields that lost their value
    /// @param reassigned true when `assignee` is to be taken, null meaning nobody
    public record Changes(
            Map<String, Object> set,
            Set<String> removed,
            boolean reassigned,
            @Nullable String assignee) {

        public static Changes none() {
            return new Changes(Map.of(), Set.of(), false, null);
        }
    }

    public record Created(Instant at, String actor, String state, Changes changes) implements Happening {}

    /// A transition, or an act (from equals to).
    ///
    /// @param roles the roles the actor held then
    /// @param voids kinds of evidence and acts it made void, as the procedure had it then
    public record Moved(
            Instant at,
            String name,
            String from,
            String to,
            String actor,
            Set<String> roles,
            Set<String> voids,
            Changes changes)
            implements Happening {}

    public record Edited(Instant at, Changes changes) implements Happening {}

    /// @param fact not voided; what comes later voids it
    public record Attested(Instant at, Case.Fact fact) implements Happening {}

    public record Linked(Instant at, Case.Link link) implements Happening {}

    public record Unlinked(Instant at, Case.Link link) implements Happening {}

    /// From here on judged by a newer version of the procedure.
    ///
    /// @param to the state by its words
    /// @param states what it calls the states that it renamed
    public record Migrated(Instant at, String to, Map<String, String> states) implements Happening {}

    /// An override was approved.
    public record Overridden(Instant at, Case.Override override) implements Happening {}

    private final String key;
    private final String type;
    private String state = "";
    private String reporter = "";
    private Instant createdAt = Instant.EPOCH;
    private @Nullable String assignee;
    private Map<String, Object> fields = Map.of();
    private final List<Case.Passage> passages = new ArrayList<>();
    private final List<Case.Fact> evidence = new ArrayList<>();
    private final List<Case.Link> links = new ArrayList<>();
    private final List<Case.Override> overrides = new ArrayList<>();

    private CaseFold(String key, String type) {
        this.key = key;
        this.type = type;
    }

    /// @param happenings oldest first
    public static Case of(String key, String type, Iterable<? extends Happening> happenings) {
        var fold = new CaseFold(key, type);
        happenings.forEach(fold::take);
        return fold.folded();
    }

    private void take(Happening happening) {
        switch (happening) {
            case Created created -> {
                reporter = created.actor();
                createdAt = created.at();
                state = created.state();
                change(created.changes());
            }
            case Moved moved -> move(moved);
            case Edited edited -> change(edited.changes());
            case Attested attested -> evidence.add(attested.fact());
            case Linked linked -> links.add(linked.link());
            case Unlinked unlinked -> links.remove(unlinked.link());
            case Migrated migrated -> migrate(migrated);
            case Overridden overridden -> overrides.add(overridden.override());
        }
    }

    /// Voids first, then is itself recorded: an act that voids its own kind stands. No override outlasts rework.
    private void move(Moved moved) {
        change(moved.changes());
        evidence.replaceAll(fact -> moved.voids().contains(fact.kind()) ? voided(fact) : fact);
        passages.replaceAll(passage -> moved.voids().contains(passage.name()) ? voided(passage) : passage);
        if (!moved.voids().isEmpty()) {
            overrides.clear();
        }
        passages.add(new Case.Passage(
                moved.name(),
                moved.from(),
                moved.to(),
                moved.at(),
                moved.actor(),
                moved.roles(),
                false,
                assignee,
                fields));
        state = moved.to();
    }

    /// What was done stays done, told by the names of the newer version.
    private void migrate(Migrated migrated) {
        var names = migrated.states();
        passages.replaceAll(passage -> new Case.Passage(
                passage.name(),
                names.getOrDefault(passage.from(), passage.from()),
                names.getOrDefault(passage.to(), passage.to()),
                passage.at(),
                passage.actor(),
                passage.roles(),
                passage.voided(),
                passage.assignee(),
                passage.fields()));
        state = migrated.to();
    }

    private void change(Changes changes) {
        if (!changes.set().isEmpty() || !changes.removed().isEmpty()) {
            var changed = new LinkedHashMap<>(fields);
            changed.putAll(changes.set());
            changes.removed().forEach(changed::remove);
            fields = Collections.unmodifiableMap(changed);
        }
        if (changes.reassigned()) {
            assignee = changes.assignee();
        }
    }

    private static Case.Fact voided(Case.Fact fact) {
        return new Case.Fact(
                fact.kind(),
                fact.passed(),
                fact.commit(),
                fact.build(),
                fact.at(),
                fact.actor(),
                fact.roles(),
                fact.source(),
                true);
    }

    private static Case.Passage voided(Case.Passage passage) {
        return new Case.Passage(
                passage.name(),
                passage.from(),
                passage.to(),
                passage.at(),
                passage.actor(),
                passage.roles(),
                true,
                passage.assignee(),
                passage.fields());
    }

    private Case folded() {
        return new Case(
                key,
                type,
                state,
                fields,
                assignee,
                reporter,
                createdAt,
                List.copyOf(passages),
                List.copyOf(evidence),
                List.copyOf(links),
                List.copyOf(overrides),
                Map.of());
    }
}
