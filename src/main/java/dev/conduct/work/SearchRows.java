package dev.conduct.work;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads what a search shows beside the rows of a list: rank, marked words, the remark in which they stand, and titles
/// that are near. Each statement looks at no more than some hundred records.
@Repository
class SearchRows {

    private static final int NEAR = 400;
    private static final String MARKS = "'StartSel=' || chr(2) || ',StopSel=' || chr(3) || ";
    private static final int REMARKS = 50;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    SearchRows(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param title and text with marks; text is empty where the words are in the title or a remark only
    record Ranked(String key, boolean own, String title, String text) {}

    /// The best first: words of the key and title weigh most, remarks least; the last touched first among equals.
    List<Ranked> ranked(Collection<String> keys, String words, int most) {
        return database.sql("""
                with best as materialized (
                    select w.item, w.head @@ q.query as own, q.query,
                           ts_rank_cd(w.head || w.said, q.query) as rank, i.title, i.updated_at,
                           left(i.description, 20000) as description
                      from work.item_words w
                      join work.item i on i.key = w.item,
                           plainto_tsquery('pg_catalog.english', :words) as q (query)
                     where w.item = any(:keys)
                     order by rank desc, i.updated_at desc, w.item
                     limit :most)
                select item, own,
                       ts_headline('pg_catalog.english', title, query, $MARKS ',HighlightAll=true') as title,
                       case when own and to_tsvector('pg_catalog.english', description) @@ query
                            then ts_headline('pg_catalog.english', description, query,
                                             $MARKS ',MaxFragments=1,MaxWords=24,MinWords=8') else '' end as text
                  from best
                 order by rank desc, updated_at desc, item
                """.replace("$MARKS", MARKS))
                .param("keys", keys.toArray(String[]::new))
                .param("words", words)
                .param("most", most)
                .query((row, number) -> new Ranked(
                        row.getString("item"), row.getBoolean("own"), row.getString("title"), row.getString("text")))
                .list();
    }

    record Said(String key, String author, String text) {}

    /// The newest remark of each that holds the words, among its last fifty.
    List<Said> said(Collection<String> keys, String words) {
        return database.sql("""
                select said.item, said.author,
                       ts_headline('pg_catalog.english', left(said.text, 20000), q.query,
                                   $MARKS ',MaxFragments=1,MaxWords=24,MinWords=8') as text
                  from plainto_tsquery('pg_catalog.english', :words) as q (query),
                       unnest(:keys::text[]) as wanted (key)
                 cross join lateral (
                    select * from (
                        select item, author, at, id, text from work.comment
                         where item = wanted.key order by at desc, id desc limit :remarks) as newest
                     where to_tsvector('pg_catalog.english', left(newest.text, 60000)) @@ q.query
                     order by at desc, id desc
                     limit 1) as said
                """.replace("$MARKS", MARKS))
                .param("keys", keys.toArray(String[]::new))
                .param("words", words)
                .param("remarks", REMARKS)
                .query((row, number) -> new Said(row.getString("item"), row.getString("author"), row.getString("text")))
                .list();
    }

    /// Keys whose title holds every part, whatever stands around it, the last touched first.
    List<String> titled(List<String> parts, int most, Sight sight) {
        return byIndex("""
                with candidate as materialized (
                    select w.item from work.item_words w where w.title ilike all (:parts) limit :near)
                select i.key from candidate join work.item i on i.key = candidate.item
                 where SEEN
                 order by i.updated_at desc, i.key desc
                 limit :most
                """, parts.stream().map(SearchRows::anywhere).toList(), "", most, sight);
    }

    /// Keys whose title is near to what was typed: half of its longest word, and then alike in its trigrams.
    List<String> near(String typed, String longest, int most, Sight sight) {
        var middle = (longest.length() + 1) / 2;
        return byIndex(
                """
                with candidate as materialized (
                    select w.item, w.title from work.item_words w where w.title ilike any (:parts) limit :near)
                select i.key from candidate join work.item i on i.key = candidate.item
                 where SEEN and word_similarity(:typed, candidate.title) >= 0.4
                 order by word_similarity(:typed, candidate.title) desc, i.updated_at desc, i.key desc
                 limit :most
                """,
                List.of(anywhere(longest.substring(0, middle)), anywhere(longest.substring(longest.length() - middle))),
                typed,
                most,
                sight);
    }

    private List<String> byIndex(String sql, List<String> parts, String typed, int most, Sight sight) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var _ = database.sql(AlikeRows.BY_INDEX).query(String.class).single();
            return database.sql(sql.replace("SEEN", sight.of("i")))
                    .param("parts", parts.toArray(String[]::new))
                    .param("typed", typed)
                    .param("near", NEAR)
                    .params(sight.parameters())
                    .param("most", most)
                    .query(String.class)
                    .list();
        }));
    }

    private static String anywhere(String part) {
        return "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }
}
