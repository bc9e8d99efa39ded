package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.work.ItemQuery.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Slips of the pen in a search that finds nothing: in the place of each word the one most like it by its trigrams, of
/// the titles that whoever asks may see. A word that stands in a title is most like itself and stays.
@Repository
class Misspelt {

    private static final int SHORTEST = 4;
    private static final int MOST = 5;

    /// For this transaction: one letter wrong, missing or in another place leaves half of a short word's trigrams.
    private static final String LENIENT = """
            select set_config('pg_trgm.word_similarity_threshold', '0.45', true)
            """;

    /// The first titles that the index of trigrams gives are enough: they all hold something like the word.
    private static final String ALL = """
            select w.title from work.item_words w join work.item i on i.key = w.item
             where asked.word <% w.title and SEEN limit 200
            """;

    private static final String OWN = """
            select title
              from (select i.title from work.item i where SEEN order by i.updated_at desc, i.key desc limit 1000) own
             where asked.word <% title
             limit 200
            """;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Misspelt(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param query that finds nothing
    /// @return the query with other words; null when there are none like those it has
    @Nullable
    String instead(String query, Actor actor) {
        var words = QueryParser.parse(query).terms().stream()
                .filter(term -> term instanceof Words)
                .map(term -> (Words) term)
                .filter(word -> !word.phrase()
                        && !word.not()
                        && word.text().length() >= SHORTEST
                        && query.startsWith(word.text(), word.at() - 1))
                .limit(MOST)
                .toList();
        if (words.isEmpty()) {
            return null;
        }
        var known = known(words.stream().map(Words::text).distinct().toList(), Sight.of(actor));
        var written = new StringBuilder(query);
        for (var word : words.reversed()) {
            var like = known.getOrDefault(word.text(), word.text());
            written.replace(word.at() - 1, word.at() - 1 + word.text().length(), like);
        }
        return written.toString().equalsIgnoreCase(query) ? null : written.toString();
    }

    private Map<String, String> known(List<String> asked, Sight sight) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var _ = database.sql(AlikeRows.BY_INDEX).query(String.class).single();
            var _ = database.sql(LENIENT).query(String.class).single();
            var found = new HashMap<String, String>();
            database.sql("select asked.word, known.word as known from unnest(:asked::text[]) as asked (word), lateral ("
                            + "select lower(piece) as word from ("
                            + (sight.inside() ? ALL : OWN).replace("SEEN", sight.of("i")) + """
                                   ) near, regexp_split_to_table(near.title, '[^[:alnum:]]+') piece
                             where similarity(piece, asked.word) >= 0.4
                             order by similarity(piece, asked.word) desc, piece
                             limit 1) known
                            """)
                    .param("asked", asked.toArray(String[]::new))
                    .params(sight.parameters())
                    .query(row -> {
                        found.put(row.getString("word"), row.getString("known"));
                    });
            return found;
        }));
    }
}
