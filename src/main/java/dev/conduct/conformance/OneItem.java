package dev.conduct.conformance;

import dev.conduct.clock.ClockReading;
import dev.conduct.clock.Clocks;
import dev.conduct.conformance.Replayed.Difference;
import dev.conduct.ledger.Event;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.work.PastActs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The history of one item, judged by the versions of its time and by a draft.
final class OneItem {

    private final List<Event> events;
    private final Procedure draft;
    private final Procedures procedures;
    private final Clocks clocks;
    private final Replay.Range range;
    private final Instant now;
    private final Count count;
    private final String key;
    private final String type;
    private final Map<String, String> renamed;

    OneItem(
            List<Event> events,
            Procedure draft,
            Procedures procedures,
            Clocks clocks,
            Replay.Range range,
            Instant now,
            Count count) {
        this.events = events;
        this.draft = draft;
        this.procedures = procedures;
        this.clocks = clocks;
        this.range = range;
        this.now = now;
        this.count = count;
        key = events.getFirst().object().substring("item:".length());
        type = Objects.toString(events.getFirst().data().get("type"), "");
        renamed = draft.inFlight().states().getOrDefault(type, Map.of());
    }

    /// What one version says of an attempt.
    ///
    /// @param reason the first thing that holds it, null when it passes
    private record Said(@Nullable Reason reason, String otherwise) {

        boolean held() {
            return !otherwise.isEmpty();
        }
    }

    void judge() {
        count.records++;
        var before = new ArrayList<CaseFold.Happening>();
        for (var event : events) {
            if (event.action().equals("item.transition") && range.holds(event.occurredAt())) {
                attempt(event, before);
            }
            PastActs.happening(event).ifPresent(before::add);
        }
        strand(CaseFold.of(key, type, before));
        clocks();
    }

    private void attempt(Event event, List<CaseFold.Happening> before) {
        var stood = CaseFold.of(key, type, before);
        if (event.procedure() == null || PastActs.attempt(event, stood).isEmpty()) {
            return;
        }
        var own = procedures.version(event.procedure());
        var then = said(own, event, stood);
        var now = said(draft, event, inDraft(event, stood, before));
        count.attempts++;
        count.heldBefore += then.held() ? 1 : 0;
        count.heldAfter += now.held() ? 1 : 0;
        if (then.held() == now.held()) {
            count.same++;
            return;
        }
        var title = title(now.held() ? draft : own, event);
        var clause = Objects.requireNonNullElse(now.held() ? now.reason() : then.reason(), NONE)
                .clause();
        count.differs(new Difference(
                key,
                event.occurredAt(),
                now.held() ? "refused" : "passed",
                title,
                own.version(),
                clause,
                "\"" + title + "\" "
                        + (now.held()
                                ? "would have been refused: " + now.otherwise()
                                : "would have passed; it was held: " + then.otherwise())
                        + (clause.isEmpty() ? "" : " (" + clause + ")")));
    }

    private static final Reason NONE = new Reason("", Reason.Kind.MISSING, "", "", "", "", ItemType.Mode.ENFORCE);

    private Said said(Procedure procedure, Event event, Case stood) {
        var known = procedure.types().get(type);
        var attempt = PastActs.attempt(event, stood).orElseThrow();
        if (known == null || !known.transitions().containsKey(attempt.transition())) {
            return new Said(null, procedure.version() + " knows no such transition.");
        }
        if (!PastActs.leadsOn(known, attempt.transition(), stood.state())) {
            return new Said(null, "it does not lead on from " + stood.state() + ".");
        }
        var verdict = Gates.judge(procedure, stood, attempt);
        return held(
                PastActs.rolesKnown(event)
                        ? verdict
                        : new Signal.Verdict(verdict.transition(), null, verdict.signals()));
    }

    private static Said held(Signal.Verdict verdict) {
        var reasons = verdict.blockedBy();
        return reasons.isEmpty()
                ? new Said(null, "")
                : new Said(
                        reasons.getFirst(),
                        String.join(" ", reasons.stream().map(Reason::says).toList()));
    }

    private String title(Procedure procedure, Event event) {
        var name = Objects.toString(event.data().get("transition"), "");
        return Optional.ofNullable(procedure.types().get(type))
                .map(known -> known.transitions().get(name))
                .map(ItemType.Transition::title)
                .orElse(name);
    }

    /// As the draft calls the states.
    private Case inDraft(Event event, Case stood, List<CaseFold.Happening> before) {
        if (renamed.isEmpty()) {
            return stood;
        }
        var moved = new ArrayList<>(before);
        moved.add(
                new CaseFold.Migrated(event.occurredAt(), renamed.getOrDefault(stood.state(), stood.state()), renamed));
        return CaseFold.of(key, type, moved);
    }

    private void strand(Case stands) {
        var own = procedures.version(Objects.requireNonNull(lastVersion()));
        var known = own.types().get(type);
        var here = renamed.getOrDefault(stands.state(), stands.state());
        var drafted = draft.types().get(type);
        if (draft.inFlight().moves()
                && known != null
                && !known.ended().contains(stands.state())
                && (drafted == null || !drafted.states().containsKey(here))) {
            count.stranded(key);
            count.differs(new Difference(
                    key,
                    now,
                    "stranded",
                    stands.state(),
                    own.version(),
                    known.clause(),
                    "it stands in " + stands.state() + ", which " + draft.version()
                            + " does not know, and would stay under " + own.version() + "."));
        }
    }

    private @Nullable String lastVersion() {
        return events.stream()
                .map(Event::procedure)
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private void clocks() {
        var own = procedures.version(Objects.requireNonNull(lastVersion()));
        var then = rounds(own, Map.of());
        var drafted = rounds(draft, renamed);
        count.clocks += drafted.size();
        drafted.forEach((round, reading) -> {
            var before = then.get(round);
            if (ranOut(reading) != (before != null && ranOut(before))) {
                differs(reading, ranOut(reading), own);
            }
        });
        count.brokenBefore += then.values().stream().filter(this::ranOut).count();
        count.brokenAfter += drafted.values().stream().filter(this::ranOut).count();
    }

    private boolean ranOut(ClockReading reading) {
        var breach = reading.breachAt();
        return breach != null && !breach.isAfter(now);
    }

    private void differs(ClockReading reading, boolean ranOut, Procedure own) {
        count.differs(new Difference(
                key,
                ranOut ? Objects.requireNonNull(reading.breachAt()) : reading.startedAt(),
                ranOut ? "broken" : "kept",
                reading.title(),
                own.version(),
                reading.clause(),
                "the clock \"" + reading.title() + "\", begun " + reading.startedAt()
                        + (ranOut ? ", would have run out at " + reading.dueAt() : ", would have been kept")
                        + " (" + reading.clause() + ")"));
    }

    /// By name and round.
    private Map<String, ClockReading> rounds(Procedure procedure, Map<String, String> names) {
        var rounds = new HashMap<String, ClockReading>();
        if (procedure.types().containsKey(type)) {
            clocks.under(procedure, type, names, events, now).stream()
                    .filter(reading -> range.holds(reading.startedAt()))
                    .forEach(reading -> rounds.put(reading.name() + " " + reading.round(), reading));
        }
        return rounds;
    }
}
