package dev.conduct.work;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.work.RemarkController.CommentAnswer;
import dev.conduct.work.RemarkController.CommentPage;
import dev.conduct.work.RemarkController.EvidenceAnswer;
import dev.conduct.work.RemarkController.LinkAnswer;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads what was added to an item that the reader may see.
@Repository
class RemarkRows {

    private static final RowMapper<CommentAnswer> COMMENT = (row, number) -> {
        var edited = row.getObject("edited_at", OffsetDateTime.class);
        return new CommentAnswer(
                row.getObject("id", UUID.class),
                row.getString("author"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("text"),
                row.getBoolean("outside"),
                edited == null ? null : edited.toInstant());
    };

    private final JdbcClient database;

    RemarkRows(JdbcClient database) {
        this.database = database;
    }

    List<EvidenceAnswer> evidence(String item) {
        return database.sql("""
                        select id, kind, verdict, passed, commit, build, url, note, actor, at, voided
                          from work.evidence where item = :item order by at, id
                        """)
                .param("item", item)
                .query((row, number) -> new EvidenceAnswer(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("verdict"),
                        row.getBoolean("passed"),
                        row.getString("commit"),
                        row.getString("build"),
                        row.getString("url"),
                        row.getString("note"),
                        row.getString("actor"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("voided")))
                .list();
    }

    /// The id of the last comment is the cursor.
    CommentPage comments(String item, @Nullable Integer limit, @Nullable String cursor, Sight sight) {
        var size = Page.limit(limit);
        var rows = database.sql("""
                        select id, author, at, text, outside, edited_at
                          from work.comment
                         where item = :item and (:inside or outside) and deleted_at is null
                           and (:after::uuid is null
                                or (at, id) > (select last.at, last.id from work.comment last where last.id = :after::uuid))
                         order by at, id
                         limit :limit
                        """)
                .param("item", item)
                .param("inside", sight.inside())
                .param("after", after(cursor))
                .param("limit", size + 1)
                .query(COMMENT)
                .list();
        var shown = rows.subList(0, Math.min(size, rows.size()));
        return new CommentPage(shown, rows.size() > size ? shown.getLast().id().toString() : null);
    }

    CommentAnswer comment(String item, String id) {
        return database.sql("""
                        select id, author, at, text, outside, edited_at
                          from work.comment where item = :item and id = :id::uuid
                        """)
                .param("item", item)
                .param("id", id)
                .query(COMMENT)
                .single();
    }

    static @Nullable String after(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(cursor).toString();
        } catch (IllegalArgumentException notOurs) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }

    List<LinkAnswer> links(String item, Sight sight) {
        return database.sql("""
                        select link.kind, link.inverse, i.key, i.title, i.state
                          from (select kind, false as inverse, other as far, at from work.link where item = :item
                                union all
                                select kind, true, item, at from work.link where other = :item) as link
                          join work.item i on i.key = link.far
                         where
                        """ + sight.of("i") + """
                         order by link.at, i.key, link.kind
                        """)
                .param("item", item)
                .params(sight.parameters())
                .query((row, number) -> new LinkAnswer(
                        row.getBoolean("inverse")
                                ? java.util.Objects.requireNonNull(Remarks.INVERSE.get(row.getString("kind")))
                                : row.getString("kind"),
                        row.getString("key"),
                        row.getString("title"),
                        row.getString("state")))
                .list();
    }
}
