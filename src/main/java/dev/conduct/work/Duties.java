package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What exceptions leave owing: begun by the transition that used one, settled by making good what was skipped.
@Component
public class Duties {

    private final Door door;
    private final DutyRows rows;

    Duties(Door door, DutyRows rows) {
        this.door = door;
        this.rows = rows;
    }

    /// Each exception that let a transition pass is owed for once, by the person who asked for it.
    Item owe(Item moved, OverrideTerms terms, Signal.Verdict verdict, Instant at, Actor actor) {
        var item = moved;
        for (var signal : verdict.signals()) {
            var override = signal.override();
            if (override != null && rows.find(UUID.fromString(override.id())).isEmpty()) {
                var gate = signal.gate();
                var telling = new Telling("duty.owe", at)
                        .with("duty", override.id())
                        .with("transition", verdict.transition().name())
                        .with("gate", gate.name())
                        .with("evidence", gate.evidence())
                        .with("owed_by", override.askedBy())
                        .with("due_at", at.plus(terms.followUp()).toString())
                        .judgedBy(gate.clause(), item.procedureVersion());
                item = door.enter(item, telling.of(item.key(), item.version() + 1, actor))
                        .item();
            }
        }
        return item;
    }

    Page<Duty> page(@Nullable Boolean open, @Nullable Integer limit, @Nullable String cursor, Actor actor) {
        return rows.page(open, limit, cursor, Sight.of(actor));
    }

    List<Duty> ofItem(Item item) {
        return rows.ofItem(item.key());
    }

    /// @throws Problem 403 for somebody else than who owes it and who may approve such exceptions; 409 when it is
    ///     settled already, or the evidence its gate asks for has not been given since
    public Duty settle(UUID id, String note, Actor who) {
        if (note.isBlank()) {
            throw Problem.badInput("note", "missing", "is empty. Write how it was made good.");
        }
        PlainText.checked("note", note, FieldChecks.TEXT);
        return door.through(() -> {
            var key = known(id).item();
            var actor = who.on(Door.product(key));
            var item = door.hold(key, actor, null).item();
            var at = door.now(item);
            var duty = known(id);
            var held = door.standing(item, at);
            var telling = new Telling("duty.settle", at)
                    .with("duty", id.toString())
                    .with("transition", duty.transition())
                    .with("gate", duty.gate())
                    .with("owed_by", duty.owedBy())
                    .judgedBy(duty.clause(), held.procedure().version());
            if (!duty.open()) {
                throw Problem.conflict("settled", "This follow-up is settled already.");
            }
            if (!maySettle(duty, held, actor)) {
                var reason = reason(duty, "This follow-up is owed by somebody else.", "Leave it to who asked.");
                throw GateClosed.notTheirs(reason, telling.refused(item.key(), item.version(), actor, List.of(reason)));
            }
            requireEvidence(duty, held, at);
            door.enter(held, telling.words("note", note), at, actor);
            return known(id);
        });
    }

    boolean maySettle(Duty duty, Item item, Actor actor) {
        return maySettle(duty, door.standing(item, door.now()), actor.on(item.product()));
    }

    private static boolean maySettle(Duty duty, Door.Held held, Actor actor) {
        var gate = gate(held.type(), duty.transition(), duty.gate());
        return actor.id().equals(duty.owedBy())
                || gate != null && actor.hasAny(new OverrideTerms(held.procedure()).approvers(gate));
    }

    /// What was skipped must have been done since, and not by those whom the gate keeps apart.
    private void requireEvidence(Duty duty, Door.Held held, Instant at) {
        if (duty.evidence() == null) {
            return;
        }
        var history = door.history(held, at);
        var gate = gate(held.type(), duty.transition(), duty.gate());
        var given = history.evidence().stream()
                .filter(fact -> fact.kind().equals(duty.evidence()) && fact.passed())
                .filter(fact -> !fact.at().isBefore(duty.owedAt()))
                .anyMatch(fact -> gate == null
                        || !Gates.setsApart(
                                held.procedure(),
                                history,
                                new Case.Attempt(
                                        duty.transition(),
                                        fact.actor(),
                                        fact.roles(),
                                        history.fields(),
                                        history.assignee(),
                                        at),
                                gate.name()));
        if (!given) {
            var kind = held.procedure().evidenceKinds().get(duty.evidence());
            throw Problem.conflict(
                    "evidence_missing",
                    "No passed " + (kind == null ? duty.evidence() : "\"" + kind.title() + "\"")
                            + " has been recorded since the exception was used. Record it, then settle this.");
        }
    }

    static ItemType.@Nullable Gate gate(ItemType type, String transition, String gate) {
        var way = type.transitions().get(transition);
        return way == null
                ? null
                : way.gates().stream()
                        .filter(one -> one.name().equals(gate))
                        .findFirst()
                        .orElse(null);
    }

    private Duty known(UUID id) {
        return rows.find(id).orElseThrow(() -> Problem.notFound("The follow-up " + id));
    }

    private static Reason reason(Duty duty, String says, String fix) {
        return new Reason(
                duty.clause(),
                Reason.Kind.ROLE,
                duty.gate(),
                Objects.requireNonNullElse(duty.evidence(), duty.gate()),
                says,
                fix,
                ItemType.Mode.ENFORCE);
    }
}
