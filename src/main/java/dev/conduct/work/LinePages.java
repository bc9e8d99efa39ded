package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.View;
import dev.conduct.work.FormView.Option;
import dev.conduct.work.LinePage.Group;
import dev.conduct.work.NextSignals.NextSignal;
import dev.conduct.work.SavedViews.SavedView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The list of a line. Its whole state stands in the address; without a query it is what is open, by clock.
@Controller
class LinePages {

    private final ItemLists lists;
    private final LineGroups groups;
    private final LineCounts counts;
    private final LineTabs tabs;
    private final SavedViews views;
    private final Procedures procedures;
    private final LineRows rows;
    private final Misspelt misspelt;
    private final Teams teams;
    private final InstantSource time;

    LinePages(
            ItemLists lists,
            LineGroups groups,
            LineCounts counts,
            LineTabs tabs,
            SavedViews views,
            Procedures procedures,
            LineRows rows,
            Misspelt misspelt,
            Teams teams,
            InstantSource time) {
        this.lists = lists;
        this.groups = groups;
        this.counts = counts;
        this.tabs = tabs;
        this.views = views;
        this.procedures = procedures;
        this.rows = rows;
        this.misspelt = misspelt;
        this.teams = teams;
        this.time = time;
    }

    /// @param parameters `q` more than once: what the chips hold, and what was typed beside them. As a list of texts
    ///     one alone would be cut at its commas.
    @GetMapping("/lines/{type}")
    LinePage page(
            @PathVariable("type") String name,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            Actor actor) {
        return list(name, parameters.get("q"), cursor, limit, actor);
    }

    LinePage list(
            String name, @Nullable List<String> asked, @Nullable String cursor, @Nullable Integer limit, Actor actor) {
        var procedure = procedures.at(time.instant());
        var type = procedure.types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        var kept = views.of(name, actor);
        var query = asked == null
                ? narrowed(begin(kept), actor)
                : String.join(" ", asked).strip().replaceAll("\\s+", " ");
        var shape = ListShape.of(type, query);
        var began = System.nanoTime();
        var found = shape.mistakes().isEmpty()
                ? found(type, shape, new Place(cursor, limit), actor)
                : new Found(List.of(), null, shape.mistakes());
        var instead = cursor == null && found.nothing() ? misspelt.instead(shape.filters(), actor) : null;
        if (instead != null) {
            found = found(type, shape.with(instead), new Place(null, limit), actor);
        }
        var took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var counted = counts.of(name, actor);
        var clause = procedure.clauses().get(type.clause());
        return new LinePage(
                type,
                counted,
                tabs.of(type, query, counted, kept, actor),
                QueryChips.of(query, "/lines/" + name),
                query,
                shape,
                found.groups(),
                found.next() == null
                        ? null
                        : LinePage.href(type, instead == null ? query : instead)
                                + (limit == null ? "" : "&limit=" + limit) + "&cursor="
                                + LinePage.encoded(found.next()),
                found.mistakes(),
                found.nothing() ? null : instead,
                Rights.mayBegin(procedure, type, actor),
                counted.all() == 0,
                counted.all() > 0 || counts.hasProducts(),
                audiences(query, actor),
                actor.id(),
                clause == null ? type.clause() : clause.ref(),
                took);
    }

    /// The same, narrowed to the product the reader chose, where it speaks of none.
    private static String narrowed(String query, Actor actor) {
        return LineTabs.narrowed(query, ChosenProduct.narrowing(actor));
    }

    /// What the reader chose to begin with, or what is open, by clock.
    private static String begin(List<SavedView> kept) {
        return kept.stream()
                .filter(SavedView::first)
                .map(SavedView::query)
                .findFirst()
                .orElse(LineTabs.OPEN);
    }

    /// The signals of rows whose histories were not at hand when the list was shown, to be put into it.
    @GetMapping("/lines/{type}/signals")
    SignalCells signals(@PathVariable("type") String name, @RequestParam(name = "key") List<String> keys, Actor actor) {
        return new SignalCells(rows.signals(name, keys, actor));
    }

    record SignalCells(Map<String, NextSignal> signals) implements View {

        @Override
        public String template() {
            return "work/signal-cells.jte";
        }

        @Override
        public String title() {
            return "Signals";
        }
    }

    /// Everybody who works here, each team one is in; and of a list of one product, who works on that.
    private List<Option> audiences(String query, Actor actor) {
        var audiences = new ArrayList<>(List.of(new Option(SavedViews.NOBODY, "Me only")));
        if (Sight.of(actor).inside()) {
            audiences.add(new Option(SavedViews.EVERYBODY, "Everybody here"));
            if (actor.names().stream().anyMatch(name -> name.startsWith(SavedViews.TEAM))) {
                teams.all().stream()
                        .filter(team -> actor.names().contains(team.reader()))
                        .forEach(team -> audiences.add(new Option(team.reader(), "The team " + team.name())));
            }
            QueryChips.parts(query).stream()
                    .filter(part -> part.matches(SavedViews.PRODUCT + "[A-Z][A-Z0-9]{1,9}"))
                    .forEach(part -> audiences.add(
                            new Option(part, "Who works on " + part.substring(SavedViews.PRODUCT.length()))));
        }
        return audiences;
    }

    private record Place(@Nullable String cursor, @Nullable Integer limit) {}

    private record Found(List<Group> groups, @Nullable String next, List<String> mistakes) {

        boolean nothing() {
            return groups.isEmpty() && mistakes.isEmpty();
        }
    }

    private Found found(ItemType type, ListShape shape, Place place, Actor actor) {
        try {
            if (shape.group() != null) {
                return new Found(groups.of(type, shape, shape.group(), actor), null, List.of());
            }
            var page = lists.page("type:" + type.name() + " " + shape.filters(), place.limit(), place.cursor(), actor);
            var shown = rows.of(type, page.items(), actor);
            return new Found(shown.isEmpty() ? List.of() : List.of(Group.whole(shown)), page.next(), List.of());
        } catch (Problem refused) {
            if (refused.status() != 400) {
                throw refused;
            }
            var mistakes = refused.errors().stream().map(FieldProblem::says).toList();
            return new Found(List.of(), null, mistakes.isEmpty() ? List.of(refused.says()) : mistakes);
        }
    }
}
