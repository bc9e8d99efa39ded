package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

@ConductTest
class OverridePagesTest {

    private static final String REASON = "Payments stand still; the test machine is down.";

    private final OverridePages pages;
    private final Overrides overrides;
    private final Cast cast;
    private final String bug;

    OverridePagesTest(Items items, Products products, People people, OverridePages pages, Overrides overrides) {
        this.pages = pages;
        this.overrides = overrides;
        this.cast = new Cast(items, products, people);
        this.bug = cast.inFix().key();
    }

    @Test
    void what_is_asked_leads_back_to_the_page_and_waits_there() {
        assertThat(ask(REASON)).isEqualTo("redirect:/items/" + bug + "#exceptions");

        assertThat(overrides.page(bug, null, null, cast.paula).items())
                .singleElement()
                .satisfies(asked -> assertThat(overrides.mayApprove(asked, item(), cast.paula))
                        .isTrue());
    }

    @Test
    void a_reason_too_short_stays_in_its_form_with_the_problem() {
        var page = (RecordPage) ask("No time");

        assertThat(page.status().value()).isEqualTo(400);
        var form = Objects.requireNonNull(page.form());
        assertThat(form.inputs()).anySatisfy(input -> assertThat(input.value()).isEqualTo("No time"));
        assertThat(form.summary())
                .singleElement()
                .satisfies(error -> assertThat(error.says()).startsWith("Reason needs at least 20"));
    }

    @Test
    void deciding_ones_own_leads_back_with_the_reason_why_not() {
        ask(REASON);
        var asked = overrides.page(bug, null, null, cast.tom).items().getFirst();
        var redirect = new RedirectAttributesModelMap();

        pages.approve(bug, asked.id(), cast.tom, redirect);

        assertThat(String.valueOf(redirect.getFlashAttributes().get("stop"))).contains("own asking");
    }

    @Test
    void where_its_transition_no_longer_leads_on_nobody_is_offered_to_approve() {
        ask(REASON);
        var asked = overrides.page(bug, null, null, cast.tom).items().getFirst();

        cast.move(item(), "reject", cast.paula, "reason", "rejected");

        assertThat(overrides.mayApprove(asked, item(), cast.paula)).isFalse();
        assertThat(overrides.mayDecline(asked, item(), cast.paula)).isTrue();
    }

    private Object ask(String reason) {
        return pages.ask(
                bug,
                Map.of("transition", "submit_fix", "gate", "tested_locally", "reason", reason),
                cast.tom,
                new RedirectAttributesModelMap());
    }

    private Item item() {
        return cast.found(bug);
    }
}
