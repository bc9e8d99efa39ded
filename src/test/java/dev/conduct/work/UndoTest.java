package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/// What was just done is taken back by another act through the same door.
@ConductTest
class UndoTest {

    private static final String COMMIT = "4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b";

    private final Items items;
    private final Undoing undoing;
    private final BulkPages bulk;
    private final BulkUndoPages together;
    private final Cast cast;

    UndoTest(Items items, Products products, People people, Undoing undoing, BulkPages bulk, BulkUndoPages together) {
        this.items = items;
        this.bulk = bulk;
        this.together = together;
        this.undoing = undoing;
        this.cast = new Cast(items, products, people);
    }

    private static String act(String offered) {
        return offered.substring(offered.indexOf('=') + 1);
    }

    private Item edited(Item item, String title, Map<String, Object> fields) {
        return items.edit(new Items.Edit(item.key(), title, null, fields, null, null, null), cast.lea);
    }

    @Test
    void an_edit_is_taken_back_by_writing_what_was_there() {
        var before = cast.logged();
        var after = edited(before, "Another title", Map.of("severity", "low", "impact", "Nobody"));

        var offered = Objects.requireNonNull(undoing.offered(after, cast.lea));
        assertThat(undoing.undo(after.key(), act(offered), cast.lea)).isNull();

        var now = cast.found(before.key());
        assertThat(now.title()).isEqualTo(before.title());
        assertThat(now.fields()).isEqualTo(before.fields());
        assertThat(now.version()).isEqualTo(after.version() + 1);
    }

    @Test
    void what_somebody_did_since_is_never_undone() {
        var bug = cast.logged();
        var mine = edited(bug, "Mine", Map.of());
        var offered = act(Objects.requireNonNull(undoing.offered(mine, cast.lea)));
        var _ = items.edit(new Items.Edit(bug.key(), "Theirs", null, Map.of(), null, null, null), cast.paula);

        assertThat(undoing.offered(cast.found(bug.key()), cast.lea)).isNull();
        assertThatThrownBy(() -> undoing.undo(bug.key(), offered, cast.lea))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo("changed_since"));
        assertThat(cast.found(bug.key()).title()).isEqualTo("Theirs");
    }

    @Test
    void what_was_changed_together_is_taken_back_but_for_what_was_touched_since() {
        var first = cast.logged();
        var second = cast.logged();
        var told = bulk.page(
                "bug",
                List.of(first.key() + "@" + first.version(), second.key() + "@" + second.version()),
                Map.of("act", "field:severity", "severity", "low", "do", "1"),
                cast.lea);
        assertThat(told.done()).isEqualTo(2);
        var _ = items.edit(new Items.Edit(second.key(), "Theirs", null, Map.of(), null, null, null), cast.paula);
        var redirect = new RedirectAttributesModelMap();

        var _ = together.undo(
                "bug", told.rows().stream().map(BulkPage.Row::token).toList(), "is:open", cast.lea, redirect);

        assertThat(cast.found(first.key()).fields()).isEqualTo(first.fields());
        assertThat(cast.found(second.key()).fields()).containsEntry("severity", "low");
        assertThat(redirect.getFlashAttributes().get("clear")).isEqualTo("1 is as before. The records keep both.");
        assertThat(String.valueOf(redirect.getFlashAttributes().get("caution"))).contains(second.key());
    }

    @Test
    void a_move_is_taken_back_where_the_procedure_has_a_way_and_not_elsewhere() {
        var review = cast.inReview(COMMIT);
        var fixing = items.move(
                new Items.Move(review.key(), "send_back", Map.of(), null, "Wrong one", null, null), cast.lea);

        // Sending it back voided its evidence: the way to the review is held, and says so on the record.
        assertThat(undoing.offered(fixing, cast.lea)).isNull();
        assertThat(undoing.offered(fixing, cast.tom)).isNull();
        assertThat(undoing.offered(cast.logged(), cast.sam)).isNull();
    }

    @Test
    void a_way_back_that_voids_evidence_is_only_led_to() {
        var review = cast.inReview(COMMIT);
        var who = review.assignee();

        var offered = undoing.offered(review, cast.tom);

        assertThat(who).isNotNull();
        assertThat(undoing.undo(review.key(), act(Objects.requireNonNull(offered)), cast.tom))
                .isEqualTo("send_back");
        assertThat(cast.found(review.key()).state()).isEqualTo("in_review");
    }
}
