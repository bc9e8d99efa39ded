package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Signal;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.Words;
import dev.conduct.work.MyWorkPage.Task;
import dev.conduct.work.MyWorkPage.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds what somebody must do next, and on whom they wait: asks the gates of every record that may concern them, and
/// takes what they can do about it.
@Component
class MyWork {

    private static final int SHOWN = 40;
    private static final int WAITING = 12;

    private final MyWorkRows rows;
    private final Histories histories;
    private final Moves moves;
    private final Door door;
    private final Procedures procedures;
    private final People people;
    private final AtRisk atRisk;
    private final StationTime stationTime;

    MyWork(
            MyWorkRows rows,
            Histories histories,
            Moves moves,
            Door door,
            Procedures procedures,
            People people,
            AtRisk atRisk,
            StationTime stationTime) {
        this.rows = rows;
        this.histories = histories;
        this.moves = moves;
        this.door = door;
        this.procedures = procedures;
        this.people = people;
        this.atRisk = atRisk;
        this.stationTime = stationTime;
    }

    /// @param more true when there is more to do than was looked at
    record Found(List<Task> tasks, boolean more, List<Waiting> waiting) {}

    Found of(Actor actor) {
        return of(actor, "");
    }

    /// @param product key of the only one wanted, empty for all
    Found of(Actor actor, String product) {
        var words = stationTime.words(actor);
        var concerned = new ArrayList<Item>();
        for (var type : procedures.at(words.now()).types().values()) {
            concerned.addAll(rows.concerning(type, states(type, actor), product, actor));
        }
        histories.gather(concerned);
        var known = new Known(
                PageNames.of(people(concerned), people, actor),
                atRisk.among(concerned.stream().map(Item::key).toList()),
                words,
                actor);
        var tasks = new ArrayList<Task>();
        var waiting = new ArrayList<Waiting>();
        // One's own are all shown; of what anybody of a role could do, the most urgent.
        var others = 0;
        var looked = moves.look(concerned);
        for (var n = 0; n < concerned.size(); n++) {
            var item = concerned.get(n);
            if (!actor.id().equals(item.assignee()) && others == SHOWN) {
                continue;
            }
            var before = tasks.size();
            look(item, looked.get(n), known, tasks, waiting);
            others += actor.id().equals(item.assignee()) ? 0 : tasks.size() - before;
        }
        return new Found(tasks, others == SHOWN || concerned.size() >= MyWorkRows.LOOKED_AT, waiting);
    }

    private record Known(PageNames names, Set<String> risky, Words words, Actor actor) {

        boolean mine(Item item) {
            return actor.id().equals(item.assignee()) || actor.id().equals(item.reporter());
        }
    }

    private void look(Item found, Moves.Looked looked, Known known, List<Task> tasks, List<Waiting> waiting) {
        var standing = door.standing(found);
        var item = standing.item();
        var procedure = standing.procedure();
        var type = standing.type();
        var verdicts = moves.verdicts(looked, known.actor());
        var next = verdicts.stream()
                .filter(verdict -> verdict.transition().to() != null
                        && !verdict.transition().back())
                .findFirst();
        if (next.isEmpty()) {
            return;
        }
        var way = next.get();
        var signals = new SignalRows(
                        item.key(),
                        type,
                        procedure,
                        known.names(),
                        known.words(),
                        known.actor().on(item.product()),
                        verdicts,
                        unused -> Optional.empty())
                .before(way)
                .inWords(sentence -> known.names().inWords(sentence, known.words()));
        var does = somebodyElses(item, way, known)
                ? null
                : does(item, way, signals, supply -> given(supply, standing, known.actor()));
        if (does != null) {
            tasks.add(task(item, type, procedure, way, signals, does, known));
        } else if (known.mine(item)
                && waiting.size() < WAITING
                && !signals.rows().isEmpty()) {
            waiting.add(waiting(item, way, signals, known));
        }
    }

    /// True when the way on is for the assignee to take: nothing keeps the assignee apart from it.
    private static boolean somebodyElses(Item item, Signal.Verdict way, Known known) {
        var assignee = item.assignee();
        if (assignee == null || assignee.equals(known.actor().id())) {
            return false;
        }
        var person = known.names().people().get(assignee);
        return person != null
                && person.roles().stream().anyMatch(way.transition().roles()::contains)
                && way.transition().gates().stream()
                        .noneMatch(gate -> !gate.otherThan().isEmpty()
                                || gate.kind() == dev.conduct.procedure.Reason.Kind.SEPARATION);
    }

    /// The move itself when it is free, else what clears its first signal; null when this actor can do neither.
    private static RecordPage.@Nullable Link does(
            Item item, Signal.Verdict way, RecordPage.Signals signals, Predicate<RecordPage.Link> given) {
        var at = "/items/" + item.key();
        if (RecordMoves.move(way).held() == 0) {
            return new RecordPage.Link(
                    way.transition().title(),
                    way.transition().asks().isEmpty()
                            ? at
                            : at + "?move=" + way.transition().name() + "#form");
        }
        // Evidence and acts before fields: those the move's own form asks for.
        return signals.rows().stream()
                .filter(row -> !row.tone().equals("clear"))
                .map(RecordPage.SignalRow::supply)
                .filter(Objects::nonNull)
                .filter(Predicate.not(given))
                // A field that anybody may write is no task of somebody whose roles never take the way on.
                .filter(supply -> way.role() == null || supply.href().contains("?evidence="))
                .min(Comparator.comparing(supply -> supply.href().contains("?edit=")))
                .orElse(null);
    }

    /// An act that this person has done already; what is missing of it, another supplies.
    private boolean given(RecordPage.Link supply, Standing standing, Actor actor) {
        return supply.href().contains("?move=")
                && door.past(standing).passages().stream()
                        .filter(passage -> !passage.voided() && passage.actor().equals(actor.id()))
                        .filter(passage -> passage.from().equals(passage.to()))
                        .anyMatch(passage -> supply.href().contains("?move=" + passage.name() + "#"));
    }

    private static Task task(
            Item item,
            ItemType type,
            Procedure procedure,
            Signal.Verdict way,
            RecordPage.Signals signals,
            RecordPage.Link does,
            Known known) {
        var holding =
                signals.rows().stream().filter(row -> row.tone().equals("stop")).toList();
        var clause = procedure.clauses().get(way.transition().clause());
        return new Task(
                does.label(),
                does.href(),
                item.key(),
                item.title(),
                Stations.title(type, item.state()),
                Stations.at(type, item.state()),
                type.line().size(),
                holding.isEmpty() ? "clear" : "stop",
                holding.isEmpty()
                        ? "Clear"
                        : holding.size() == 1
                                ? holding.getFirst().title()
                                : holding.size() + " of " + signals.rows().size() + " signals",
                clause == null ? way.transition().clause() : clause.ref(),
                item.dueAt(),
                known.risky().contains(item.key()));
    }

    private static Waiting waiting(Item item, Signal.Verdict way, RecordPage.Signals signals, Known known) {
        var row = signals.rows().stream()
                .filter(one -> one.tone().equals("stop") && one.override() != null
                        || one.lacks().equals("Missing"))
                .findFirst()
                .orElse(signals.rows().getFirst());
        var assignee = item.assignee();
        var who = assignee == null || assignee.equals(known.actor().id())
                ? ""
                : " " + known.names().name(assignee) + " has it.";
        return new Waiting(
                item.key(),
                item.title(),
                row.tone(),
                row.title(),
                (row.lacks().isEmpty() ? "" : row.says() + " ") + row.fix() + who,
                "/items/" + item.key() + "?why=" + way.transition().name() + "#signals",
                item.dueAt(),
                known.risky().contains(item.key()));
    }

    /// The states in which this actor's roles may take the way on, or supply what it asks for.
    private static Set<String> states(ItemType type, Actor actor) {
        var states = new HashSet<String>();
        for (var transition : type.transitions().values()) {
            if (!transition.back() && (transition.roles().isEmpty() || actor.hasAnyAnywhere(transition.roles()))) {
                states.addAll(transition.from());
            }
        }
        return states;
    }

    private static Set<String> people(List<Item> items) {
        var ids = new HashSet<String>();
        items.stream()
                .flatMap(item -> Stream.of(item.assignee(), item.reporter()))
                .filter(Objects::nonNull)
                .forEach(ids::add);
        return ids;
    }
}
