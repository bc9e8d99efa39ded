package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads the cards of a board: of each station the most recently touched ones, and how many there are.
@Repository
class BoardRows {

    static final int CARDS = 20;

    private static final int COUNTED = 1_000;

    private final JdbcClient database;

    BoardRows(JdbcClient database) {
        this.database = database;
    }

    List<Item> cards(String type, List<String> states, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("select " + ItemRows.COLUMNS + """
                          from unnest(:states::text[]) as station (state)
                         cross join lateral (
                            select * from work.item
                             where type = :type and state = station.state and (:all or reporter = :actor)
                             order by updated_at desc, key desc
                             limit :cards) as i
                        """)
                .param("states", states.toArray(String[]::new))
                .param("type", type)
                .param("all", sight.all())
                .param("actor", sight.actor())
                .param("cards", CARDS)
                .query(ItemRows::item)
                .list();
    }

    /// By state, each up to a thousand.
    Map<String, Long> counts(String type, List<String> states, Actor actor) {
        var sight = Sight.of(actor);
        var counts = new LinkedHashMap<String, Long>();
        database.sql("""
                        select station.state, (
                            select count(*) from (
                                select from work.item
                                 where type = :type and state = station.state and (:all or reporter = :actor)
                                 limit :counted) as counted) as found
                          from unnest(:states::text[]) as station (state)
                        """)
                .param("states", states.toArray(String[]::new))
                .param("type", type)
                .param("all", sight.all())
                .param("actor", sight.actor())
                .param("counted", COUNTED)
                .query((ResultSet row) -> {
                    put(counts, row);
                });
        return counts;
    }

    private static void put(Map<String, Long> counts, ResultSet row) throws SQLException {
        counts.put(row.getString("state"), row.getLong("found"));
    }
}
