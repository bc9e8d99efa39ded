package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.Reason;
import dev.conduct.support.ConductTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@ConductTest
class BugLineTest {

    private static final String COMMIT = "a1b2c3d4e5f6";

    private final Items items;
    private final Ledger ledger;
    private final Cast cast;

    BugLineTest(Items items, Products products, People people, Ledger ledger) {
        this.items = items;
        this.ledger = ledger;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_bug_goes_from_report_to_closure_through_the_hands_of_many() {
        var bug = cast.approved(COMMIT);
        cast.attest(bug, "deployment", COMMIT, cast.ruth);
        cast.move(bug, "deploy", cast.ruth);
        cast.attest(bug, "watch", COMMIT, cast.ruth);
        cast.move(bug, "confirm", cast.ruth);
        var closed = cast.move(bug, "close", cast.sam, "lessons", "Test the last line too");

        assertThat(closed.state()).isEqualTo("closed");
        assertThat(items.findVisible(bug.key(), cast.carla))
                .usingRecursiveComparison()
                .ignoringFields("dueAt")
                .isEqualTo(closed);
        assertThat(items.caseOf(bug.key()).state()).isEqualTo("closed");
        assertThat(ledger.eventsOf("item:" + bug.key()))
                .filteredOn(event -> event.outcome() == Outcome.SUCCESS)
                .extracting(event -> event.objectVersion())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void the_author_of_a_fix_may_not_review_it() {
        var bug = cast.inReview(COMMIT);
        cast.attest(bug, "review", COMMIT, cast.tom);

        var refusal = refusalOf(() -> cast.move(bug, "approve_review", cast.tom));

        assertThat(refusal.code()).isEqualTo("gate_closed");
        assertThat(refusal.reasons()).extracting(Reason::clause).containsOnly("BUG-5");
        assertThat(refusal.reasons()).extracting(Reason::kind).contains(Reason.Kind.SEPARATION);
        assertThat(items.findVisible(bug.key(), cast.tom).state()).isEqualTo("in_review");
    }

    @Test
    void a_refusal_is_an_event_that_names_its_clauses() {
        var bug = cast.inFix();

        refusalOf(() -> cast.move(bug, "submit_fix", cast.tom));

        var refused = ledger.eventsOf("item:" + bug.key()).getLast();
        assertThat(refused.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(refused.clause()).isEqualTo("BUG-4");
        assertThat(refused.data()).containsEntry("transition", "submit_fix").containsKey("blocked_by");
    }

    @Test
    void who_never_may_is_told_so_and_it_is_recorded() {
        var bug = cast.reported();

        var refusal = refusalOf(() -> cast.move(bug, "log", cast.tom));

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(ledger.eventsOf("item:" + bug.key()).getLast().outcome()).isEqualTo(Outcome.DENIED);
    }

    @Test
    void a_transition_from_another_state_is_refused() {
        var bug = cast.reported();

        var refusal = refusalOf(() -> cast.move(bug, "triage", cast.paula));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal.code()).isEqualTo("wrong_state");
    }

    @Test
    void rework_voids_what_was_proved_before() {
        var bug = cast.approved(COMMIT);
        cast.move(bug, "send_back", cast.quinn);

        var refusal = refusalOf(() -> cast.move(bug, "submit_fix", cast.tom, "fix_commit", "beefbeef"));

        assertThat(refusal.reasons()).extracting(Reason::kind).containsExactly(Reason.Kind.STALE);
        assertThat(items.caseOf(bug.key()).evidence()).allMatch(fact -> fact.voided());
    }

    @Test
    void evidence_of_another_commit_does_not_count() {
        var bug = cast.inReview(COMMIT);
        cast.attest(bug, "review", "0123456789", cast.lea);

        var refusal = refusalOf(() -> cast.move(bug, "approve_review", cast.lea));

        assertThat(refusal.reasons()).extracting(Reason::kind).containsExactly(Reason.Kind.OTHER_BUILD);
    }

    @Test
    void each_event_names_the_version_it_was_judged_by() {
        var bug = cast.logged();

        assertThat(ledger.eventsOf("item:" + bug.key()))
                .extracting(event -> event.procedure())
                .containsOnly(bug.procedureVersion());
    }

    @Test
    void the_page_is_told_every_way_on_from_here() {
        var bug = cast.logged();

        assertThat(items.verdicts(bug.key(), cast.paula))
                .extracting(verdict -> verdict.transition().name())
                .containsExactlyInAnyOrderElementsOf(List.of("assess", "triage", "reject"));
    }

    private static GateClosed refusalOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        return catchThrowableOfType(GateClosed.class, act);
    }
}
