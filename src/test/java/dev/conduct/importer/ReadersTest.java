package dev.conduct.importer;

import static dev.conduct.importer.Corpus.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Link;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

    @TempDir
    Path folder;

    @Test
    void jira_keeps_every_change_with_its_time_and_author() throws IOException {
        var issue = Corpus.read(ImportFormat.JIRA, own("jira-one.json"), null).only();

        assertThat(issue.created()).isEqualTo(Instant.parse("2026-01-05T08:00:00Z"));
        assertThat(issue.reporter()).isEqualTo(new Author("a-mei", "Mei Lindqvist"));
        assertThat(issue.changes().stream()
                        .filter(change -> change.field().equals("state"))
                        .map(change -> change.at() + " " + change.from() + " -> " + change.to()))
                .containsExactly(
                        "2026-01-06T08:00:00Z Open -> In Progress",
                        "2026-01-07T08:00:00Z In Progress -> Patch Available",
                        "2026-01-08T11:00:00Z Patch Available -> Resolved",
                        "2026-01-09T16:00:00Z Resolved -> Closed");
        assertThat(issue.links()).contains(new Link("blocks", "PAY-9"), new Link("is related to", "PAY-3"));
        assertThat(issue.attachments()).containsExactly("invoice.pdf");
        assertThat(issue.lost())
                .containsEntry("comments that the export left out (`comment.total` says there are more)", 1)
                .containsEntry("field labels", 1);
    }

    @ParameterizedTest
    @CsvSource({"jira-search.json, 3", "jira-array.json, 2", "jira-one.json, 1", "jira-broken.jsonl, 5"})
    void jira_is_read_in_each_of_its_wrappings(String file, int issues) throws IOException {
        assertThat(Corpus.read(ImportFormat.JIRA, own(file), null).issues()).hasSize(issues);
    }

    @Test
    void a_broken_line_is_named_and_the_rest_goes_on() throws IOException {
        var read = Corpus.read(ImportFormat.JIRA, own("jira-broken.jsonl"), null);

        assertThat(read.broken()).containsOnlyKeys("jira-broken.jsonl:2");
        assertThat(read.issues().getLast().id()).isEqualTo("PAY-26");
        assertThat(read.issues().getLast().at()).isEqualTo("jira-broken.jsonl:6");
    }

    @Test
    void a_document_that_breaks_off_keeps_what_came_before() throws IOException {
        var whole = Files.readString(own("jira-array.json"));
        var file = Files.writeString(folder.resolve("cut.json"), whole.substring(0, whole.length() - 40));

        var read = Corpus.read(ImportFormat.JIRA, file, null);

        assertThat(read.issues()).hasSize(1);
        assertThat(read.broken().values()).singleElement().asString().contains("breaks off");
    }

    @Test
    void a_key_written_twice_is_refused_not_chosen_from() throws IOException {
        var file = Files.writeString(folder.resolve("twice.jsonl"), "{\"key\": \"A-1\", \"key\": \"A-2\"}\n");

        assertThat(Corpus.read(ImportFormat.JIRA, file, null).broken()).containsOnlyKeys("twice.jsonl:1");
    }

    @Test
    void bugzilla_bugs_are_read_with_history_and_comments() throws IOException {
        var read = Corpus.read(ImportFormat.BUGZILLA, own("bugzilla-bugs.json"), null);

        var bug = read.issue("bugs", "4001");
        assertThat(bug.description()).isEqualTo("Second monitor removed, window gone.");
        assertThat(bug.comments()).hasSize(1);
        assertThat(bug.links()).containsExactly(new Link("dupe_of", "4000"));
        assertThat(read.steps("state")).containsOnlyKeys("UNCONFIRMED -> ASSIGNED", "ASSIGNED -> RESOLVED");
        assertThat(bug.lost()).containsEntry("field version", 1).containsEntry("field product", 1);
    }

    @Test
    void a_bugzilla_history_alone_says_what_it_does_not_know() throws IOException {
        var answer = Corpus.read(ImportFormat.BUGZILLA, own("bugzilla-history.json"), null)
                .only();
        var dictionary = Corpus.read(ImportFormat.BUGZILLA, own("bugzilla-dictionary.json"), null);

        assertThat(answer.changes()).hasSize(5);
        assertThat(answer.title()).isEqualTo("Bugzilla bug 4001");
        assertThat(answer.kept().keySet()).anyMatch(what -> what.startsWith("creation taken as the earliest"));
        assertThat(dictionary.only().created()).isEqualTo(Instant.parse("2003-07-16T23:30:35Z"));
        assertThat(dictionary.broken()).containsOnlyKeys("bugzilla-dictionary.json:3");
    }

    @Test
    void github_issues_are_read_with_their_timeline() throws IOException {
        var read = Corpus.read(ImportFormat.GITHUB, own("github.json"), "github-labels.yaml");

        var issue = read.issue("github", "acme/shop#12");
        assertThat(read.steps("state")).containsEntry("open -> closed", 3).containsEntry("closed -> open", 1);
        assertThat(issue.comments()).hasSize(1);
        assertThat(issue.fields()).containsEntry("severity", "critical");
        assertThat(issue.lost()).containsEntry("label cart", 1).containsEntry("event cross-referenced", 1);
        assertThat(read.issue("github", "acme/shop#13").lost())
                .containsEntry("comments that the export counts but does not hold", 2);
        assertThat(read.broken().values()).singleElement().asString().contains("pull request");
    }

    @Test
    void csv_keeps_quoted_lines_and_formulas_as_text() throws IOException {
        var read = Corpus.read(ImportFormat.CSV, own("list.csv"), "list.yaml");

        assertThat(read.issue("list", "7").title()).isEqualTo("Erste; mit \"Anführung\"");
        assertThat(read.issue("list", "7").description()).isEqualTo("Zeile eins\r\nZeile zwei");
        assertThat(read.issue("list", "7").created()).isEqualTo(Instant.parse("2025-12-24T17:30:00Z"));
        assertThat(read.issue("list", "8").title()).isEqualTo("=HYPERLINK(\"http://example.org\")");
        assertThat(read.issue("list", "8").description()).isEqualTo("+1+1");
        assertThat(read.issue("list", "8").at()).isEqualTo("list.csv:4");
        assertThat(read.issue("list", "11").description()).isEmpty();
        assertThat(read.broken()).containsOnlyKeys("list.csv:5", "list.csv:6");
        assertThat(read.broken().get("list.csv:6")).contains("31.02.2026");
    }

    @Test
    void csv_in_another_encoding_is_read_by_its_mapping() throws IOException {
        var file = Files.write(
                folder.resolve("latin.csv"),
                "id,t,s,c\n1,café,open,2026-01-01T00:00:00Z\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        var columns = "columns: {id: id, title: t, state: s, created: c}\n";

        var right = read(file, columns + "encoding: ISO-8859-1\n");
        var wrong = read(file, columns);

        assertThat(right.only().title()).isEqualTo("café");
        assertThat(FaithfulReader.marksInvalidByte(wrong.only().title().charAt(3)))
                .isTrue();
    }

    @Test
    void a_column_that_is_not_there_is_named_with_those_that_are() {
        var columns = "columns: {id: Number, title: Titel, state: Zustand, created: Angelegt}\ndelimiter: ';'\n";

        assertThatThrownBy(() -> read(own("list.csv"), columns))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column `Number`")
                .hasMessageContaining("Nr, Titel, Zustand");
    }

    @Test
    void a_quote_left_open_is_told_with_its_line() throws IOException {
        var file = Files.writeString(
                folder.resolve("open.csv"), "id,t,s,c\n1,a,open,2026-01-01T00:00:00Z\n2,\"b,open,2026-01-01\n");

        var read = read(file, "columns: {id: id, title: t, state: s, created: c}\n");

        assertThat(read.issues()).hasSize(1);
        assertThat(read.broken()).containsOnlyKeys("open.csv:3");
    }

    @Test
    void events_come_into_order_and_a_broken_one_refuses_its_whole_case() throws IOException {
        var read = Corpus.read(ImportFormat.EVENTS_CSV, own("events.csv"), "events.yaml");

        var first = read.issue("events", "C-1");
        assertThat(first.created()).isEqualTo(Instant.parse("2026-02-12T07:00:00Z"));
        assertThat(read.steps("state")).containsEntry("New -> Work", 1).containsEntry("Work -> Done", 1);
        assertThat(first.changes().getFirst().author()).isNull();
        assertThat(read.broken()).containsOnlyKeys("events.csv:6");
        assertThat(read.issues()).extracting(SourceIssue::id).containsExactly("C-1", "C-3");
    }

    @Test
    void xes_is_read_with_a_doctype_but_without_its_entities() throws IOException {
        var genuine = Corpus.read(ImportFormat.XES, own("log.xes"), null);
        var bomb = Corpus.read(ImportFormat.XES, own("bomb.xes"), null);

        assertThat(genuine.only().id()).isEqualTo("T-1");
        assertThat(genuine.only().reporter()).isEqualTo(new Author("mei & co", "mei & co"));
        assertThat(genuine.broken()).hasSize(2);
        assertThat(bomb.issues()).isEmpty();
        assertThat(bomb.broken().values()).singleElement().asString().contains("entity");
    }

    @Test
    void an_archive_is_refused_not_opened() throws IOException {
        var file = Files.write(folder.resolve("issues.json"), new byte[] {0x50, 0x4B, 0x03, 0x04, 0, 0});

        assertThatThrownBy(() -> new SourceFile(file).refuseArchive()).hasMessageContaining("is an archive");
    }

    @Test
    void every_mistake_of_a_mapping_is_told_with_its_line() {
        var mapping = "states:\n  Open: logged\nstatez: {}\nlabels:\n  x: critical\n";

        assertThatThrownBy(() -> MappingReader.read(
                        ImportFormat.JIRA, java.util.List.of(new Imports.Overlay("my.yaml", mapping))))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(dev.conduct.kernel.FieldProblem::field)
                                .containsExactly("my.yaml:3", "my.yaml:5"));
    }

    private static Corpus.Read read(Path file, String mapping) throws IOException {
        var read = new Corpus.Read(new java.util.ArrayList<>(), new java.util.TreeMap<>());
        ImportFormat.CSV
                .reader()
                .read(
                        new SourceFile(file),
                        MappingReader.read(ImportFormat.CSV, java.util.List.of(new Imports.Overlay("m.yaml", mapping))),
                        read);
        return read;
    }
}
