package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.View;
import dev.conduct.work.NextSignals.NextSignal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The list of a line. Its whole state stands in the address; without a query it is what is open, by clock.
@Controller
class LinePages {

    private final ItemLists lists;
    private final LineCounts counts;
    private final LineTabs tabs;
    private final Procedures procedures;
    private final LineRows rows;
    private final Misspelt misspelt;
    private final InstantSource time;

    LinePages(
            ItemLists lists,
            LineCounts counts,
            LineTabs tabs,
            Procedures procedures,
            LineRows rows,
            Misspelt misspelt,
            InstantSource time) {
        this.lists = lists;
        this.counts = counts;
        this.tabs = tabs;
        this.procedures = procedures;
        this.rows = rows;
        this.misspelt = misspelt;
        this.time = time;
    }

    /// @param asked the parts of the query: what the chips hold, and what was typed beside them
    @GetMapping("/lines/{type}")
    LinePage list(
            @PathVariable("type") String name,
            @RequestParam(name = "q", required = false) @Nullable List<String> asked,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Actor actor) {
        var procedure = procedures.at(time.instant());
        var type = procedure.types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        var query =
                asked == null ? LineTabs.OPEN : String.join(" ", asked).strip().replaceAll("\\s+", " ");
        var began = System.nanoTime();
        var found = found("type:" + name + " " + query, cursor, actor);
        var instead = cursor == null && found.nothing() ? misspelt.instead(query, actor) : null;
        if (instead != null) {
            found = found("type:" + name + " " + instead, null, actor);
        }
        var took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var counted = counts.of(name, actor);
        var clause = procedure.clauses().get(type.clause());
        return new LinePage(
                type,
                counted,
                tabs.of(type, query, counted, actor),
                QueryChips.of(query, "/lines/" + name),
                query,
                rows.of(type, found.page().items(), actor),
                found.page().next() == null
                        ? null
                        : LinePage.href(type, instead == null ? query : instead) + "&cursor="
                                + LinePage.encoded(found.page().next()),
                found.mistakes(),
                found.nothing() ? null : instead,
                counted.all() == 0,
                counted.all() > 0 || counts.hasProducts(),
                clause == null ? type.clause() : clause.ref(),
                took);
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

    private record Found(Page<Item> page, List<String> mistakes) {

        boolean nothing() {
            return page.items().isEmpty() && mistakes.isEmpty();
        }
    }

    private Found found(String query, @Nullable String cursor, Actor actor) {
        try {
            return new Found(lists.page(query, null, cursor, actor), List.of());
        } catch (Problem refused) {
            if (refused.status() != 400) {
                throw refused;
            }
            var mistakes = refused.errors().stream().map(FieldProblem::says).toList();
            return new Found(new Page<>(List.of(), null), mistakes.isEmpty() ? List.of(refused.says()) : mistakes);
        }
    }
}
