package dev.conduct.procedure;

import static dev.conduct.procedure.Bug.PETRA;
import static dev.conduct.procedure.Bug.QUINN;
import static dev.conduct.procedure.Bug.RALF;
import static dev.conduct.procedure.Bug.RITA;
import static dev.conduct.procedure.Bug.SUSAN;
import static dev.conduct.procedure.Bug.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every gate of the bug line, held and clear.
class BugGatesTest {

    private static Reason.Kind held(Signal.Verdict verdict, String gate) {
        return verdict.blockedBy().stream()
                .filter(reason -> reason.gate().equals(gate))
                .findFirst()
                .orElseThrow(() -> new AssertionError(gate + " does not hold: " + verdict.blockedBy()))
                .kind();
    }

    private static boolean clear(Signal.Verdict verdict, String gate) {
        return verdict.signals().stream()
                .filter(signal -> signal.gate().name().equals(gate))
                .findFirst()
                .orElseThrow()
                .clear();
    }

    @Test
    void a_report_needs_its_severity_and_is_warned_without_steps() {
        var bare = new Bug().without("severity").without("steps").report();

        assertThat(held(bare, "severity_given")).isEqualTo(Reason.Kind.FIELD);
        assertThat(bare.blockedBy()).hasSize(1);
        assertThat(bare.signals()).anyMatch(signal -> signal.gate().name().equals("steps_given") && !signal.clear());
        assertThat(new Bug().report().allowed()).isTrue();
    }

    @Test
    void logging_completes_the_report() {
        var bug = new Bug();
        assertThat(bug.attempt("log", SUSAN).blockedBy())
                .extracting(Reason::gate)
                .containsExactly("kind_given", "component_given", "expected_given", "actual_given");

        bug.with("kind", "functional")
                .with("component", "billing")
                .with("expected", "a")
                .with("actual", "b");

        assertThat(bug.attempt("log", SUSAN).allowed()).isTrue();
    }

    @Test
    void only_support_logs() {
        var verdict = new Bug()
                .with("kind", "functional")
                .with("component", "billing")
                .with("expected", "a")
                .with("actual", "b")
                .attempt("log", TOM);

        assertThat(verdict.blockedBy()).extracting(Reason::kind).containsExactly(Reason.Kind.ROLE);
        assertThat(verdict.blockedBy().getFirst().clause()).isEqualTo("BUG-2");
    }

    @Test
    void triage_needs_both_assessments_by_two_people_and_a_priority() {
        var bug = new Bug().at("logged").assessed(PETRA, "project_manager");
        assertThat(held(bug.attempt("triage", PETRA), "both_assessed")).isEqualTo(Reason.Kind.MISSING);
        assertThat(held(bug.attempt("triage", PETRA), "priority_given")).isEqualTo(Reason.Kind.FIELD);
        assertThat(bug.attempt("triage", PETRA).blockedBy().getFirst().says()).endsWith("Missing: QA.");

        bug.assessed(QUINN, "qa").with("priority", "high");

        assertThat(bug.attempt("triage", PETRA).allowed()).isTrue();
    }

    @Test
    void one_person_in_both_roles_does_not_assess_for_both() {
        var bug = new Bug().at("logged").with("priority", "high").assessed(PETRA, "project_manager", "qa");

        assertThat(held(bug.attempt("triage", PETRA), "both_assessed")).isEqualTo(Reason.Kind.SEPARATION);
    }

    @Test
    void assigning_needs_somebody() {
        assertThat(held(new Bug().at("triaged").attempt("assign", PETRA), "somebody_assigned"))
                .isEqualTo(Reason.Kind.FIELD);
        assertThat(new Bug()
                        .at("triaged")
                        .assigned(TOM)
                        .attempt("assign", PETRA)
                        .allowed())
                .isTrue();
    }

    @Test
    void submitting_needs_the_commit_the_root_cause_and_a_local_test() {
        var bug = new Bug().at("in_fix");
        assertThat(bug.attempt("submit_fix", TOM).blockedBy())
                .extracting(Reason::gate)
                .containsExactly("fix_commit_given", "root_cause_recorded", "tested_locally");

        bug.with("fix_commit", "abc1234").with("root_cause", "A race.").attested("local_test", true, "abc1234", TOM);

        assertThat(bug.attempt("submit_fix", TOM).allowed()).isTrue();
    }

    @Test
    void the_author_of_a_fix_may_not_review_it() {
        var verdict = Bug.inReview().attested("review", true, "abc1234", TOM).attempt("approve_review", TOM);

        assertThat(verdict.clauses()).containsExactly("BUG-5");
        assertThat(held(verdict, "reviewed_by_another")).isEqualTo(Reason.Kind.SEPARATION);
        assertThat(held(verdict, "approved_by_another")).isEqualTo(Reason.Kind.SEPARATION);
    }

    @Test
    void whoever_the_fix_was_assigned_to_is_its_author_whoever_submits_it() {
        var bug = new Bug()
                .with("fix_commit", "abc1234")
                .assigned(TOM)
                .passed("submit_fix", "in_fix", "in_review", RITA)
                .attested("review", true, "abc1234", TOM);

        assertThat(held(bug.attempt("approve_review", RITA), "reviewed_by_another"))
                .isEqualTo(Reason.Kind.SEPARATION);
    }

    @Test
    void a_review_by_another_clears_and_the_authors_own_does_not_disturb_it() {
        var bug = Bug.inReview().attested("review", true, "abc1234", RITA);
        assertThat(bug.attempt("approve_review", RITA).allowed()).isTrue();

        bug.attested("review", true, "abc1234", TOM);

        assertThat(bug.attempt("approve_review", RITA).allowed()).isTrue();
    }

    @Test
    void what_a_source_told_of_the_commit_is_not_attested_away() {
        var told = Bug.inReview().delivered("review", false, "abc1234", "change:1 Two threads are open");
        var red = told.attested("review", true, "abc1234", RITA).attempt("approve_review", RITA);

        assertThat(red.blockedBy())
                .singleElement()
                .satisfies(reason -> assertThat(reason.says()).endsWith("did not pass. Two threads are open."));
        told.delivered("review", true, "abc1234", "change:1");
        assertThat(clear(told.attempt("approve_review", RITA), "reviewed_by_another"))
                .isTrue();
        told.attested("review", false, "abc1234", RITA);
        assertThat(clear(told.attempt("approve_review", RITA), "reviewed_by_another"))
                .isFalse();
    }

    @Test
    void what_a_source_told_of_another_commit_leaves_the_word_to_people() {
        var bug = Bug.inReview()
                .delivered("review", false, "fff1234", "change:1")
                .attested("review", true, "abc1234", RITA);

        assertThat(clear(bug.attempt("approve_review", RITA), "reviewed_by_another"))
                .isTrue();
    }

    @Test
    void no_review_is_missing_and_so_is_one_that_asks_for_changes() {
        assertThat(held(Bug.inReview().attempt("approve_review", RITA), "reviewed_by_another"))
                .isEqualTo(Reason.Kind.MISSING);

        var refused = Bug.inReview().attested("review", false, "abc1234", RITA).attempt("approve_review", RITA);

        assertThat(held(refused, "reviewed_by_another")).isEqualTo(Reason.Kind.MISSING);
        assertThat(refused.blockedBy().getFirst().says())
                .contains("did not pass")
                .contains(RITA);
    }

    @Test
    void a_review_of_another_commit_is_of_another_build() {
        var verdict = Bug.inReview().attested("review", true, "fff0000", RITA).attempt("approve_review", RITA);

        assertThat(held(verdict, "reviewed_by_another")).isEqualTo(Reason.Kind.OTHER_BUILD);
        assertThat(verdict.blockedBy().getFirst().says()).contains("was of fff0000, not of abc1234");
    }

    @Test
    void an_abbreviated_commit_is_the_same_commit() {
        var bug = Bug.inReview().attested("review", true, "abc1234def567890abc1234def567890abc12345", RITA);

        assertThat(bug.attempt("approve_review", RITA).allowed()).isTrue();
    }

    @Test
    void a_review_from_before_the_rework_is_stale() {
        var bug = Bug.inReview()
                .attested("review", true, "abc1234", RITA)
                .sentBack()
                .attested("local_test", true, "abc1234", TOM)
                .passed("submit_fix", "in_fix", "in_review", TOM);

        assertThat(held(bug.attempt("approve_review", RITA), "reviewed_by_another"))
                .isEqualTo(Reason.Kind.STALE);
    }

    @Test
    void a_review_that_names_no_commit_counts_from_the_submission_on() {
        var early = new Bug()
                .with("fix_commit", "abc1234")
                .attested("review", true, null, RITA)
                .passed("submit_fix", "in_fix", "in_review", TOM);
        assertThat(held(early.attempt("approve_review", RITA), "reviewed_by_another"))
                .isEqualTo(Reason.Kind.STALE);

        assertThat(early.attested("review", true, null, RITA)
                        .attempt("approve_review", RITA)
                        .allowed())
                .isTrue();
    }

    @Test
    void whoever_submitted_an_earlier_try_is_an_author_too() {
        var bug = Bug.inReview()
                .sentBack()
                .assigned(RITA)
                .attested("local_test", true, "abc1234", RITA)
                .passed("submit_fix", "in_fix", "in_review", RITA)
                .attested("review", true, "abc1234", TOM);

        var verdict = bug.attempt("approve_review", TOM);

        assertThat(held(verdict, "reviewed_by_another")).isEqualTo(Reason.Kind.SEPARATION);
        assertThat(held(verdict, "approved_by_another")).isEqualTo(Reason.Kind.SEPARATION);
    }

    @Test
    void an_exception_is_for_the_commit_it_was_approved_for() {
        var bug = Bug.inReview().overridden("reviewed_by_another", RITA, PETRA, "abc1234");
        assertThat(bug.attempt("approve_review", RITA).allowed()).isTrue();

        assertThat(bug.with("fix_commit", "bbbbbbb")
                        .attempt("approve_review", RITA)
                        .allowed())
                .isFalse();
    }

    @Test
    void the_developer_may_not_test_the_own_fix() {
        var own = Bug.inTest()
                .attested("staging_test", true, "abc1234", TOM)
                .attested("regression", true, "abc1234", TOM);
        assertThat(held(own.attempt("pass_test", TOM, Set.of("qa")), "tested_by_another"))
                .isEqualTo(Reason.Kind.SEPARATION);
        assertThat(held(own.attempt("pass_test", TOM, Set.of("qa")), "passed_by_another"))
                .isEqualTo(Reason.Kind.SEPARATION);

        own.attested("staging_test", true, "abc1234", QUINN);

        assertThat(own.attempt("pass_test", QUINN).allowed()).isTrue();
    }

    @Test
    void a_test_in_staging_ages_and_a_review_of_the_commit_does_not() {
        var tested = Bug.inTest()
                .attested("staging_test", true, "abc1234", QUINN)
                .attested("regression", true, "abc1234", QUINN);
        assertThat(tested.later(Duration.ofDays(29)).attempt("pass_test", QUINN).allowed())
                .isTrue();

        var late = tested.later(Duration.ofDays(1)).attempt("pass_test", QUINN);

        assertThat(held(late, "tested_by_another")).isEqualTo(Reason.Kind.STALE);
        assertThat(held(late, "regression_passed")).isEqualTo(Reason.Kind.STALE);
        assertThat(late.blockedBy()).allMatch(reason -> reason.says().endsWith("is too old and no longer counts."));
        assertThat(Bug.inReview()
                        .attested("review", true, "abc1234", RITA)
                        .later(Duration.ofDays(300))
                        .attempt("approve_review", RITA)
                        .allowed())
                .isTrue();
        tested.attested("staging_test", true, "abc1234", QUINN).attested("regression", true, "abc1234", QUINN);
        assertThat(tested.attempt("pass_test", QUINN).allowed()).isTrue();
    }

    @Test
    void testing_needs_staging_and_regression() {
        assertThat(Bug.inTest().attempt("pass_test", QUINN).blockedBy())
                .extracting(Reason::gate)
                .containsExactly("tested_by_another", "regression_passed");
    }

    @Test
    void deploying_needs_the_deployment_of_the_build_that_was_tested() {
        assertThat(held(Bug.approved().attempt("deploy", RALF), "deployed_to_production"))
                .isEqualTo(Reason.Kind.MISSING);
        assertThat(Bug.deployed().at("approved").attempt("deploy", RALF).allowed())
                .isTrue();

        var otherBuild = Bug.inTest()
                .attested("staging_test", true, "abc1234", "build-7", QUINN)
                .attested("regression", true, "abc1234", QUINN)
                .passed("pass_test", "in_test", "approved", QUINN)
                .attested("deployment", true, "abc1234", "build-8", RALF);

        assertThat(held(otherBuild.attempt("deploy", RALF), "deployed_to_production"))
                .isEqualTo(Reason.Kind.OTHER_BUILD);
    }

    @Test
    void a_test_of_another_commit_shows_nothing_about_the_build_that_is_deployed() {
        var exchanged = Bug.approved().with("fix_commit", "ccccccc").attested("deployment", true, "ccccccc", RALF);

        assertThat(held(exchanged.attempt("deploy", RALF), "deployed_to_production"))
                .isEqualTo(Reason.Kind.MISSING);
        assertThat(held(exchanged.attempt("deploy", RALF), "test_of_this_commit"))
                .isEqualTo(Reason.Kind.OTHER_BUILD);
    }

    @Test
    void what_is_tested_is_what_was_reviewed() {
        var exchanged = Bug.inTest()
                .with("fix_commit", "bbbbbbb")
                .attested("staging_test", true, "bbbbbbb", QUINN)
                .attested("regression", true, "bbbbbbb", QUINN);
        assertThat(exchanged.attempt("pass_test", QUINN).blockedBy())
                .extracting(Reason::gate)
                .containsExactly("review_of_this_commit");

        exchanged.attested("review", true, "bbbbbbb", TOM);
        assertThat(exchanged.attempt("pass_test", QUINN).allowed()).isFalse();
        exchanged.attested("review", true, "bbbbbbb", RITA);
        assertThat(exchanged.attempt("pass_test", QUINN).allowed()).isTrue();
    }

    @Test
    void an_exception_from_the_review_is_not_asked_for_again_at_the_test_of_the_same_commit() {
        var bug = Bug.inReview()
                .overridden("reviewed_by_another", RITA, PETRA)
                .passed("approve_review", "in_review", "in_test", RITA)
                .attested("staging_test", true, "abc1234", QUINN)
                .attested("regression", true, "abc1234", QUINN);

        assertThat(bug.attempt("pass_test", QUINN).allowed()).isTrue();
    }

    @Test
    void confirming_needs_a_clean_watch_and_warns_until_the_window_is_over() {
        assertThat(held(Bug.deployed().attempt("confirm", RALF), "watched_clean"))
                .isEqualTo(Reason.Kind.MISSING);
        var watched = Bug.deployed().attested("watch", true, null, RALF);

        var early = watched.attempt("confirm", RALF);
        assertThat(early.allowed()).isTrue();
        assertThat(clear(early, "watch_window_over")).isFalse();

        assertThat(clear(watched.later(Duration.ofHours(24)).attempt("confirm", RALF), "watch_window_over"))
                .isTrue();
    }

    @Test
    void a_watch_from_before_the_deployment_is_stale() {
        var bug = Bug.approved()
                .attested("watch", true, "abc1234", RALF)
                .attested("deployment", true, "abc1234", RALF)
                .passed("deploy", "approved", "deployed", RALF);

        assertThat(held(bug.attempt("confirm", RALF), "watched_clean")).isEqualTo(Reason.Kind.STALE);
    }

    @Test
    void closing_needs_the_lessons() {
        var resolved = Bug.deployed().at("resolved");
        assertThat(held(resolved.attempt("close", PETRA), "lessons_recorded")).isEqualTo(Reason.Kind.FIELD);

        assertThat(resolved.with("lessons", "Test under load.")
                        .attempt("close", PETRA)
                        .allowed())
                .isTrue();
    }

    @Test
    void rejecting_needs_a_reason_and_a_duplicate_its_original() {
        var bug = new Bug();
        assertThat(held(bug.attempt("reject", SUSAN), "reason_given")).isEqualTo(Reason.Kind.FIELD);

        assertThat(bug.with("reason", "cannot_reproduce")
                        .attempt("reject", SUSAN)
                        .allowed())
                .isTrue();
        assertThat(held(bug.with("reason", "duplicate").attempt("reject", SUSAN), "duplicate_linked"))
                .isEqualTo(Reason.Kind.MISSING);
        assertThat(bug.linked("duplicates", "APP-2").attempt("reject", SUSAN).allowed())
                .isTrue();
    }

    @Test
    void an_override_by_a_second_person_stands_in_until_it_expires() {
        var bug = Bug.inReview().overridden("reviewed_by_another", RITA, PETRA);
        var verdict = bug.attempt("approve_review", RITA);
        assertThat(verdict.allowed()).isTrue();
        assertThat(verdict.signals().getFirst().overridden()).isTrue();

        assertThat(bug.later(Duration.ofHours(24))
                        .attempt("approve_review", RITA)
                        .allowed())
                .isFalse();
    }

    @Test
    void nobody_approves_their_own_override() {
        var bug = Bug.inReview().overridden("reviewed_by_another", RITA, RITA);

        assertThat(bug.attempt("approve_review", RITA).allowed()).isFalse();
    }

    @Test
    void an_override_does_not_outlive_rework() {
        var bug = Bug.inReview()
                .overridden("reviewed_by_another", RITA, PETRA)
                .sentBack()
                .passed("submit_fix", "in_fix", "in_review", TOM);

        assertThat(bug.attempt("approve_review", RITA).allowed()).isFalse();
    }

    @Test
    void what_cleared_a_gate_is_said_with_person_and_commit() {
        var verdict = Bug.inReview().attested("review", true, "abc1234", RITA).attempt("approve_review", RITA);

        assertThat(verdict.signals().getFirst().seen())
                .startsWith("Approved by " + RITA)
                .endsWith("commit abc1234.");
        assertThat(Mentions.in(verdict.signals().getFirst().seen())).containsExactly(RITA);
    }
}
