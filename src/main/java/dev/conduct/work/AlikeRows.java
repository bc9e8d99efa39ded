package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Records whose title looks like another one's, for who is about to report it once more. What shares words, or half of
/// a long word, is gathered first and never more than some hundreds; their titles are compared by their trigrams, so
/// other words in another order and slips of the pen still meet.
@Repository
class AlikeRows {

    private static final int MOST = 5;
    private static final int SHORTEST = 8;
    private static final int WORDS = 4;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /// For this transaction: words that seem frequent must not lead the planner to reading every title, nor several
    /// workers to reading the loose searches before the strict one.
    static final String BY_INDEX = """
            select set_config('enable_seqscan', 'off', true)
                   || set_config('max_parallel_workers_per_gather', '0', true)
            """;

    /// The strict search comes first, and what is looser is not read once enough was found: a limit over `union
    /// all` stops where it is reached. The halves are for a slip of the pen in the longest word: one of them is
    /// without it. `left` and not `starts_with`, which would offer the index of keys: all of a product's.
    private static final String SQL = """
            with candidate as materialized (
                select item, title from work.item_words
                 where to_tsvector('english', title) @@ to_tsquery('english', :words4) and left(item, length(:prefix)) = :prefix
                union all
                select item, title from work.item_words
                 where to_tsvector('english', title) @@ to_tsquery('english', :words3) and left(item, length(:prefix)) = :prefix
                union all
                select item, title from work.item_words
                 where to_tsvector('english', title) @@ to_tsquery('english', :words2) and left(item, length(:prefix)) = :prefix
                union all
                select item, title from work.item_words
                 where (title ilike :first or title ilike :second) and left(item, length(:prefix)) = :prefix
                union all
                select item, title from work.item_words
                 where to_tsvector('english', title) @@ to_tsquery('english', :words1) and left(item, length(:prefix)) = :prefix
                limit 300),
            near as materialized (
                select item, title, similarity(title, :title) as similarity
                  from (select distinct item, title from candidate) as found)
            select i.key, near.title, i.state, near.similarity
              from near
              join work.item i on i.key = near.item
             where near.similarity >= 0.4
               and SEEN
               and (:type = '' or i.type = :type)
             order by near.similarity desc, i.key
             limit :most
            """;

    /// Who sees only what they reported themselves has few: all of the newest are compared.
    private static final String OWN = """
            with own as materialized (
                select i.key, i.title, i.type, i.state from work.item i
                 where SEEN and starts_with(i.key, :prefix)
                 order by updated_at desc, key desc
                 limit 1000)
            select key, title, state, similarity(title, :title) as similarity
              from own
             where similarity(title, :title) >= 0.4
               and (:type = '' or type = :type)
             order by similarity desc, key
             limit :most
            """;

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    AlikeRows(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param type and product empty for any
    record Asked(String type, String product, String title) {}

    record Row(String key, String title, String state, double similarity) {}

    /// @throws Problem 400 for a title that no item can have
    List<Row> find(Asked asked, Actor actor) {
        var title = PlainText.checked("title", asked.title().strip(), FieldChecks.TITLE);
        PlainText.checked("product", asked.product(), FieldChecks.TITLE);
        if (title.length() < SHORTEST) {
            return List.of();
        }
        var sight = Sight.of(actor);
        var words = longest(title);
        if (words.isEmpty()) {
            return List.of();
        }
        var parameters = parameters(new Asked(asked.type(), asked.product(), title), words, sight);
        return Objects.requireNonNull(transaction.execute(status -> {
            var _ = database.sql(BY_INDEX).query(String.class).single();
            return database.sql(sql(sight))
                    .params(parameters)
                    .query((row, number) -> new Row(
                            row.getString("key"),
                            row.getString("title"),
                            row.getString("state"),
                            row.getDouble("similarity")))
                    .list();
        }));
    }

    /// For the form, which says by itself what is wrong with a title.
    List<ReportPage.Alike> find(ItemType type, String product, String title, Actor actor) {
        try {
            return find(new Asked(type.name(), product, title), actor).stream()
                    .map(row -> new ReportPage.Alike(row.key(), row.title(), Stations.title(type, row.state())))
                    .toList();
        } catch (Problem noTitle) {
            return List.of();
        }
    }

    static String sql(Sight sight) {
        return (sight.inside() ? SQL : OWN).replace("SEEN", sight.of("i"));
    }

    static Map<String, Object> parameters(Asked asked, List<String> words, Sight sight) {
        var longest = words.getFirst();
        var middle = (longest.length() + 1) / 2;
        var parameters = new HashMap<String, Object>(Map.of(
                "title",
                asked.title(),
                "prefix",
                asked.product().isEmpty() ? "" : asked.product() + "-",
                "type",
                asked.type(),
                "first",
                "%" + longest.substring(0, middle) + "%",
                "second",
                "%" + longest.substring(longest.length() - middle) + "%",
                "most",
                MOST));
        parameters.putAll(sight.parameters());
        for (var together = 1; together <= WORDS; together++) {
            parameters.put("words" + together, anyOf(words, Math.min(together, words.size())));
        }
        return parameters;
    }

    /// The longest words are the rare ones as a rule.
    static List<String> longest(String title) {
        return BETWEEN_WORDS
                .splitAsStream(title.toLowerCase(Locale.ROOT))
                .filter(word -> word.length() > 1)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .limit(WORDS)
                .toList();
    }

    /// A query for what has so many of the words at least.
    static String anyOf(List<String> words, int together) {
        var choices = new ArrayList<String>();
        for (var bits = 0; bits < 1 << words.size(); bits++) {
            if (Integer.bitCount(bits) == together) {
                var chosen = BitSet.valueOf(new long[] {bits});
                choices.add(chosen.stream().mapToObj(words::get).collect(Collectors.joining(" & ", "(", ")")));
            }
        }
        return String.join(" | ", choices);
    }
}
