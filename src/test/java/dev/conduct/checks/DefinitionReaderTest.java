package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The text of a check tells every mistake with its line.
class DefinitionReaderTest {

    private static final String RIGHT = """
            title: It answers
            environment: staging
            every: 15 min
            steps:
              - name: Front page
                http: GET https://shop.example.com/
                expect: {status: [200, 204], within: 800 ms}
            """;

    @Test
    void a_database_elsewhere_is_verified_unless_the_text_says_otherwise() throws Probe.Failed {
        assertThat(DatabaseProbe.sslMode("db.example.com", null)).isEqualTo("verify-full");
        assertThat(DatabaseProbe.sslMode("localhost", null)).isEqualTo("prefer");
        assertThat(DatabaseProbe.sslMode("db.example.com", "sslmode=require")).isEqualTo("require");
        assertThatThrownBy(() -> DatabaseProbe.sslMode("db.example.com", "sslmode=prefer&sslrootcert=/etc/passwd"))
                .isInstanceOf(Probe.Failed.class);
    }

    @Test
    void a_text_becomes_what_it_says() {
        var read = DefinitionReader.read(RIGHT);

        assertThat(read.every()).hasMinutes(15);
        assertThat(read.steps()).singleElement().isInstanceOfSatisfying(Step.Http.class, step -> {
            assertThat(step.method()).isEqualTo("GET");
            assertThat(step.expect().status()).containsExactlyInAnyOrder(200, 204);
            assertThat(step.expect().within()).hasMillis(800);
        });
    }

    @Test
    void all_mistakes_are_told_at_once_each_with_its_line() {
        assertThat(mistakes("""
                        title:
                        environment: staging
                        evry: 15 min
                        steps:
                          - http: FETCH /x
                            expect: {status: 99, json: {token: present}}
                          - tcp: nowhere
                          - say: hello
                        """))
                .anyMatch(says -> says.startsWith("Line 1: title is missing."))
                .anyMatch(says -> says.startsWith("Line 3: evry is not known here. Write one of title,"))
                .anyMatch(says -> says.startsWith("Line 5: http must be a method and an address"))
                .anyMatch(says -> says.startsWith("Line 6: status must be three digits"))
                .anyMatch(says -> says.startsWith("Line 6: json: token must be a JSON pointer"))
                .anyMatch(says -> says.startsWith("Line 7: tcp must be host:port"))
                .anyMatch(says -> says.startsWith("Line 8: this step does nothing."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "15 min|10 s|every must be between 1 min and 31 d",
                "15 min|soon|every must be a time such as",
                "GET https://shop.example.com/|GET https://shop.example.com/ now|http must be a method and an address",
                "800 ms|eight|within must be a time",
                "name: Front page|headers: {Host: x}|Host cannot be set",
                "title: It answers|title: [a, b]|title must be a text",
                "environment: staging|environment: not a name!|environment must be letters",
                "within: 800 ms|schema: {type: 7}|schema: /type",
                "within: 800 ms|schema: {pattern: '('}|missing closing",
                "steps:|steps: {}|this is not YAML",
            })
    void each_mistake_has_its_words(String right, String wrong, String says) {
        assertThat(mistakes(RIGHT.replace(right, wrong))).anyMatch(told -> told.contains(says));
    }

    @Test
    void a_place_that_stands_for_another_is_not_followed() {
        assertThat(mistakes("title: &t [*t]\n")).containsExactly("Line 1: *t stands for another place. Write it out.");
    }

    @Test
    void a_drill_is_not_done_by_a_schedule() {
        assertThat(mistakes(RIGHT + "  - drill: {break: [], survives: [], mend: []}\n"))
                .anyMatch(says -> says.contains("runs only when asked"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1; commit",
                "commit",
                "/* */ COMMIT",
                "-- now\nrollback",
                "set transaction read write",
                "do $$ begin end $$",
            })
    void a_statement_that_could_stay_is_refused(String sql) {
        assertThat(OneStatement.more(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"select 1", "select 1;", "with a as (select 1) select * from a", "insert into t values (1)"})
    void one_statement_is_one(String sql) {
        assertThat(OneStatement.more(sql)).isFalse();
    }

    @Test
    void values_that_stand_for_one_another_do_not_grow_without_end() {
        var values = new Values(Map.of("a", "${b}".repeat(5_000), "b", "x".repeat(5_000)), Map.of());

        assertThatThrownBy(() -> values.fill("${a}".repeat(5_000))).hasMessageContaining("is longer than");
    }

    @Property(tries = 500)
    void whatever_is_written_is_read_or_refused(@ForAll @StringLength(max = 200) String text) {
        readOrRefused(text);
        readOrRefused(RIGHT + text);
        readOrRefused(RIGHT.replace("staging", text));
    }

    private static void readOrRefused(String text) {
        try {
            assertThat(DefinitionReader.read(text).steps()).isNotEmpty();
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    private static List<String> mistakes(String text) {
        var refused = catchThrowableOfType(Problem.class, () -> DefinitionReader.read(text));
        return refused.errors().stream().map(FieldProblem::says).toList();
    }
}
