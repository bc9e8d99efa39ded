package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.PersonalDuties;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Standards that somebody has still to read or to be trained in, and versions that wait for a second person.
@Component
class OwedStandards implements PersonalDuties {

    static final int LOOKED_AT = 200;

    private final StandardLists lists;
    private final StandardRows rows;
    private final Asked asked;
    private final People people;
    private final Procedures procedures;
    private final InstantSource time;

    OwedStandards(
            StandardLists lists,
            StandardRows rows,
            Asked asked,
            People people,
            Procedures procedures,
            InstantSource time) {
        this.lists = lists;
        this.rows = rows;
        this.asked = asked;
        this.people = people;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public List<Owed> of(Actor actor) {
        if (actor.outside() || !actor.id().startsWith("person:")) {
            return List.of();
        }
        var owed = new ArrayList<Owed>();
        lists.waiting(actor, LOOKED_AT)
                .forEach(standard -> owed.add(of(
                        "Approve " + standard.title(),
                        standard,
                        "Version " + standard.proposed() + " waits for a second person who read it.",
                        null)));
        var all = lists.page(actor, true, null, LOOKED_AT);
        if (all.isEmpty()) {
            return owed;
        }
        var held = people.held(List.of(actor.id())).getOrDefault(actor.id(), Map.of());
        var standards = all.stream()
                .filter(standard ->
                        standard.inForce() && asked.since(standard, held).isPresent())
                .toList();
        var known = rows.knowledge(standards.stream().map(Standard::id).toList(), List.of(actor.id()));
        for (var standard : standards) {
            owe(
                    standard,
                    asked.since(standard, held).orElseThrow(),
                    known.getOrDefault(new StandardRows.Whose(standard.id(), actor.id()), Knowledge.NONE),
                    owed);
        }
        return owed;
    }

    private void owe(Standard standard, Instant since, Knowledge known, List<Owed> owed) {
        var now = time.instant();
        var due = standard.version().due(since);
        if (due == null) {
            return;
        }
        if (known.read() < standard.latest()) {
            owed.add(of(
                    "Read " + standard.title(),
                    standard,
                    "Version " + standard.latest() + " is in force; say that you have read it.",
                    due));
        }
        if (standard.version().trainingDays() > 0 && (known.trainedOn() == null || known.lapsed(now))) {
            owed.add(of(
                    "Be trained in " + standard.title(),
                    standard,
                    known.validUntil() == null
                            ? "No training is recorded. Whoever keeps the standard records it."
                            : "The last training counted until " + known.validUntil() + ".",
                    known.validUntil() == null
                            ? due
                            : known.validUntil()
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()));
        }
    }

    private Owed of(String does, Standard standard, String says, @Nullable Instant due) {
        var clause = procedures.at(time.instant()).clauses().get("DEV-4");
        return new Owed(does, standard.path(), says, clause == null ? "DEV-4" : clause.ref(), due);
    }
}
