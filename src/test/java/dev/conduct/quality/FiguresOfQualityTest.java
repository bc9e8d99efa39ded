package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.quality.PathRules.Rule;
import dev.conduct.quality.TestRows.Past;
import dev.conduct.quality.TestRows.Result;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The calculations behind the pages of quality.
class FiguresOfQualityTest {

    @Test
    void a_file_and_a_test_belong_to_the_component_of_the_longest_path() {
        var rules = new PathRules(List.of(
                new Rule("shop", "dev/shop"), new Rule("pay", "dev/shop/pay"), new Rule("web", "**/*Page.java")));

        assertThat(rules.component("src/main/java/dev/shop/Cart.java")).isEqualTo("shop");
        assertThat(rules.component("dev/shop/pay/Card.java")).isEqualTo("pay");
        assertThat(rules.component("dev/other/HomePage.java")).isEqualTo("web");
        assertThat(rules.component("dev/shopping/Cart.java")).isEmpty();
        assertThat(rules.componentOfSuite("dev.shop.pay.CardTest")).isEqualTo("pay");
        assertThatThrownBy(() -> PathRules.checked("a\\b")).hasMessageContaining("no path");
        assertThatThrownBy(() -> PathRules.checked("*/*/*/*/*/*/*")).hasMessageContaining("6 stars");
        assertThat(PathRules.checked(" /dev/shop/ ")).isEqualTo("dev/shop");
    }

    /// Backtracking would not end within a lifetime.
    @Test
    @Timeout(20)
    void a_pattern_of_many_stars_is_soon_done_with_a_long_path() {
        var rules = new PathRules(List.of(new Rule("shop", "*a*a*a*a*a*ab")));

        assertThat(rules.component("a".repeat(1_000))).isEmpty();
        assertThat(rules.component("a".repeat(998) + "ab")).isEqualTo("shop");
    }

    @Property(tries = 200)
    void tiles_fill_the_whole_and_each_has_its_share(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 100_000) Integer> weights) {
        var longs = weights.stream().map(Integer::longValue).toList();
        var sum = longs.stream().mapToLong(Long::longValue).sum();

        var tiles = Treemap.of(longs);

        assertThat(tiles).hasSameSizeAs(weights);
        for (var tile : tiles) {
            assertThat(tile.width() * tile.height() / 10_000)
                    .isCloseTo((double) longs.get(tile.item()) / sum, org.assertj.core.data.Offset.offset(1e-6));
            assertThat(tile.left()).isGreaterThan(-1e-6);
            assertThat(tile.left() + tile.width()).isLessThan(100 + 1e-6);
            assertThat(tile.top() + tile.height()).isLessThan(100 + 1e-6);
        }
    }

    @Test
    void tiles_of_folders_say_what_they_do_not_share() {
        var run = new Run(
                new UUID(0, 1),
                "APP",
                "abc",
                "",
                "",
                "",
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of());
        var folders = List.of(
                new CoverageRows.Covered("dev/shop/cart", 50, 10, 0, 0),
                new CoverageRows.Covered("dev/shop/cart/price", 30, 10, 0, 0),
                new CoverageRows.Covered("dev/shop", 20, 10, 0, 0));

        assertThat(CoverageTiles.of(run, List.of(), folders, 80))
                .extracting(CoverageView.TileOf::name)
                .containsExactly("cart", "cart/price", "shop");
    }

    @Test
    void what_broke_a_test_lies_between_the_last_pass_and_the_first_failure_of_its_branch() {
        var past = List.of(
                past("e", "main", "failed"),
                past("d", "topic", "passed"),
                past("c", "main", "failed"),
                past("b2", "main", "skipped"),
                past("b", "main", "passed"),
                past("a", "main", "failed"));

        var turn = Turn.of(past);

        assertThat(turn.good()).isEqualTo(past.get(4));
        assertThat(turn.bad()).isEqualTo(past.get(2));
        assertThat(Turn.of(past.subList(4, 6)).bad()).isNull();
        assertThat(Turn.wavered(
                        List.of(past("x", "main", "failed"), past("x", "topic", "passed"), past("y", "", "flaky"))))
                .isEqualTo(2);
        assertThat(Turn.wavered(past)).isZero();
        assertThat(Turn.wavered(List.of(past("x", "main", "failed"), at("staging", past("x", "main", "passed")))))
                .isZero();
    }

    private static Past at(String environment, Past past) {
        return new Past(past.result(), past.run(), past.commit(), past.branch(), past.build(), environment, past.at());
    }

    private static Past past(String commit, String branch, String outcome) {
        return new Past(
                new Result(UUID.randomUUID(), 0, new UUID(1, 1), "s", "t", outcome, null, 0, ""),
                UUID.randomUUID(),
                commit,
                branch,
                "",
                "",
                Instant.EPOCH);
    }

    @Test
    void gaps_run_over_lines_that_cannot_be_run() {
        var file = new CoverageRows.Bits(new CoverageRows.Covered("a", 6, 2, 0, 0), bits(1, 2, 4, 7, 8, 9), bits(1, 7));

        assertThat(CoverageRows.gaps(file)).containsExactly(new CoverageRows.Gap(2, 4), new CoverageRows.Gap(8, 9));
    }

    private static BitSet bits(int... lines) {
        var bits = new BitSet();
        Arrays.stream(lines).forEach(bits::set);
        return bits;
    }

    @Test
    void a_load_test_keeps_its_budget_against_the_limit_the_baseline_and_its_errors() {
        var budget = new Budget(1000, 20, 1);

        assertThat(budget.kept(List.of(label(100, 1, 900.0)), Map.of("cart", 750.0)))
                .isTrue();
        assertThat(budget.kept(List.of(label(100, 1, 901.0)), Map.of("cart", 750.0)))
                .isFalse();
        assertThat(budget.kept(List.of(label(100, 0, 1001.0)), Map.of())).isFalse();
        assertThat(budget.kept(List.of(label(100, 2, 10.0)), Map.of())).isFalse();
        assertThat(budget.kept(List.of(label(100, 0, null)), Map.of())).isFalse();
        assertThat(budget.kept(List.of(), Map.of())).isFalse();
    }

    private static Budget.Label label(long requests, long failed, @org.jspecify.annotations.Nullable Double p95) {
        return new Budget.Label("cart", requests, failed, p95);
    }

    @Test
    void a_changed_file_is_found_by_the_end_of_its_name_and_never_taken_for_another() {
        var told = ChangedLines.told(
                List.of(
                        "src/main/java/shop/Card.java",
                        "src/test/java/shop/CardTest.java",
                        "a/Same.java",
                        "b/Same.java"),
                List.of("shop/Card.java", "/build/7/shop/Other.java", "Same.java"));

        assertThat(told).containsExactly(Map.entry("src/main/java/shop/Card.java", "shop/Card.java"));
        assertThat(ChangedLines.told(List.of("src/app.py"), List.of("/build/7/src/app.py")))
                .containsValue("/build/7/src/app.py");
    }

    @Test
    void what_is_not_quite_eighty_is_not_shown_as_eighty() {
        assertThat(Figures.percent(79.99)).isEqualTo("79.9 %");
        assertThat(Figures.took(708_000_000L)).isEqualTo("11 min 48 s");
        assertThat(Figures.took(null)).isEqualTo("\u2013");
    }
}
