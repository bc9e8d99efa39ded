package dev.conduct.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.Problem;
import dev.conduct.support.Spoiled;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever a file of cases holds, it is read or refused, and gives no more cases than it has lines.
class BrokenCasesLaws {

    private static final String CSV = """
            Reference;Title;Step;Expected;Test
            ABC-1;"Pay; with a card";Open the cart;It is shown;shop.PayTest#pays
            ;;Pay;"A receipt
            is ""shown""\";
            ABC-2;Leave;Close the cart;It is gone;
            """;
    private static final String SOURCE = """
            /// @case ABC-12 A card is charged once
            /// @step Pay with a card => A receipt is shown
            @Case("ABC-13")
            # @test tests.test_pay#test_once
            <!-- @edge timeout -->
            """;

    @Property(tries = 1000)
    void a_csv_file(@ForAll long seed) {
        var text = Spoiled.text(CSV, seed);
        try {
            var columns = CsvCases.guess(CsvCases.header(text));
            assertThat(CsvCases.read(text, columns).size())
                    .isLessThanOrEqualTo((int) text.lines().count());
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.errors()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void columns_that_are_not_there(@ForAll long seed, @ForAll String column) {
        try {
            assertThat(CsvCases.read(Spoiled.text(CSV, seed), Map.of("title", column)))
                    .isNotNull();
        } catch (Problem refused) {
            assertThat(refused.status()).isEqualTo(400);
        }
    }

    @Property(tries = 1000)
    void a_source_file(@ForAll long seed) {
        var text = Spoiled.text(SOURCE, seed);

        assertThat(AnnotatedCases.read(text).size())
                .isLessThanOrEqualTo((int) text.lines().count());
    }
}
