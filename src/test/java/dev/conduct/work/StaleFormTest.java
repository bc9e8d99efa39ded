package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/// A form that was filled in while the record went on.
@ConductTest
class StaleFormTest {

    private final Items items;
    private final Remarks remarks;
    private final RecordPages pages;
    private final Cast cast;

    StaleFormTest(Items items, Remarks remarks, Products products, People people, RecordPages pages) {
        this.items = items;
        this.remarks = remarks;
        this.pages = pages;
        this.cast = new Cast(items, products, people);
    }

    private Object send(Item bug, String version) {
        return pages.edit(
                bug.key(),
                Map.of("impact", "Everybody", "version", version),
                cast.sam,
                new RedirectAttributesModelMap());
    }

    @Test
    void the_remarks_of_others_bounce_no_form() {
        var bug = cast.reported();
        items.comment(bug.key(), "Me too", null, cast.carla);
        remarks.watch(bug.key(), true, cast.carla);

        assertThat(send(bug, "1")).isEqualTo("redirect:/items/" + bug.key());
    }

    @Test
    void a_form_that_bounced_can_be_sent_again() {
        var bug = cast.reported();
        items.edit(new Items.Edit(bug.key(), null, null, Map.of("severity", "low"), null, null, null), cast.sam);

        var bounced = (RecordPage) send(bug, "1");

        assertThat(bounced.status().value()).isEqualTo(412);
        var version = Objects.requireNonNull(bounced.form()).inputs().stream()
                .filter(input -> input.name().equals("version"))
                .findFirst()
                .orElseThrow()
                .value();
        assertThat(version).isEqualTo("2");
        assertThat(bounced.form().inputs())
                .anySatisfy(input -> assertThat(input.value()).isEqualTo("Everybody"));
        assertThat(send(bug, version)).isEqualTo("redirect:/items/" + bug.key());
    }
}
