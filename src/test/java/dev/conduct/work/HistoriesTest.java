package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is remembered of histories is bounded by what it takes, not by how many items there are.
@ConductTest
class HistoriesTest {

    private final Items items;
    private final Histories histories;
    private final Cast cast;

    HistoriesTest(Items items, Histories histories, Products products, People people) {
        this.items = items;
        this.histories = histories;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_few_items_with_long_histories_push_out_what_was_not_used_for_longest() {
        var first = cast.reported("The first", Map.of("severity", "low", "steps", "First of all"));
        for (var written = 0L; written < 2 * Histories.MOST; written += 60_000) {
            cast.reported("Long", Map.of("severity", "low", "steps", "s".repeat(60_000)));
        }

        assertThat(histories.weight()).isBetween(Histories.MOST / 2, Histories.MOST);
        assertThat(items.caseOf(first.key()).fields()).containsEntry("steps", "First of all");
        assertThat(histories.weight()).isBetween(Histories.MOST / 2, Histories.MOST);
    }
}
