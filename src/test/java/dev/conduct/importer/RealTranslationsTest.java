package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real files said in our words: every record is either told whole or refused for words that are named.
class RealTranslationsTest {

    @ParameterizedTest
    @CsvSource({
        "JIRA, jira-apache-hdfs.jsonl, , 57, 0",
        "JIRA, jira-apache-zookeeper.jsonl, , 55, 0",
        "BUGZILLA, bugzilla-eclipse-aspectj-a.json, , 45, 0",
        "BUGZILLA, bugzilla-eclipse-aspectj-b.json, , 139, 1",
        "CSV, gitbugs-seamonkey.csv, seamonkey.yaml, 1076, 0",
        "EVENTS_CSV, servicenow-incidents.csv, servicenow.yaml, 1884, 3",
        "EVENTS_CSV, bpic2013-volvo-incidents.csv, volvo.yaml, 4706, 0",
        "EVENTS_CSV, bpic2014-rabobank-incident-activities.csv, rabobank.yaml, 2437, 0",
        "EVENTS_CSV, running-example.csv, textbook-csv.yaml, 6, 0",
        "XES, running-example.xes, textbook.yaml, 6, 0",
    })
    void a_record_is_told_whole_or_refused_by_name(
            ImportFormat format, String name, @Nullable String mapping, int told, int refused) throws IOException {
        var read = Corpus.read(format, Corpus.real("issue-history/" + name), mapping);
        var translation = new Translation(
                new Vocabulary(Corpus.mapping(format, mapping), TranslationTest.bug()),
                "PAY",
                Instant.parse("2026-11-23T16:00:00Z"));
        var ready = 0;
        var asked = new TreeMap<String, Integer>();
        for (var issue : read.issues()) {
            switch (translation.translate(issue, SourceIssue.Author::id)) {
                case Translation.Ready done -> {
                    ready++;
                    assertThat(done.item().acts())
                            .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
                }
                case Translation.Refused no -> {
                    assertThat(no.unmapped()).isNotEmpty();
                    no.unmapped()
                            .forEach((kind, words) -> words.forEach(
                                    (word, count) -> asked.merge(kind + " " + word, count, Integer::sum)));
                }
            }
        }

        assertThat(List.of(ready, read.issues().size() - ready)).isEqualTo(List.of(told, refused));
        assertThat(asked)
                .isEqualTo(
                        switch (name) {
                            case "servicenow-incidents.csv" -> Map.of("state Awaiting Evidence", 9);
                            case "bugzilla-eclipse-aspectj-b.json" -> Map.of("resolution REMIND", 1);
                            default -> Map.of();
                        });
    }
}
