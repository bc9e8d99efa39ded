package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Finds records while their number or title is being typed.
@Repository
class PaletteRows {

    private static final int SHORTEST = 3;

    private final JdbcClient database;

    PaletteRows(JdbcClient database) {
        this.database = database;
    }

    /// A number first, then titles that contain every word, last touched first. Short beginnings match numbers only.
    List<Item> matching(String typed, int most, Actor actor) {
        var words = Stream.of(typed.split("\\s+"))
                .filter(word -> word.length() >= SHORTEST)
                .map(word -> "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .toArray(String[]::new);
        var sight = Sight.of(actor);
        return database.sql("select " + ItemRows.COLUMNS + """
                          from work.item i
                         where (i.key = :key or (cardinality(:words::text[]) > 0 and i.title ilike all (:words)))
                           and (:all or i.reporter = :actor)
                         order by i.key = :key desc, i.updated_at desc, i.key desc
                         limit :most
                        """)
                .param("key", typed.toUpperCase(Locale.ROOT))
                .param("words", words)
                .param("all", sight.all())
                .param("actor", sight.actor())
                .param("most", most)
                .query(ItemRows::item)
                .list();
    }
}
