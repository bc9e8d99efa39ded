package dev.conduct.importer;

import static dev.conduct.importer.Corpus.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Field;
import dev.conduct.procedure.ItemType.FieldKind;
import dev.conduct.procedure.ItemType.Meaning;
import dev.conduct.procedure.ItemType.State;
import dev.conduct.work.HistoricAct;
import dev.conduct.work.HistoricAct.StateChange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TranslationTest {

    private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
    private static final List<String> DEGREES = List.of("critical", "high", "medium", "low");

    @Test
    void each_change_of_state_keeps_its_time_author_and_word() throws IOException {
        var item = ready(ImportFormat.JIRA, "jira-one.json", null, "PAY-7").item();

        assertThat(item.state()).isEqualTo("logged");
        assertThat(item.sourceState()).isEqualTo("Open");
        assertThat(item.fields()).containsEntry("priority", "high").containsEntry("component", "Billing");
        assertThat(states(item.acts()))
                .containsExactly(
                        "2026-01-06T08:00:00Z a-tom in_fix In Progress",
                        "2026-01-07T08:00:00Z a-tom in_review Patch Available",
                        "2026-01-08T11:00:00Z a-ana resolved Resolved (Fixed)",
                        "2026-01-09T16:00:00Z a-mei closed Closed (Fixed)");
        assertThat(item.acts())
                .filteredOn(HistoricAct.FieldChange.class::isInstance)
                .singleElement()
                .isEqualTo(new HistoricAct.FieldChange(
                        "fields:1767601800000",
                        Instant.parse("2026-01-05T08:30:00Z"),
                        "a-ana",
                        null,
                        null,
                        Map.of("priority", "critical"),
                        List.of()));
        assertThat(item.acts())
                .filteredOn(HistoricAct.Link.class::isInstance)
                .extracting(act -> ((HistoricAct.Link) act).otherExternalId())
                .containsExactly("PAY-9");
    }

    @Test
    void what_is_not_kept_is_counted() throws IOException {
        var ready = ready(ImportFormat.JIRA, "jira-one.json", null, "PAY-7");

        assertThat(ready.lost())
                .containsEntry("changes of Sprint", 1)
                .containsEntry("links `is related to`, which have no counterpart here", 1)
                .containsEntry("attachments (the export names them, it does not hold them)", 1);
    }

    @Test
    void a_newer_export_names_what_it_had_before_the_same() throws IOException {
        var before = ids(ready(ImportFormat.JIRA, "jira-one.json", null, "PAY-7"));
        var after = ids(ready(ImportFormat.JIRA, "jira-one-newer.json", null, "PAY-7"));

        assertThat(after).containsAll(before);
        assertThat(after).hasSize(before.size() + 2);
    }

    @Test
    void without_a_changelog_only_what_is_known_is_told() throws IOException {
        var duplicate = ready(ImportFormat.JIRA, "jira-search.json", null, "PAY-10");
        var open = ready(ImportFormat.JIRA, "jira-search.json", null, "PAY-9");

        assertThat(states(duplicate.item().acts()))
                .containsExactly("2026-02-02T08:00:00Z (not told) rejected Closed (Duplicate)");
        assertThat(((StateChange) duplicate.item().acts().getFirst()).fields()).containsEntry("reason", "duplicate");
        assertThat(duplicate.lost())
                .containsEntry("visits of states whose times and authors the export does not give (no changelog)", 2)
                .containsEntry("changes whose author the file does not tell", 1);
        assertThat(open.item().acts()).isEmpty();
        assertThat(open.item().state()).isEqualTo("logged");
    }

    @Test
    void a_resolution_decides_whether_a_bug_was_rejected() throws IOException {
        var bug =
                ready(ImportFormat.BUGZILLA, "bugzilla-bugs.json", null, "4001").item();
        var reopened = ready(ImportFormat.BUGZILLA, "bugzilla-history.json", null, "4001")
                .item();

        assertThat(states(bug.acts()))
                .containsExactly(
                        "2025-03-02T09:00:00Z tom@example.org assigned ASSIGNED",
                        "2025-03-05T08:00:00Z tom@example.org rejected RESOLVED (DUPLICATE)");
        assertThat(bug.fields()).containsEntry("severity", "medium").containsEntry("priority", "high");
        assertThat(states(reopened.acts()))
                .containsExactly(
                        "2025-03-02T09:00:00Z tom@example.org assigned ASSIGNED",
                        "2025-03-04T09:00:00Z tom@example.org resolved RESOLVED (FIXED)",
                        "2025-03-06T09:00:00Z mei@example.org logged REOPENED");
    }

    @Test
    void a_github_issue_closed_unplanned_and_reopened_is_told_so() throws IOException {
        var issue = ready(ImportFormat.GITHUB, "github.json", "github-labels.yaml", "acme/shop#12")
                .item();

        assertThat(states(issue.acts()))
                .containsExactly(
                        "2026-03-02T10:00:00Z 72 rejected closed (not_planned)",
                        "2026-03-03T10:00:00Z 71 logged open",
                        "2026-03-04T10:00:00Z 72 closed closed (completed)");
        assertThat(issue.fields()).containsEntry("severity", "critical");
    }

    @Test
    void a_state_without_a_counterpart_is_asked_for_by_name() throws IOException {
        var refused = refused(ImportFormat.JIRA, "jira-broken.jsonl", null, "PAY-23");

        assertThat(refused.unmapped()).isEqualTo(Map.of("state", Map.of("Awaiting Parts", 1)));
        assertThat(refused.says())
                .contains("`Awaiting Parts` has no counterpart")
                .contains("`states`");
    }

    @Test
    void a_mapping_of_ones_own_answers_it() throws IOException {
        var issue = issue(ImportFormat.JIRA, "jira-broken.jsonl", null, "PAY-23");
        var mapping = mapping("states:\n  Awaiting Parts: assigned\n");

        var ready = (Translation.Ready) translation(mapping).translate(issue, SourceIssue.Author::id);

        assertThat(states(ready.item().acts())).singleElement().asString().endsWith("assigned Awaiting Parts");
    }

    @Test
    void text_that_cannot_be_kept_refuses_its_issue_alone() throws IOException {
        assertThat(refused(ImportFormat.JIRA, "jira-broken.jsonl", null, "PAY-24")
                        .says())
                .contains("title")
                .contains("NUL");
        assertThat(refused(ImportFormat.JIRA, "jira-broken.jsonl", null, "PAY-25")
                        .says())
                .contains("byte that is not valid");
        ready(ImportFormat.JIRA, "jira-broken.jsonl", null, "PAY-26");
    }

    @Test
    void a_word_of_the_mapping_that_the_type_does_not_know_is_named() {
        var mapping = mapping("states: {Open: logd}\nvalues: {priority: {Major: urgent}}\n");

        assertThatThrownBy(() -> translation(mapping))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(dev.conduct.kernel.FieldProblem::field)
                                .containsExactly("states.Open", "values.priority.Major"));
    }

    @Test
    void every_built_in_mapping_speaks_of_the_bug_line() {
        for (var format : ImportFormat.values()) {
            translation(MappingReader.read(format, List.of()));
        }
    }

    private static Mapping mapping(String yaml) {
        return MappingReader.read(ImportFormat.JIRA, List.of(new Imports.Overlay("mine.yaml", yaml)));
    }

    private static Translation translation(Mapping mapping) {
        return new Translation(new Vocabulary(mapping, bug()), "PAY", NOW);
    }

    private static SourceIssue issue(ImportFormat format, String file, @Nullable String mapping, String id)
            throws IOException {
        return Corpus.read(format, own(file), mapping).issue(file, id);
    }

    private static Translation.Result result(ImportFormat format, String file, @Nullable String mapping, String id)
            throws IOException {
        return translation(Corpus.mapping(format, mapping))
                .translate(issue(format, file, mapping, id), SourceIssue.Author::id);
    }

    private static Translation.Ready ready(ImportFormat format, String file, @Nullable String mapping, String id)
            throws IOException {
        return (Translation.Ready) result(format, file, mapping, id);
    }

    private static Translation.Refused refused(ImportFormat format, String file, @Nullable String mapping, String id)
            throws IOException {
        return (Translation.Refused) result(format, file, mapping, id);
    }

    private static List<String> states(List<HistoricAct> acts) {
        var told = new ArrayList<String>();
        for (var act : acts) {
            if (act instanceof StateChange change) {
                told.add(change.at() + " " + change.actor() + " " + change.to() + " " + change.sourceState());
            }
        }
        return told;
    }

    private static Set<String> ids(Translation.Ready ready) {
        var ids = new java.util.TreeSet<String>();
        ready.item().acts().forEach(act -> ids.add(act.externalId()));
        assertThat(ids).hasSize(ready.item().acts().size());
        return ids;
    }

    /// The bug line, as far as a translation looks at it.
    static ItemType bug() {
        var line = List.of(
                "reported",
                "logged",
                "triaged",
                "assigned",
                "in_fix",
                "in_review",
                "in_test",
                "approved",
                "deployed",
                "resolved",
                "closed");
        var states = new LinkedHashMap<String, State>();
        line.forEach(name -> states.put(name, new State(name, name, "")));
        states.put("rejected", new State("rejected", "rejected", ""));
        var fields = new LinkedHashMap<String, Field>();
        fields.put("severity", choice("severity", DEGREES, Meaning.SEVERITY));
        fields.put("priority", choice("priority", DEGREES, Meaning.PRIORITY));
        fields.put("reason", choice("reason", List.of("rejected", "duplicate", "cannot_reproduce"), Meaning.REASON));
        fields.put("kind", choice("kind", List.of("functional", "non_functional"), null));
        fields.put(
                "component", new Field("component", "", FieldKind.COMPONENT, List.of(), null, false, Set.of(), null));
        return new ItemType(
                "bug",
                "Bug",
                "Bugs",
                "BUG-1",
                "reported",
                line,
                Set.of("closed", "rejected"),
                Set.of(),
                Set.of(),
                "bug",
                fields,
                states,
                Map.of(),
                List.of(),
                List.of());
    }

    private static Field choice(String name, List<String> options, @Nullable Meaning meaning) {
        return new Field(name, name, FieldKind.CHOICE, options, null, false, Set.of(), meaning);
    }
}
