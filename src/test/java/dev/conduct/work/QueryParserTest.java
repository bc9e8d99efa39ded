package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.work.ItemQuery.Match;
import dev.conduct.work.ItemQuery.Overdue;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.ItemQuery.Span;
import dev.conduct.work.ItemQuery.Standing;
import dev.conduct.work.ItemQuery.Subject;
import dev.conduct.work.ItemQuery.When;
import dev.conduct.work.ItemQuery.Words;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

class QueryParserTest {

    @Example
    void the_query_of_the_contract_is_read() {
        var query = QueryParser.parse(
                "type:bug severity:critical,high assignee:me state:!closed updated:>7d \"two words\"");

        assertThat(query.terms())
                .containsExactly(
                        new Match(Subject.TYPE, Set.of("bug"), 1, false),
                        new Match(Subject.SEVERITY, Set.of("critical", "high"), 10, false),
                        new Match(Subject.ASSIGNEE, Set.of("me"), 33, false),
                        new Match(Subject.STATE, Set.of("closed"), 45, true),
                        new When(ItemQuery.Moment.UPDATED, false, new Span(Duration.ofDays(7)), 59, false),
                        new Words("two words", true, 71, false));
        assertThat(query.sort()).isEqualTo(Sort.UPDATED);
    }

    @Example
    void a_minus_excludes_and_quotes_keep_names_with_spaces_together() {
        assertThat(QueryParser.parse("-component:\"log in\",cart -is:open -crash due:overdue sort:due")
                        .terms())
                .containsExactly(
                        new Match(Subject.COMPONENT, Set.of("log in", "cart"), 1, true),
                        new Standing(true, 26, true),
                        new Words("crash", false, 35, true),
                        new Overdue(42, false));
    }

    @Example
    void addresses_and_times_are_words() {
        assertThat(QueryParser.parse("https://example.com/a 12:30 a-b").terms())
                .extracting(term -> ((Words) term).text())
                .containsExactly("https://example.com/a", "12:30", "a-b");
    }

    @Example
    void every_mistake_is_told_at_its_place_with_the_nearest_word() {
        assertThat(mistakes("sevrity:high is:opn created:>tomorrow sort:due,created \"open"))
                .extracting(FieldProblem::code)
                .containsExactly("unknown_filter", "unknown_value", "not_a_moment", "one_value", "open_quote");
        assertThat(mistakes("sevrity:high").getFirst().says())
                .startsWith("at character 1:")
                .contains("write severity");
        assertThat(mistakes("is:opn").getFirst().says())
                .startsWith("at character 4:")
                .contains("write open");
        assertThat(mistakes("type:").getFirst().code()).isEqualTo("no_value");
    }

    @Property(tries = 2_000)
    void whatever_is_written_is_read_or_explained(@ForAll @StringLength(max = 60) String text) {
        readOrExplained(text);
    }

    @Property(tries = 2_000)
    void whatever_looks_like_a_query_is_read_or_explained(@ForAll("queries") String text) {
        readOrExplained(text);
    }

    @Property
    void words_in_quotes_are_found_as_they_are(@ForAll("plain") String words) {
        var terms = QueryParser.parse("\"" + words + "\"").terms();

        assertThat(terms).containsExactly(new Words(words, true, 1, false));
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.strings()
                .withChars("abc :-!,<>&|()*'\\é漢")
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> !text.isBlank());
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(
                        "type:",
                        "state:",
                        "is:",
                        "sort:",
                        "due:",
                        "created:",
                        "-",
                        "!",
                        "\"",
                        ",",
                        "<",
                        ">",
                        "7d",
                        "2026-01-01",
                        "open",
                        "bug",
                        " ",
                        ":",
                        "overdue",
                        "99999y",
                        "2026-02-30",
                        "&",
                        "|",
                        "'",
                        "\\")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    private static void readOrExplained(String text) {
        try {
            assertThat(QueryParser.parse(text).terms())
                    .allSatisfy(term -> assertThat(term.at()).isBetween(1, text.length()));
        } catch (Problem explained) {
            assertThat(explained.status()).isEqualTo(400);
            assertThat(explained.errors()).isNotEmpty().allSatisfy(error -> {
                assertThat(error.field()).isEqualTo("q");
                assertThat(error.says()).isNotBlank();
            });
        }
    }

    private static List<FieldProblem> mistakes(String query) {
        return catchThrowableOfType(Problem.class, () -> QueryParser.parse(query))
                .errors();
    }
}
