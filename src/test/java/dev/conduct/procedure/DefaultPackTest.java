package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DefaultPackTest {

    @Test
    void the_pack_we_ship_has_no_mistakes() {
        assertThat(PackCheck.check(PackFiles.standard()).mistakes()).isEmpty();
    }

    @Test
    void it_holds_every_clause_of_the_register_and_the_bug_line() {
        var procedure = PackCheck.check(PackFiles.standard()).orThrow();

        assertThat(procedure.clauses()).hasSize(76);
        assertThat(procedure.types()).containsKey("bug");
    }
}
