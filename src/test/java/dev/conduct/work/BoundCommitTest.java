package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What was reviewed is what is tested is what is deployed.
@ConductTest
class BoundCommitTest {

    private static final String REVIEWED = "a1b2c3d4e5f6";
    private static final String OTHER = "bbbbbbbbbbbb";

    private final Items items;
    private final Ledger ledger;
    private final Cast cast;

    BoundCommitTest(Items items, Products products, People people, Ledger ledger) {
        this.items = items;
        this.ledger = ledger;
        this.cast = new Cast(items, products, people);
    }

    private Item patch(Item item, String commit) {
        return items.edit(
                new Items.Edit(item.key(), null, null, Map.of("fix_commit", commit), null, null, null), cast.tom);
    }

    private Problem refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act);
    }

    private void attest(
            Item item, String kind, String verdict, @Nullable String commit, dev.conduct.identity.Actor by) {
        items.attest(new Items.Attestation(item.key(), kind, verdict, commit, null, null, null, null), by);
    }

    @Test
    void no_commit_takes_the_place_of_the_reviewed_one_without_a_way_back() {
        var bug = cast.inReview(REVIEWED);
        assertThat(refused(() -> patch(bug, OTHER)).errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("bound");
            assertThat(error.says()).contains("Send back");
        });
        cast.attest(bug, "review", REVIEWED, cast.lea);
        cast.move(bug, "approve_review", cast.lea);
        assertThat(refused(() -> patch(bug, OTHER)).status()).isEqualTo(400);
        cast.attest(bug, "staging_test", REVIEWED, cast.quinn);
        cast.attest(bug, "regression", REVIEWED, cast.quinn);
        assertThat(refused(() -> cast.move(bug, "pass_test", cast.quinn, "fix_commit", OTHER))
                        .status())
                .isEqualTo(400);
        cast.move(bug, "pass_test", cast.quinn);
        assertThat(refused(() -> patch(bug, OTHER)).status()).isEqualTo(400);
        assertThat(refused(() -> patch(bug, "")).status()).isEqualTo(400);

        assertThat(patch(bug, REVIEWED.toUpperCase(java.util.Locale.ROOT)).fields())
                .as("the same again is no change")
                .containsEntry("fix_commit", REVIEWED);
        cast.move(bug, "send_back", cast.quinn);
        assertThat(patch(bug, OTHER).fields()).containsEntry("fix_commit", OTHER);
    }

    @Test
    void a_commit_may_be_named_by_an_edit_before_it_is_submitted() {
        var bug = cast.inFix();
        attest(bug, "local_test", "passed", OTHER, cast.tom);
        patch(bug, REVIEWED);
        patch(bug, OTHER);

        var submitted = cast.move(bug, "submit_fix", cast.tom, "root_cause", "Off by one");

        assertThat(submitted.state()).isEqualTo("in_review");
    }

    @Test
    void evidence_that_names_no_commit_is_of_the_one_in_force() {
        var bug = cast.inFix();
        attest(bug, "local_test", "passed", null, cast.tom);
        cast.move(bug, "submit_fix", cast.tom, "fix_commit", REVIEWED, "root_cause", "Off by one");
        attest(bug, "review", "approved", null, cast.lea);

        assertThat(ledger.eventsOf("item:" + bug.key()).getLast().data()).containsEntry("commit", REVIEWED);
        assertThat(cast.move(bug, "approve_review", cast.lea).state()).isEqualTo("in_test");
    }

    @Test
    void a_local_test_without_a_commit_is_of_the_fix_being_made_not_of_the_last_one() {
        var bug = cast.inReview(REVIEWED);
        cast.move(bug, "send_back", cast.lea);
        attest(bug, "local_test", "passed", null, cast.tom);

        var again = cast.move(bug, "submit_fix", cast.tom, "fix_commit", OTHER);

        assertThat(again.state()).isEqualTo("in_review");
    }
}
