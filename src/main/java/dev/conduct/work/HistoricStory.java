package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.NewEvent;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.CaseFold.Happening;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Nearest;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells one historic item as events of ours; what its history lacked by the procedure stands in each event as data.
final class HistoricStory {

    private static final int TEXT = 1_000_000;
    private static final UUID NOT_RECORDED = new UUID(0, 0);

    private final HistoricItem historic;
    private final Procedure procedure;
    private final ItemType type;
    private final FieldChecks checks;
    private final Actor importer;
    private final List<HistoricAct> acts = new ArrayList<>();
    private final Map<String, FieldChanges> changes = new HashMap<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final List<NewEvent> migrations = new ArrayList<>();
    private final Map<String, HistoricAct> unresolved = new LinkedHashMap<>();
    private final Set<String> linked = new HashSet<>();
    private String key = "";
    private long version;
    private boolean begun;
    private boolean restricted;
    private int deviations;
    private int leftOut;

    HistoricStory(HistoricItem historic, Procedure procedure, ItemType type, FieldChecks checks, Actor importer) {
        this.historic = historic;
        this.procedure = procedure;
        this.type = type;
        this.checks = checks;
        this.importer = importer;
    }

    void begin() {
        begun = true;
        acts.addAll(historic.acts());
    }

    /// @param now when it is imported
    void resume(Migrating migrating, List<Happening> before, Set<String> known, Instant now) {
        key = migrating.item().key();
        version = migrating.item().version();
        restricted = migrating.item().restricted();
        happenings.addAll(before);
        happenings.addAll(migrating.happenings(now));
        migrations.addAll(migrating.events(now));
        historic.acts().stream()
                .filter(act -> !known.contains(act.externalId()))
                .forEach(acts::add);
    }

    /// Whether there is anything to add that is more than a remark.
    boolean moves() {
        return acts.stream().anyMatch(HistoricStory::moves);
    }

    private static boolean moves(HistoricAct act) {
        return !(act instanceof HistoricAct.Comment) && !(act instanceof HistoricAct.Link);
    }

    /// Comments and links only: the item goes its own way here.
    void remarksOnly() {
        var before = acts.size();
        acts.removeIf(HistoricStory::moves);
        leftOut = before - acts.size();
    }

    int leftOut() {
        return leftOut;
    }

    void called(String newKey) {
        key = newKey;
    }

    String key() {
        return key;
    }

    List<NewEvent> events() {
        return events;
    }

    int deviations() {
        return deviations;
    }

    Map<String, HistoricAct> unresolved() {
        return unresolved;
    }

    /// @throws Problem 400 naming what cannot be recorded
    void check() {
        if (begun) {
            Reports.title(historic.title());
            PlainText.checked("description", historic.description(), TEXT);
            changes.put("", changes(historic.fields(), List.of()));
            state(historic.state() == null ? type.initial() : historic.state());
            word(historic.sourceState());
        }
        for (var act : acts) {
            switch (act) {
                case HistoricAct.StateChange change -> {
                    state(change.to());
                    word(change.sourceState());
                    changes.put(act.externalId(), changes(change.fields(), List.of()));
                }
                case HistoricAct.FieldChange change -> {
                    if (change.title() != null) {
                        Reports.title(change.title());
                    }
                    PlainText.checked("description", change.description() == null ? "" : change.description(), TEXT);
                    changes.put(act.externalId(), changes(change.fields(), change.cleared()));
                }
                case HistoricAct.Comment comment -> PlainText.checked("text", comment.text(), TEXT);
                case HistoricAct.Link link -> {
                    if (!Remarks.INVERSE.containsKey(link.kind())) {
                        throw Problem.badInput("kind", "unknown_link", "\"" + link.kind() + "\" is no kind of link.");
                    }
                }
                case HistoricAct.Assignment assignment -> {}
            }
        }
    }

    private FieldChanges changes(Map<String, Object> fields, List<String> cleared) {
        var written = new HashMap<>(fields);
        cleared.forEach(name -> written.put(name, ""));
        return checks.check(new FieldChecks.Subject(type, historic.product(), importer, Set.of(), true), written);
    }

    private void state(String state) {
        if (!type.states().containsKey(state)) {
            throw Problem.badInput(
                    "state",
                    "unknown_state",
                    "\"" + Door.shown(state) + "\" is no state of a " + type.name() + "; "
                            + Nearest.instead(Door.shown(state), type.states().keySet()) + ".");
        }
    }

    private static void word(@Nullable String sourceState) {
        if (sourceState != null) {
            FieldChecks.line("source_state", sourceState, 200);
        }
    }

    /// @param keyOf the key here of an item by its external id, null when it is not here
    void tell(Function<String, @Nullable String> keyOf) {
        if (begun) {
            var telling = new Telling("item.report", historic.createdAt())
                    .with("type", type.name())
                    .with("state", historic.state() == null ? type.initial() : historic.state())
                    .with("source_state", historic.sourceState())
                    .with("system", historic.externalSystem())
                    .with("external_id", historic.externalId())
                    .changes(changes.getOrDefault("", changes(Map.of(), List.of())))
                    .words("title", historic.title())
                    .text("description", historic.description())
                    .judgedBy(type.clause(), procedure.version());
            if (historic.assignee() != null) {
                telling.assigned(historic.assignee());
            }
            restrict(telling, changes.get(""));
            enter(telling, historic.reporter());
        }
        var seen = new HashSet<String>();
        for (var act : acts) {
            if (seen.add(act.externalId())) {
                tell(act, keyOf);
            }
        }
    }

    private void tell(HistoricAct act, Function<String, @Nullable String> keyOf) {
        var telling =
                switch (act) {
                    case HistoricAct.StateChange change -> moved(change);
                    case HistoricAct.FieldChange change -> edited(change);
                    case HistoricAct.Assignment assignment ->
                        new Telling("item.edit", act.at()).assigned(assignment.assignee());
                    case HistoricAct.Comment comment ->
                        new Telling("item.comment", act.at()).text("text", comment.text());
                    case HistoricAct.Link link -> linked(link, keyOf.apply(link.otherExternalId()));
                };
        if (telling != null) {
            restrict(telling, changes.get(act.externalId()));
            enter(telling.with("external_act", act.externalId()), act.actor());
        }
    }

    /// The first value that restricts it does.
    private void restrict(Telling telling, @Nullable FieldChanges set) {
        if (!restricted && set != null && type.restricts(set.set())) {
            restricted = true;
            telling.restricting(type, true, null, null);
        }
    }

    private Telling edited(HistoricAct.FieldChange change) {
        var telling = new Telling("item.edit", change.at())
                .changes(changes.getOrDefault(change.externalId(), changes(Map.of(), List.of())))
                .words("title", change.title());
        return change.description() == null ? telling : telling.text("description", change.description());
    }

    private @Nullable Telling linked(HistoricAct.Link link, @Nullable String other) {
        if (other == null) {
            unresolved.put(link.otherExternalId(), link);
            return null;
        }
        return other.equals(key) || !linked.add(link.kind() + " " + other)
                ? null
                : new Telling("item.link", link.at()).with("kind", link.kind()).with("other", other);
    }

    private Telling moved(HistoricAct.StateChange change) {
        var before = CaseFold.of(key, type.name(), happenings);
        var set = changes.getOrDefault(change.externalId(), changes(Map.of(), List.of()));
        var way = type.transitions().values().stream()
                .filter(transition -> transition.from().contains(before.state())
                        && change.to().equals(transition.to()))
                .findFirst()
                .orElse(null);
        var telling = new Telling("item.transition", change.at())
                .with("from", before.state())
                .with("to", change.to())
                .with("source_state", change.sourceState())
                .changes(set)
                .judgedBy(way == null ? type.clause() : way.clause(), procedure.version());
        if (way == null) {
            return before.state().equals(change.to()) ? telling : besides(telling);
        }
        var signals = judged(before, way, set, change);
        deviations += (int) signals.stream().filter(signal -> !signal.clear()).count();
        return telling.with("transition", way.name())
                .with("voids", way.voids().isEmpty() ? null : List.copyOf(new TreeSet<>(way.voids())))
                .deviating(signals);
    }

    /// It went where no transition leads.
    private Telling besides(Telling telling) {
        deviations++;
        return telling.with(
                "deviations",
                List.of(Map.of("gate", "line", "clause", type.clause(), "kind", "missing", "mode", "observe")));
    }

    private List<Signal> judged(
            Case before, ItemType.Transition way, FieldChanges set, HistoricAct.StateChange change) {
        return Gates.judge(
                        procedure,
                        before,
                        new Case.Attempt(
                                way.name(),
                                change.actor(),
                                Set.of(),
                                set.appliedTo(before.fields()),
                                before.assignee(),
                                change.at()))
                .signals();
    }

    /// What was judged by a newer version goes behind the item's way there.
    private void enter(Telling telling, String author) {
        version += migrations.size();
        events.addAll(migrations);
        migrations.clear();
        version++;
        var event = telling.with("imported_by", importer.id()).of(key, version, author, importer.via());
        events.add(event);
        ItemFold.happening(provisional(event)).ifPresent(happenings::add);
    }

    private static Event provisional(NewEvent event) {
        return new Event(
                0,
                null,
                NOT_RECORDED,
                event.occurredAt(),
                event.occurredAt(),
                event.actor(),
                event.via(),
                event.action(),
                event.object(),
                event.objectVersion(),
                event.outcome(),
                event.clause(),
                event.procedure(),
                event.data(),
                event.content());
    }
}
