package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.shell.Flash;
import dev.conduct.work.BoardPage.Card;
import dev.conduct.work.BoardPage.Column;
import dev.conduct.work.BoardPage.Refused;
import dev.conduct.work.BoardPage.Way;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The board of a line. A card moves through the same door as everywhere; a closed gate says why, and the card is back
/// where it stood.
@Controller
class BoardPages {

    private final BoardRows rows;
    private final Items items;
    private final AtRisk atRisk;
    private final NextSignals nextSignals;
    private final Procedures procedures;
    private final People people;
    private final InstantSource time;

    BoardPages(
            BoardRows rows,
            Items items,
            AtRisk atRisk,
            NextSignals nextSignals,
            Procedures procedures,
            People people,
            InstantSource time) {
        this.rows = rows;
        this.items = items;
        this.atRisk = atRisk;
        this.nextSignals = nextSignals;
        this.procedures = procedures;
        this.people = people;
        this.time = time;
    }

    @GetMapping("/lines/{type}/board")
    BoardPage board(@PathVariable("type") String name, Actor actor) {
        return page(type(name), null, HttpStatus.OK, actor);
    }

    @PostMapping("/lines/{type}/board")
    Object move(
            @PathVariable("type") String name,
            @RequestParam("key") String key,
            @RequestParam("transition") String transition,
            @RequestParam("version") long version,
            Actor actor,
            RedirectAttributes redirect) {
        var type = type(name);
        try {
            var moved = items.move(new Items.Move(key, transition, Map.of(), null, null, version, null), actor);
            Flash.done(redirect, key + " is now at " + Stations.title(type, moved.state()) + ".");
            return "redirect:/lines/" + name + "/board";
        } catch (Problem problem) {
            if (problem.status() == 404) {
                throw problem;
            }
            return page(type, refused(key, transition, problem), HttpStatus.valueOf(problem.status()), actor);
        }
    }

    private static Refused refused(String key, String transition, Problem problem) {
        var reasons = problem instanceof GateClosed closed ? closed.reasons() : List.<Reason>of();
        return new Refused(key, problem.says(), reasons, "/items/" + key + "?why=" + transition + "#signals");
    }

    private BoardPage page(ItemType type, @Nullable Refused refused, HttpStatus status, Actor actor) {
        var states = type.states().keySet().stream()
                .filter(state -> !type.ended().contains(state))
                .sorted(Comparator.comparingInt(state -> Stations.at(type, state)))
                .toList();
        var cards = rows.cards(type.name(), states, actor);
        var counts = rows.counts(type.name(), states, actor);
        var drawn = new Drawn(
                type,
                PageNames.of(
                        cards.stream()
                                .map(Item::assignee)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()),
                        people,
                        actor),
                atRisk.among(cards.stream().map(Item::key).toList()),
                nextSignals.of(cards));
        var columns = states.stream()
                .map(state -> new Column(
                        state,
                        Stations.title(type, state),
                        counts.getOrDefault(state, 0L),
                        cards.stream()
                                .filter(item -> item.state().equals(state))
                                .sorted(Comparator.comparing(
                                        Item::dueAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                                .map(drawn::card)
                                .toList()))
                .toList();
        return new BoardPage(
                type,
                columns,
                counts.values().stream().mapToLong(Long::longValue).sum(),
                refused,
                status);
    }

    private record Drawn(
            ItemType type, PageNames names, java.util.Set<String> risky, Map<String, NextSignals.NextSignal> signals) {

        Card card(Item item) {
            return new Card(
                    item.key(),
                    item.title(),
                    item.version(),
                    type.urgency(item.fields()).orElse(null),
                    item.dueAt(),
                    risky.contains(item.key()),
                    signals.get(item.key()),
                    item.assignee() == null ? null : names.named(item.assignee()),
                    ways(item));
        }

        private List<Way> ways(Item item) {
            return type.transitions().values().stream()
                    .filter(way -> way.to() != null && way.from().contains(item.state()))
                    .map(way -> new Way(
                            way.name(),
                            way.title(),
                            Objects.requireNonNull(way.to()),
                            !way.asks().isEmpty() || way.back()))
                    .toList();
        }
    }

    private ItemType type(String name) {
        var type = procedures.at(time.instant()).types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return type;
    }
}
