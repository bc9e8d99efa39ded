package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which items a bulk act is about: named one by one, or all that a query finds.
@Component
class BulkKeys {

    private final ItemLists lists;

    BulkKeys(ItemLists lists) {
        this.lists = lists;
    }

    /// @throws Problem 400 when there are none, more than `Bulk.MOST`, or both ways are used
    List<String> of(@Nullable List<String> keys, @Nullable String query, Actor actor) {
        if (keys != null && query != null) {
            throw Problem.badInput("q", "one_choice", "goes without `keys`. Send one of them.");
        }
        if (query != null) {
            return matching(query, actor);
        }
        if (keys == null || keys.isEmpty()) {
            throw Problem.badInput("keys", "missing", "is missing. Name the items, or a query in `q` that finds them.");
        }
        if (keys.size() > Bulk.MOST) {
            throw Problem.badInput(
                    "keys", "too_many", "names " + keys.size() + " items; at most " + Bulk.MOST + " go at once.");
        }
        return keys;
    }

    private List<String> matching(String query, Actor actor) {
        var found = new ArrayList<String>();
        String cursor = null;
        do {
            var page = lists.page(query, Page.MOST, cursor, actor);
            page.items().forEach(item -> found.add(item.key()));
            cursor = page.next();
        } while (cursor != null && found.size() <= Bulk.MOST);
        if (found.size() > Bulk.MOST) {
            throw Problem.badInput(
                    "q", "too_many", "finds more than " + Bulk.MOST + " items; narrow it, and repeat for the rest.");
        }
        if (found.isEmpty()) {
            throw Problem.badInput("q", "nothing", "finds nothing. Widen it.");
        }
        return found;
    }
}
