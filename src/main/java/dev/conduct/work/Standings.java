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
    private final BoardRows board;

    Standings(JdbcClient database, BoardRows board) {
        this.database = database;
        this.board = board;
    }

    /// How many items stand at each of these states, each counted up to a thousand.
    public Map<String, Long> byState(String type, List<String> states, Actor actor) {
        return board.counts(type, states, actor);
    }

    /// The titles of those among these items that the actor may see, by key.
    public Map<String, String> titles(Collection<String> keys, Actor actor) {
        var sight = Sight.of(actor);
        var titles = new HashMap<String, String>();
        database.sql("select key, title from work.item where key = any (:keys) and (:all or reporter = :actor)")
                .param("keys", keys.toArray(String[]::new))
                .param("all", sight.all())
                .param("actor", sight.actor())
                .query(row -> {
                    titles.put(row.getString("key"), row.getString("title"));
                });
        return titles;
    }
}
