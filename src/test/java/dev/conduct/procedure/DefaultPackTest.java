package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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

    /// But that a commit is on the main branch, which stays so whatever is reworked.
    @Test
    void a_way_back_voids_all_evidence_that_gates_after_it_ask_for() {
        var types = PackCheck.check(PackFiles.standard()).orThrow().types().values();

        assertThat(types)
                .allSatisfy(type -> type.transitions().values().stream()
                        .filter(back -> back.back() && type.line().contains(back.to()))
                        .forEach(back -> assertThat(back.voids())
                                .as(type.name() + " " + back.name())
                                .containsAll(askedFrom(type, type.line().indexOf(back.to())))));
        assertThat(askedFrom(Objects.requireNonNull(Bug.PROCEDURE.types().get("bug")), 0))
                .contains("performance", "watch");
    }

    private static Set<String> askedFrom(ItemType type, int place) {
        return type.transitions().values().stream()
                .filter(way -> !way.back()
                        && way.from().stream().anyMatch(it -> type.line().indexOf(it) >= place))
                .flatMap(way -> way.gates().stream())
                .map(ItemType.Gate::evidence)
                .filter(kind -> kind != null && !kind.equals("merged"))
                .collect(Collectors.toSet());
    }
}
