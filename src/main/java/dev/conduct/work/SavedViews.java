package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Queries that somebody keeps under a name, as tabs of their own on a line's list.
@Component
class SavedViews {

    private static final int MOST = 12;

    private final JdbcClient database;
    private final InstantSource time;

    SavedViews(JdbcClient database, InstantSource time) {
        this.database = database;
        this.time = time;
    }

    record SavedView(UUID id, String title, String query) {}

    List<SavedView> of(String type, Actor owner) {
        return database.sql(
                        "select id, title, query from work.saved_view where owner = :owner and type = :type order by id")
                .param("owner", owner.id())
                .param("type", type)
                .query((row, number) ->
                        new SavedView(row.getObject("id", UUID.class), row.getString("title"), row.getString("query")))
                .list();
    }

    /// A name that is there already takes the new query.
    ///
    /// @throws Problem 400 without a name, 409 when there are too many
    void keep(String type, String title, String query, Actor owner) {
        if (title.isBlank()) {
            throw Problem.badInput("title", "missing", "is missing. Give the view a name.");
        }
        var named = PlainText.checked("title", title.strip(), 60);
        var asked = PlainText.checked("q", query, 1_000);
        var kept = database.sql("""
                        insert into work.saved_view (id, owner, type, title, query)
                        select :id, :owner, :type, :title, :query
                         where (select count(*) from work.saved_view
                                 where owner = :owner and type = :type and title <> :title) < :most
                        on conflict (owner, type, title) do update set query = excluded.query
                        """)
                .param("id", Ids.next(time.instant()))
                .param("owner", owner.id())
                .param("type", type)
                .param("title", named)
                .param("query", asked)
                .param("most", MOST)
                .update();
        if (kept == 0) {
            throw Problem.conflict("too_many", "There are " + MOST + " views of yours already. Remove one first.");
        }
    }

    void remove(String type, UUID id, Actor owner) {
        database.sql("delete from work.saved_view where id = :id and owner = :owner and type = :type")
                .param("id", id)
                .param("owner", owner.id())
                .param("type", type)
                .update();
    }
}
