package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Bulk.Act;
import dev.conduct.work.Bulk.Asked;
import dev.conduct.work.Bulk.Outcome;
import dev.conduct.work.Bulk.Result;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What was selected in a list, changed together: first what would come of it, then, asked once more, it is done.
@Controller
class BulkPages {

    private final Bulk bulk;
    private final BulkKeys keys;
    private final BulkForms forms;
    private final ItemRows items;
    private final Procedures procedures;
    private final People people;
    private final InstantSource time;

    BulkPages(
            Bulk bulk,
            BulkKeys keys,
            BulkForms forms,
            ItemRows items,
            Procedures procedures,
            People people,
            InstantSource time) {
        this.bulk = bulk;
        this.keys = keys;
        this.forms = forms;
        this.items = items;
        this.procedures = procedures;
        this.people = people;
        this.time = time;
    }

    /// @param tokens `KEY@VERSION` of each row
    /// @param entered `act`, its fields, `all` for everything that `filters` finds, `do` to do it
    @PostMapping("/lines/{type}/bulk")
    BulkPage page(
            @PathVariable("type") String name,
            @RequestParam(name = "row", required = false) @Nullable List<String> tokens,
            @RequestParam Map<String, String> entered,
            Actor actor) {
        var type = type(name);
        var selection = selection(name, tokens, entered, actor);
        var found = items.visible(selection.keys(), Sight.of(actor)).stream()
                .collect(Collectors.toMap(Item::key, Function.identity()));
        var chosen = entered.getOrDefault("act", "");
        var form = forms.of(type, chosen, List.copyOf(found.values()), entered, actor);
        var asked = new Asked(selection.keys(), selection.versions(), form.act());
        var results = form.ready()
                ? entered.containsKey("do") ? done(asked, actor) : bulk.foresee(asked, actor)
                : selection.keys().stream()
                        .filter(found::containsKey)
                        .map(key -> waiting(Objects.requireNonNull(found.get(key))))
                        .toList();
        return new BulkPage(
                type,
                entered.getOrDefault("q", LineTabs.OPEN),
                chosen,
                form.choices(),
                form.inputs(),
                results.stream().map(row(type, results, actor)).toList(),
                form.ready());
    }

    /// The sentence under a selection: how many can move now, and what holds the others.
    @PostMapping("/lines/{type}/bulk/foresight")
    BulkPage.Foresight foresight(
            @PathVariable("type") String name,
            @RequestParam(name = "row", required = false) @Nullable List<String> tokens,
            @RequestParam Map<String, String> entered,
            Actor actor) {
        var type = type(name);
        var selection = selection(name, tokens, entered, actor);
        var results = bulk.foresee(
                new Asked(selection.keys(), selection.versions(), new Act(null, true, Map.of(), null, null)), actor);
        return new BulkPage.Foresight(
                results.stream().map(row(type, results, actor)).toList());
    }

    /// Only what can be done is tried; what is held was said to be.
    private List<Result> done(Asked asked, Actor actor) {
        var foreseen = bulk.foresee(asked, actor);
        var ready = foreseen.stream()
                .filter(result -> result.outcome() == Outcome.READY)
                .map(Result::key)
                .toList();
        var done = bulk.each(new Asked(ready, asked.versions(), asked.act()), actor).stream()
                .collect(Collectors.toMap(Result::key, Function.identity()));
        return foreseen.stream()
                .map(result -> done.getOrDefault(result.key(), result))
                .toList();
    }

    private static Result waiting(Item item) {
        return new Result(item.key(), item, Outcome.LEFT, "", "", List.of(), java.util.Optional.empty());
    }

    private record Selection(List<String> keys, Map<String, Long> versions) {}

    private Selection selection(String type, @Nullable List<String> tokens, Map<String, String> entered, Actor actor) {
        if (entered.containsKey("all")) {
            return new Selection(
                    keys.of(null, "type:" + type + " " + entered.getOrDefault("filters", ""), actor), Map.of());
        }
        var versions = new HashMap<String, Long>();
        var named = new ArrayList<String>();
        for (var token : tokens == null ? List.<String>of() : tokens) {
            var at = token.lastIndexOf('@');
            var version = at < 0 ? "" : token.substring(at + 1);
            var key = at < 0 ? token : token.substring(0, at);
            named.add(key);
            if (version.matches("\\d{1,18}")) {
                versions.put(key, Long.valueOf(version));
            }
        }
        return new Selection(keys.of(named, null, actor), versions);
    }

    private Function<Result, BulkPage.Row> row(ItemType type, List<Result> results, Actor actor) {
        var names = PageNames.of(
                results.stream()
                        .map(Result::item)
                        .filter(Objects::nonNull)
                        .flatMap(item -> Stream.of(item.assignee(), item.reporter()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                people,
                actor);
        return result -> BulkPage.Row.of(type, result, names);
    }

    private ItemType type(String name) {
        var type = procedures.at(time.instant()).types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return type;
    }
}
