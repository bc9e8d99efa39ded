package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.support.ConductTest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/// What a subject's key closed opens with it, at its place, unchanged, and never again once the key was destroyed.
@ConductTest
class SubjectsTest {

    private final Subjects subjects;
    private final TransactionTemplate transaction;

    SubjectsTest(Subjects subjects, TransactionTemplate transaction) {
        this.subjects = subjects;
        this.transaction = transaction;
    }

    @Test
    void every_text_comes_back_at_its_place_and_at_no_other() {
        var random = new Random(7);
        for (var i = 0; i < 300; i++) {
            var text = random.ints(random.nextInt(200), 1, 0xD7FF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var closed = subjects.close("person:law-" + i % 7, text, "table|column|" + i);

            assertThat(subjects.open(closed.key(), closed.sealed(), "table|column|" + i))
                    .contains(text);
            var other = "table|column|" + (i + 1);
            assertThatThrownBy(() -> subjects.open(closed.key(), closed.sealed(), other))
                    .hasMessageContaining("changed or moved");
            closed.sealed()[random.nextInt(closed.sealed().length)] ^= 1;
            var place = "table|column|" + i;
            assertThatThrownBy(() -> subjects.open(closed.key(), closed.sealed(), place))
                    .hasMessageContaining("changed or moved");
        }
    }

    @Test
    void a_destroyed_key_opens_nothing_and_closes_nothing() {
        var closed = subjects.close("person:gone", "Ruth Lind", "here");
        var other = subjects.close("person:stays", "Tom Berg", "here");

        transaction.executeWithoutResult(open -> subjects.destroy("person:gone"));

        assertThat(subjects.open(closed.key(), closed.sealed(), "here")).isEmpty();
        assertThat(subjects.erased("person:gone")).isTrue();
        assertThat(subjects.open(other.key(), other.sealed(), "here")).contains("Tom Berg");
        assertThatThrownBy(() -> subjects.close("person:gone", "again", "here")).hasMessageContaining("erased");
    }

    @Test
    void a_key_made_in_a_transaction_that_rolls_back_stays() {
        var closed = transaction.execute(open -> {
            open.setRollbackOnly();
            return subjects.close("person:rolled", "kept", "here");
        });
        subjects.forget();

        assertThat(subjects.open(closed.key(), closed.sealed(), "here")).contains("kept");
    }
}
