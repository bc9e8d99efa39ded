package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Records whose title looks like another one's, for who is about to report it once more.
@Repository
class AlikeRows {

    private static final int MOST = 5;
    private static final int SHORTEST = 8;

    private final JdbcClient database;

    AlikeRows(JdbcClient database) {
        this.database = database;
    }

    List<ReportPage.Alike> find(ItemType type, String title, Actor actor) {
        if (title.strip().length() < SHORTEST) {
            return List.of();
        }
        var sight = Sight.of(actor);
        return database.sql("""
                select i.key, i.title, i.state
                  from work.item i
                 where i.type = :type and i.title % :title and (:all or i.reporter = :actor)
                 order by similarity(i.title, :title) desc, i.key
                 limit :most
                """)
                .param("type", type.name())
                .param("title", title.strip())
                .param("all", sight.all())
                .param("actor", sight.actor())
                .param("most", MOST)
                .query((row, number) -> new ReportPage.Alike(
                        row.getString("key"), row.getString("title"), Stations.title(type, row.getString("state"))))
                .list();
    }
}
