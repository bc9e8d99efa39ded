package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.LinePage.Tab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The saved queries every line begins with.
@Component
class LineTabs {

    static final String OPEN = "is:open sort:due";

    static final String MINE = "is:open assignee:me sort:due";
    static final String OVERRUN = "is:open due:overdue sort:due";

    private final ItemLists lists;

    LineTabs(ItemLists lists) {
        this.lists = lists;
    }

    /// @param query of the page, to mark the tab it stands on
    /// @param kept views of this reader, and of others for them
    List<Tab> of(ItemType type, String query, LinePage.Counts counts, List<SavedViews.SavedView> kept, Actor actor) {
        var product = ChosenProduct.narrowing(actor);
        var whole = product.isEmpty();
        var first = type.line().stream().limit(2).toList();
        var early = "state:" + String.join(",", first) + " sort:due";
        var tabs = new ArrayList<>(List.of(
                tab(type, "Open, by clock", OPEN, query, whole ? counts.open() : null, product),
                tab(type, "Overrun", OVERRUN, query, whole ? counts.overrun() : null, product),
                tab(type, "Mine", MINE, query, count(type, narrowed(MINE, product), actor), product),
                tab(type, titles(type, first), early, query, null, product),
                tab(type, type.begun() + " by me", "reporter:me sort:created", query, null, product),
                tab(type, "Closed, last 30 days", "is:closed updated:<30d", query, null, product),
                tab(type, "All", "sort:updated", query, whole ? counts.all() : null, product)));
        kept.forEach(view -> tabs.add(new Tab(
                view.title(), LinePage.href(type, view.query()), view.query().equals(query), null, view)));
        return tabs;
    }

    /// What stands at the beginning of its line: `Reported or logged`.
    private static String titles(ItemType type, List<String> states) {
        var titles = states.stream()
                .map(type.states()::get)
                .filter(Objects::nonNull)
                .map(ItemType.State::title)
                .map(title -> title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1))
                .collect(Collectors.joining(" or "));
        return titles.isEmpty() ? titles : titles.substring(0, 1).toUpperCase(Locale.ROOT) + titles.substring(1);
    }

    /// The same query narrowed by this part, before its order, where it speaks of no product.
    static String narrowed(String query, String product) {
        if (product.isEmpty()
                || QueryChips.parts(query).stream().anyMatch(part -> part.startsWith(SavedViews.PRODUCT))) {
            return query;
        }
        return (product + " " + query).strip();
    }

    private long count(ItemType type, String query, Actor actor) {
        return lists.count("type:" + type.name() + " " + query, actor);
    }

    private static Tab tab(
            ItemType type, String title, String begins, String query, @Nullable Long count, String product) {
        var wanted = narrowed(begins, product);
        return new Tab(
                title,
                "/lines/" + type.name() + "?q=" + LinePage.encoded(wanted),
                wanted.equals(query) || begins.equals(query),
                count,
                null);
    }
}
