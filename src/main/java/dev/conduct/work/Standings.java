package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What pages of other modules show of many items at once, as far as the reader may see them.
@Component
public class Standings {

    private final JdbcClient database;
    private final ItemLists lists;

    Standings(JdbcClient database, ItemLists lists) {
        this.database = database;
        this.lists = lists;
    }

    /// How many items stand at each of these states, each counted up to a thousand.
    public Map<String, Long> byState(String type, List<String> states, Actor actor) {
        var counts = new HashMap<String, Long>();
        states.forEach(state -> counts.put(state, 0L));
        lists.grouped("type:" + type, ItemQuery.Subject.STATE, states, 0, actor)
                .forEach(group -> counts.put(group.value(), group.count()));
        return counts;
    }

    /// The titles of those among these items that the actor may see, by key.
    public Map<String, String> titles(Collection<String> keys, Actor actor) {
        var sight = Sight.of(actor);
        var titles = new HashMap<String, String>();
        database.sql("select i.key, i.title from work.item i where i.key = any (:keys) and " + sight.of("i"))
                .param("keys", keys.toArray(String[]::new))
                .params(sight.parameters())
                .query(row -> {
                    titles.put(row.getString("key"), row.getString("title"));
                });
        return titles;
    }
}
