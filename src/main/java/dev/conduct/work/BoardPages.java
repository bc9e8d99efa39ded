package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.shell.Flash;
import dev.conduct.work.BoardPage.Refused;
import dev.conduct.work.ItemLists.Grouped;
import dev.conduct.work.ItemQuery.Subject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

    private static final int CARDS = 20;

    private final ItemLists lists;
    private final BoardCards cards;
    private final Items items;
    private final Undoing undoing;
    private final Procedures procedures;
    private final InstantSource time;

    BoardPages(
            ItemLists lists,
            BoardCards cards,
            Items items,
            Undoing undoing,
            Procedures procedures,
            InstantSource time) {
        this.lists = lists;
        this.cards = cards;
        this.items = items;
        this.undoing = undoing;
        this.procedures = procedures;
        this.time = time;
    }

    /// @param lanes what the lanes are: a name that a list can be grouped by, empty for none
    @GetMapping("/lines/{type}/board")
    BoardPage board(
            @PathVariable("type") String name,
            @RequestParam(name = "lanes", defaultValue = "") String lanes,
            @RequestParam(name = "q", required = false) @Nullable String filters,
            Actor actor) {
        var asked = filters == null
                ? ChosenProduct.narrowing(actor)
                : filters.strip().replaceAll("\\s+", " ");
        return page(new Shown(type(name), lanes, asked), null, HttpStatus.OK, actor);
    }

    @PostMapping("/lines/{type}/board")
    Object move(
            @PathVariable("type") String name,
            @RequestParam("key") String key,
            @RequestParam("transition") String transition,
            @RequestParam("version") long version,
            @RequestParam(name = "lanes", defaultValue = "") String lanes,
            @RequestParam(name = "q", defaultValue = "") String filters,
            Actor actor,
            RedirectAttributes redirect) {
        var type = type(name);
        try {
            var moved = items.move(new Items.Move(key, transition, Map.of(), null, null, version, null), actor);
            var station = Stations.title(type, moved.state());
            var limit = cards.limit(type, moved.state());
            var there = limit == null ? 0 : lists.count("type:" + name + " state:" + moved.state(), actor);
            if (limit != null && there > limit) {
                Flash.caution(
                        redirect,
                        key + " is now at " + station + ", which holds " + there + "; its limit is " + limit + ".");
            } else {
                Flash.done(redirect, key + " is now at " + station + ".", undoing.offered(moved, actor));
            }
            return "redirect:" + BoardPage.address(type, lanes, filters);
        } catch (Problem problem) {
            if (problem.status() == 404) {
                throw problem;
            }
            return page(
                    new Shown(type, lanes, filters),
                    refused(key, transition, problem),
                    HttpStatus.valueOf(problem.status()),
                    actor);
        }
    }

    private static Refused refused(String key, String transition, Problem problem) {
        var reasons = problem instanceof GateClosed closed ? closed.reasons() : List.<Reason>of();
        return new Refused(key, problem.says(), reasons, "/items/" + key + "?why=" + transition + "#signals");
    }

    /// What is on the board.
    private record Shown(ItemType type, String lanes, String filters) {

        /// What a list would be grouped by; a word that is none has no lanes.
        @Nullable
        Subject by() {
            var known = ListShape.groups(type).containsKey(lanes) && !lanes.equals("state");
            return known ? Subject.valueOf(lanes.toUpperCase(java.util.Locale.ROOT)) : null;
        }
    }

    private BoardPage page(Shown shown, @Nullable Refused refused, HttpStatus status, Actor actor) {
        var type = shown.type();
        var states = LineGroups.states(type).stream()
                .filter(state -> !type.ended().contains(state))
                .toList();
        var mistakes = List.<String>of();
        var found = List.<Grouped>of();
        try {
            found = lists.grouped(
                    "type:" + type.name() + " is:open " + shown.filters(), Subject.STATE, states, CARDS, actor);
        } catch (Problem mistaken) {
            if (mistaken.status() != 400) {
                throw mistaken;
            }
            mistakes = mistaken.errors().stream().map(FieldProblem::says).toList();
        }
        var by = shown.by();
        return new BoardPage(
                type,
                Rights.mayBegin(procedures.at(time.instant()), type, actor),
                shown.filters(),
                by == null ? "" : shown.lanes(),
                cards.choices(type),
                cards.columns(type, states, found),
                cards.lanes(type, states, found, by, actor),
                found.stream().mapToLong(Grouped::count).sum(),
                refused,
                mistakes,
                status);
    }

    private ItemType type(String name) {
        var type = procedures.at(time.instant()).types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return type;
    }
}
