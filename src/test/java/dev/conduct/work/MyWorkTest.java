package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Nothing a person owes is missing on the page they begin the day with.
@ConductTest
class MyWorkTest {

    private final Items items;
    private final MyWork work;
    private final MyPages pages;
    private final Overrides overrides;
    private final Cast cast;

    MyWorkTest(Items items, Products products, People people, MyWork work, MyPages pages, Overrides overrides) {
        this.items = items;
        this.work = work;
        this.pages = pages;
        this.overrides = overrides;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void what_is_mine_is_there_however_much_is_more_urgent() {
        var lou = cast.as("Lou", "developer");
        var low = items.move(
                new Items.Move(cast.triaged().key(), "assign", Map.of(), lou.id(), null, null, null), cast.lea);
        items.edit(new Items.Edit(low.key(), null, null, Map.of("priority", "low"), null, null, null), cast.paula);
        for (var n = 0; n < 45; n++) {
            var _ = cast.inReview("4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b");
        }

        assertThat(work.of(lou).tasks()).extracting(MyWorkPage.Task::key).contains(low.key());
    }

    @Test
    void a_review_is_for_every_developer_but_its_author() {
        var bug = cast.inReview("4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b").key();

        assertThat(task(cast.lea, bug)).contains("review");
        assertThat(task(cast.tom, bug)).isEmpty();
    }

    @Test
    void an_assessment_is_owed_by_each_role_until_it_has_given_its_own() {
        var bug = cast.logged();
        var before = task(cast.quinn, bug.key());

        var _ = cast.move(bug, "assess", cast.quinn);

        assertThat(before).containsIgnoringCase("assess");
        assertThat(task(cast.paula, bug.key())).containsIgnoringCase("assess");
        assertThat(task(cast.quinn, bug.key())).doesNotContainIgnoringCase("assess");
    }

    @Test
    void an_exception_waits_for_the_word_of_a_second_person_and_not_of_its_own_asker() {
        var bug = cast.inFix().key();
        var _ = overrides.ask(
                new Overrides.Ask(
                        bug, "submit_fix", "tested_locally", "The test machine is broken until tomorrow noon."),
                cast.lea);

        assertThat(pages.mine(cast.paula).decisions())
                .extracting(MyWorkPage.Decision::key)
                .contains(bug);
        assertThat(pages.mine(cast.lea).decisions())
                .extracting(MyWorkPage.Decision::key)
                .doesNotContain(bug);
    }

    private String task(dev.conduct.identity.Actor actor, String key) {
        return work.of(actor).tasks().stream()
                .filter(task -> task.key().equals(key))
                .map(MyWorkPage.Task::does)
                .findFirst()
                .orElse("");
    }
}
