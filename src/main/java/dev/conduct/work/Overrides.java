package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Nearest;
import dev.conduct.procedure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Exceptions from gates: one person asks with a written reason, a second one with the authority approves or declines,
/// and it ends by itself. While it stands in, the gate shows it; the transition that uses it leaves a duty owing.
@Component
public class Overrides {

    static final int SHORTEST_REASON = 20;

    private final Door door;
    private final Moves moves;
    private final ItemRows items;
    private final OverrideRows rows;
    private final OverrideEnds ends;

    Overrides(Door door, Moves moves, ItemRows items, OverrideRows rows, OverrideEnds ends) {
        this.door = door;
        this.moves = moves;
        this.items = items;
        this.rows = rows;
        this.ends = ends;
    }

    private static final Actor ACTOR_OF_THE_SYSTEM =
            new Actor("system:notices", "notices", java.util.Set.of(), "scheduler");

    public record Ask(String key, String transition, String gate, String reason) {}

    /// Tells of everything that ended or fell due by then; may be called again and by several nodes at once.
    ///
    /// @return when to look again, null when nothing is to come
    public @Nullable Instant expireDue(Instant now) {
        return ends.tell(now);
    }

    public GateOverride ask(Ask ask, Actor who) {
        var actor = who.on(Door.product(ask.key()));
        var reason = reason(ask.reason());
        return door.through(() -> {
            var locked = door.hold(ask.key(), actor, null).item();
            var at = door.now(locked);
            var held = door.standing(afterWhatEnded(locked, ask, at), at);
            var found = held.item();
            var transition = Moves.transition(held.type(), ask.transition());
            var gate = gate(transition, ask.gate());
            var telling = telling("override.ask", transition.name(), gate, held, at);
            var role = moves.verdict(held, transition, at, actor).role();
            if (role != null) {
                throw GateClosed.notTheirs(role, telling.refused(found.key(), found.version(), actor, List.of(role)));
            }
            requireLeadsOn(held, transition);
            requireNone(found, gate);
            requireHolding(held, transition, gate, at, actor);
            var id = Ids.next(at);
            telling.with("override", id.toString())
                    .with("ends_at", at.plus(lasts(held, gate)).toString())
                    .words("reason", reason);
            door.enter(held, telling, at, actor);
            return known(found.key(), id);
        });
    }

    /// The roles of which one decides an exception from this gate; none when the item or the gate is gone.
    public java.util.Set<String> deciders(String key, String transition, String gate) {
        return items.find(key, Sight.of(ACTOR_OF_THE_SYSTEM))
                .map(item -> door.standing(item))
                .map(standing -> {
                    var found = Duties.gate(standing.type(), transition, gate);
                    return found == null
                            ? java.util.Set.<String>of()
                            : new OverrideTerms(standing.procedure()).approvers(found);
                })
                .orElse(java.util.Set.of());
    }

    /// @param note what the second person adds, null for nothing
    public GateOverride approve(String key, UUID id, @Nullable String note, Actor who) {
        var actor = who.on(Door.product(key));
        return door.through(() -> {
            var found = door.hold(key, actor, null).item();
            var at = door.now(found);
            var override = waiting(key, id, at);
            var held = door.standing(found, at);
            var transition = Moves.transition(held.type(), override.transition());
            var gate = gate(transition, override.gate());
            var telling = telling("override.approve", transition.name(), gate, held, at)
                    .with("override", id.toString())
                    .with("asked_by", override.askedBy());
            var refusal = refusal(override, held, gate, at, actor);
            if (refusal != null) {
                var event = telling.refused(found.key(), found.version(), actor, List.of(refusal));
                throw refusal.kind() == Reason.Kind.ROLE
                        ? GateClosed.notTheirs(refusal, event)
                        : GateClosed.setApart(refusal, event);
            }
            requireLeadsOn(held, transition);
            telling.with("ends_at", at.plus(lasts(held, gate)).toString()).words("note", checked(note));
            door.enter(held, telling, at, actor);
            return known(key, id);
        });
    }

    /// Who may approve may decline; who asked may withdraw.
    public GateOverride decline(String key, UUID id, @Nullable String note, Actor who) {
        var actor = who.on(Door.product(key));
        return door.through(() -> {
            var found = door.hold(key, actor, null).item();
            var at = door.now(found);
            var override = waiting(key, id, at);
            var held = door.standing(found, at);
            var gate = Duties.gate(held.type(), override.transition(), override.gate());
            var telling = new Telling("override.decline", at)
                    .with("override", id.toString())
                    .with("transition", override.transition())
                    .with("gate", override.gate())
                    .with("asked_by", override.askedBy())
                    .judgedBy(override.clause(), held.procedure().version());
            if (gate != null && !override.askedBy().equals(actor.id())) {
                var refusal = authority(held, gate, actor);
                if (refusal != null) {
                    throw GateClosed.notTheirs(
                            refusal, telling.refused(found.key(), found.version(), actor, List.of(refusal)));
                }
            }
            telling.words("note", checked(note));
            door.enter(held, telling, at, actor);
            return known(key, id);
        });
    }

    Page<GateOverride> page(String key, @Nullable Integer limit, @Nullable String cursor, Actor actor) {
        var item = items.find(key, Sight.of(actor)).orElseThrow(() -> Problem.notFound("The item " + Door.shown(key)));
        return rows.page(item.key(), limit, cursor);
    }

    /// The last ones of an item that the reader has just read.
    List<GateOverride> newest(Item item) {
        return rows.page(item.key(), Page.USUAL, null).items();
    }

    boolean mayApprove(GateOverride override, Item item, Actor who) {
        var actor = who.on(item.product());
        var now = door.now();
        var held = door.standing(item, now);
        var gate = Duties.gate(held.type(), override.transition(), override.gate());
        var way = held.type().transitions().get(override.transition());
        return gate != null
                && way != null
                && way.from().contains(held.item().state())
                && override.waits(now)
                && refusal(override, held, gate, now, actor) == null;
    }

    boolean mayDecline(GateOverride override, Item item, Actor who) {
        var actor = who.on(item.product());
        var now = door.now();
        var held = door.standing(item, now);
        var gate = Duties.gate(held.type(), override.transition(), override.gate());
        return override.waits(now)
                && (override.askedBy().equals(actor.id()) || gate != null && authority(held, gate, actor) == null);
    }

    /// Why this actor is not the second person, null when nothing speaks against it.
    private @Nullable Reason refusal(
            GateOverride override, Door.Held held, ItemType.Gate gate, Instant at, Actor actor) {
        if (override.askedBy().equals(actor.id())) {
            return reason(
                    gate,
                    Reason.Kind.SEPARATION,
                    "Nobody approves an exception of their own asking.",
                    "Ask somebody else who is " + titles(held, gate) + ".");
        }
        var authority = authority(held, gate, actor);
        if (authority != null) {
            return authority;
        }
        var history = door.history(held, at);
        var attempt = new Case.Attempt(
                override.transition(), actor.id(), actor.roles(), history.fields(), history.assignee(), at);
        return Gates.setsApart(held.procedure(), history, attempt, gate.name())
                ? reason(
                        gate,
                        Reason.Kind.SEPARATION,
                        "\"" + gate.title() + "\" keeps you apart from your own work.",
                        "Leave it to somebody else who is " + titles(held, gate) + ".")
                : null;
    }

    private static @Nullable Reason authority(Door.Held held, ItemType.Gate gate, Actor actor) {
        return actor.hasAny(new OverrideTerms(held.procedure()).approvers(gate))
                ? null
                : reason(
                        gate,
                        Reason.Kind.ROLE,
                        "An exception from \"" + gate.title() + "\" is decided by " + titles(held, gate) + ".",
                        "Leave it to one of them.");
    }

    /// One that is over makes room, told or not.
    private Item afterWhatEnded(Item item, Ask ask, Instant at) {
        return rows.running(item.key(), ask.gate())
                .map(running -> ends.endIfOver(item, running, at))
                .orElse(item);
    }

    private void requireNone(Item item, ItemType.Gate gate) {
        rows.running(item.key(), gate.name()).ifPresent(running -> {
            throw Problem.conflict(
                    "already_asked",
                    running.state() == GateOverride.State.ASKED
                            ? "An exception from this gate has been asked for and waits for a second person."
                            : "An exception from this gate is in force.");
        });
    }

    private void requireHolding(
            Door.Held held, ItemType.Transition transition, ItemType.Gate gate, Instant at, Actor actor) {
        var holds = moves.verdict(held, transition, at, actor).blockedBy().stream()
                .anyMatch(reason -> reason.gate().equals(gate.name()));
        if (!holds) {
            throw Problem.conflict(
                    "not_held", "\"" + gate.title() + "\" does not hold it now: there is nothing to except.");
        }
    }

    private static void requireLeadsOn(Door.Held held, ItemType.Transition transition) {
        if (!transition.from().contains(held.item().state())) {
            throw Problem.conflict("wrong_state", Moves.wrongState(held, transition));
        }
    }

    private static Duration lasts(Door.Held held, ItemType.Gate gate) {
        var terms = new OverrideTerms(held.procedure());
        if (terms.approvers(gate).isEmpty()) {
            throw Problem.conflict(
                    "no_exceptions",
                    "This procedure names nobody who approves an exception from \"" + gate.title()
                            + "\": neither `overridable_by` nor the parameter `" + OverrideTerms.SECOND_PERSON + "`.");
        }
        return terms.lasts()
                .orElseThrow(() -> Problem.conflict(
                        "no_exceptions",
                        "This procedure does not say how long an exception lasts: it has no parameter `"
                                + OverrideTerms.EXPIRY + "`."));
    }

    private GateOverride waiting(String key, UUID id, Instant at) {
        var override = known(key, id);
        if (override.waits(at)) {
            return override;
        }
        var how = override.state() == GateOverride.State.ASKED
                ? GateOverride.State.EXPIRED.word()
                : override.state().word();
        throw Problem.conflict("not_waiting", "This exception is " + how + " already; there is nothing to decide.");
    }

    private GateOverride known(String key, UUID id) {
        return rows.find(key, id).orElseThrow(() -> Problem.notFound("The exception " + id));
    }

    private static ItemType.Gate gate(ItemType.Transition transition, String name) {
        return transition.gates().stream()
                .filter(gate -> gate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.badInput(
                        "gate",
                        "unknown_gate",
                        "is no gate of " + transition.name() + "; "
                                + Nearest.instead(
                                        Door.shown(name),
                                        transition.gates().stream()
                                                .map(ItemType.Gate::name)
                                                .toList())
                                + "."));
    }

    private static Telling telling(String action, String transition, ItemType.Gate gate, Door.Held held, Instant at) {
        return new Telling(action, at)
                .with("transition", transition)
                .with("gate", gate.name())
                .with(
                        "commit",
                        held.type()
                                .commitInForce(held.item().fields(), held.item().state())
                                .orElse(null))
                .judgedBy(gate.clause(), held.procedure().version());
    }

    private static String reason(String given) {
        var reason = PlainText.checked("reason", given, FieldChecks.TEXT).strip();
        if (reason.replaceAll("\\s+", " ").length() < SHORTEST_REASON) {
            throw Problem.badInput(
                    "reason",
                    "too_short",
                    "needs at least " + SHORTEST_REASON + " characters. Write why it cannot wait for what is asked.");
        }
        return reason;
    }

    private static @Nullable String checked(@Nullable String note) {
        return note == null ? null : PlainText.checked("note", note, FieldChecks.TEXT);
    }

    private static String titles(Door.Held held, ItemType.Gate gate) {
        var terms = new OverrideTerms(held.procedure());
        return terms.titles(terms.approvers(gate));
    }

    private static Reason reason(ItemType.Gate gate, Reason.Kind kind, String says, String fix) {
        return new Reason(gate.clause(), kind, gate.name(), gate.title(), says, fix, gate.mode());
    }
}
