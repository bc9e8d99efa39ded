package dev.conduct.importer;

import static dev.conduct.importer.Corpus.counts;
import static dev.conduct.importer.Corpus.expected;
import static dev.conduct.importer.Corpus.json;
import static dev.conduct.importer.Corpus.real;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The readers against real files and the totals another program counted in them.
class RealHistoriesTest {

    @ParameterizedTest
    @ValueSource(strings = {"jira-apache-hdfs.jsonl", "jira-apache-zookeeper.jsonl"})
    void jira_issues_are_read_whole(String name) throws IOException {
        var file = "issue-history/" + name;
        var read = Corpus.read(ImportFormat.JIRA, real(file), null);

        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected(file).get("issues").asInt());
        assertThat(read.known("state")).isEqualTo(counts(expected(file).get("by_status")));
        assertThat(read.known("issuetype")).isEqualTo(counts(expected(file).get("by_type")));
        assertThat(read.issues())
                .allMatch(issue ->
                        issue.lost().keySet().stream().anyMatch(what -> what.startsWith("issues without a changelog")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jira-apache-hdfs.jsonl", "jira-apache-zookeeper.jsonl"})
    void time_in_status_gives_the_visits_of_each_state(String name) throws IOException {
        var file = real("issue-history/" + name);
        var visits = new java.util.TreeMap<String, Integer>();
        var reopened = new int[1];
        new JsonRecords(
                        new SourceFile(file),
                        new Corpus.Read(new java.util.ArrayList<>(), new java.util.TreeMap<>()),
                        (_, _, record) -> Json.text(record, "fields", "customfield_12310222")
                                .ifPresent(text -> {
                                    var states = JiraReader.timeInStatus(text);
                                    states.forEach((state, time) -> visits.merge(state, time.visits(), Integer::sum));
                                    reopened[0] += states.containsKey("4") ? 1 : 0;
                                }))
                .read();

        var expected = expected("issue-history/" + name);
        assertThat(visits).isEqualTo(counts(expected.get("status_visits_by_id")));
        assertThat(reopened[0])
                .isEqualTo(expected.get("issues_that_were_reopened_per_customfield_12310222")
                        .asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bugzilla-eclipse-aspectj-a.json", "bugzilla-eclipse-aspectj-b.json"})
    void bugzilla_histories_keep_every_step(String name) throws IOException {
        var file = "issue-history/" + name;
        var read = Corpus.read(ImportFormat.BUGZILLA, real(file), null);

        var expected = expected(file);
        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected.get("bugs").asInt());
        assertThat(read.steps("state")).isEqualTo(counts(expected.get("status_transitions")));
        assertThat(read.taken("resolution")).isEqualTo(counts(expected.get("resolution_added")));
        assertThat(read.issues().stream()
                        .filter(issue -> issue.changes().stream().anyMatch(change -> "REOPENED".equals(change.to())))
                        .count())
                .isEqualTo(expected.get("bugs_with_REOPENED").asInt());
        assertThat(Corpus.json(real(file)).properties().stream()
                        .mapToInt(bug -> bug.getValue().size())
                        .sum())
                .isEqualTo(expected.get("history_entries").asInt());
    }

    @Test
    void a_list_of_bugs_in_csv_is_read_with_its_quoted_lines() throws IOException {
        var file = "issue-history/gitbugs-seamonkey.csv";
        var read = Corpus.read(ImportFormat.CSV, real(file), "seamonkey.yaml");

        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected(file).get("issues").asInt());
        assertThat(read.known("state")).isEqualTo(counts(expected(file).get("by_status")));
        assertThat(read.known("resolution")).isEqualTo(counts(expected(file).get("by_resolution")));
        var first = read.issue(file, "1606681");
        assertThat(first.created()).isEqualTo(Instant.parse("2020-01-02T17:14:21Z"));
        assertThat(first.description()).startsWith("Port the following bug:\n* Bug 752376");
    }

    @Test
    void servicenow_events_are_read_with_their_dates_and_nulls() throws IOException {
        var file = "issue-history/servicenow-incidents.csv";
        var read = Corpus.read(ImportFormat.EVENTS_CSV, real(file), "servicenow.yaml");

        var oracle = json(real("issue-history/servicenow-incidents.expected.json"));
        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected(file).get("cases").asInt());
        assertThat(read.taken("state")).isEqualTo(counts(expected(file).get("state_events")));
        assertThat(read.steps("state")).isEqualTo(counts(oracle.get("transitions")));
        assertThat(read.firstStates()).isEqualTo(counts(oracle.get("first_state")));
        assertThat(read.known("state")).isEqualTo(counts(oracle.get("last_state")));
        var first = read.issue(file, "INC0000060");
        assertThat(first.created()).isEqualTo(Instant.parse("2016-02-29T06:38:00Z"));
        assertThat(first.fields()).doesNotContainKey("problem_id");
    }

    @Test
    void volvo_events_are_read_with_their_offsets() throws IOException {
        var file = "issue-history/bpic2013-volvo-incidents.csv";
        var read = Corpus.read(ImportFormat.EVENTS_CSV, real(file), "volvo.yaml");

        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected(file).get("cases").asInt());
        assertThat(read.taken("state")).isEqualTo(counts(expected(file).get("sub_status_events")));
        assertThat(read.issues().stream().map(SourceIssue::created).min(Instant::compareTo))
                .contains(Instant.parse("2010-03-31T14:59:42Z"));
        assertThat(read.issues().stream()
                        .map(issue -> issue.changes().getLast().at())
                        .max(Instant::compareTo))
                .contains(Instant.parse("2012-05-22T23:22:25Z"));
    }

    @Test
    void rabobank_activities_come_into_order_whatever_their_order_in_the_file() throws IOException {
        var file = "issue-history/bpic2014-rabobank-incident-activities.csv";
        var read = Corpus.read(ImportFormat.EVENTS_CSV, real(file), "rabobank.yaml");

        var oracle = json(real("issue-history/bpic2014-rabobank.expected.json"));
        assertThat(read.broken()).isEmpty();
        assertThat(read.issues()).hasSize(expected(file).get("cases").asInt());
        assertThat(read.taken("state")).isEqualTo(counts(expected(file).get("activities")));
        assertThat(read.firstStates()).isEqualTo(counts(oracle.get("first_state")));
        assertThat(read.known("state")).isEqualTo(counts(oracle.get("last_state")));
        assertThat(read.steps("state")).isEqualTo(counts(oracle.get("transitions")));
    }

    @Test
    void the_same_log_in_csv_and_in_xes_is_read_the_same() throws IOException {
        var oracle = expected("issue-history/running-example.xes");
        var xes = Corpus.read(ImportFormat.XES, real("issue-history/running-example.xes"), "textbook.yaml");
        var csv = Corpus.read(ImportFormat.EVENTS_CSV, real("issue-history/running-example.csv"), "textbook-csv.yaml");

        for (var read : java.util.List.of(xes, csv)) {
            assertThat(read.broken()).isEmpty();
            assertThat(read.issues()).hasSize(oracle.get("cases").asInt());
            assertThat(read.taken("state").values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(oracle.get("events").asInt());
            assertThat(read.steps("state")).isEqualTo(counts(oracle.get("transitions")));
        }
        assertThat(xes.issues().stream().map(SourceIssue::changes))
                .containsExactlyInAnyOrderElementsOf(
                        csv.issues().stream().map(SourceIssue::changes).toList());
    }

    @Test
    void a_log_with_sparse_columns_and_another_delimiter_is_read() throws IOException {
        var file = "issue-history/sepsis.csv";
        var read = Corpus.read(ImportFormat.EVENTS_CSV, real(file), "sepsis.yaml");

        assertThat(read.broken()).isEmpty();
        assertThat(read.taken("state").values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(expected(file).get("rows").asInt());
        // 2014/10/22 11:15:41 in Amsterdam, daylight saving time
        assertThat(read.issue(file, "A").created()).isEqualTo(Instant.parse("2014-10-22T09:15:41Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billion-laughs.xml", "classic-1.xml", "classic-3.xml", "internal-entity.xml"})
    void xml_with_entities_is_refused_clearly(String name) throws IOException {
        var read = Corpus.read(ImportFormat.XES, real("conformance/xxe/" + name), null);

        assertThat(read.issues()).isEmpty();
        assertThat(read.broken()).hasSize(1);
        assertThat(read.broken().values().iterator().next()).doesNotContain("root:");
    }
}
