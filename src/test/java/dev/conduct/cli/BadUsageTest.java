package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BadUsageTest {

    @Test
    void an_unknown_command_is_refused_with_why_and_how() {
        assertThat(wordsOf("sevre")).hasSize(2).last().isEqualTo("./conduct --help lists the commands.");
    }

    @Test
    void an_unknown_option_is_refused_with_why_and_how() {
        assertThat(wordsOf("serve", "--prot", "80"))
                .hasSize(2)
                .first()
                .asString()
                .contains("--prot");
    }

    @Test
    void a_port_that_cannot_be_is_refused() {
        assertThat(wordsOf("serve", "--port", "70000"))
                .containsExactly(
                        "--port is from 0 to 65535, not 70000.", "./conduct serve --help shows how it is used.");
    }

    @Test
    void an_import_of_a_file_or_format_that_is_not_there_is_refused() {
        assertThat(wordsOf("import", "jira", "nowhere.json", "--product", "APP"))
                .containsExactly(
                        "nowhere.json is not a file that can be read.",
                        "./conduct import --help shows how it is used.");
        assertThat(wordsOf("import", "jirra", "pom.xml", "--product", "APP"))
                .first()
                .asString()
                .contains("`jirra` is not one of jira, bugzilla, github, csv, events-csv, xes");
    }

    @Test
    void no_command_at_all_is_refused() {
        assertThat(wordsOf()).first().isEqualTo("Say which command to run.");
    }

    private static java.util.List<String> wordsOf(String... arguments) {
        var words = new ByteArrayOutputStream();
        var usual = System.err;
        System.setErr(new PrintStream(words, true, StandardCharsets.UTF_8));
        try {
            assertThat(CommandLine.run(arguments)).isEqualTo(2);
        } finally {
            System.setErr(usual);
        }
        return words.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
