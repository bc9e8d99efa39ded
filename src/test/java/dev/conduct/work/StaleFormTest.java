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

    @Test
    void the_second_editor_is_told_what_changed_by_whom_and_keeps_what_they_typed() {
        var bug = cast.reported();
        items.edit(
                new Items.Edit(bug.key(), "The editor eats lines", null, Map.of("severity", "low"), null, null, null),
                cast.paula);

        var bounced = (RecordPage) pages.edit(
                bug.key(),
                Map.of(
                        "title",
                        "The editor loses the last line",
                        "description",
                        "It just does, every time.",
                        "severity",
                        "critical",
                        "version",
                        "1",
                        RecordForms.ONLY,
                        ""),
                cast.sam,
                new RedirectAttributesModelMap());

        var form = Objects.requireNonNull(bounced.form());
        assertThat(form.problem()).isEqualTo("Paula changed it while you wrote");
        assertThat(form.meanwhile())
                .extracting(change -> change.title() + " " + change.sentence())
                .containsExactly(
                        "Title from “The editor loses the last line” to “The editor eats lines”",
                        "Severity from “High” to “Low”");
        assertThat(form.verb()).isEqualTo("Save over it");
        assertThat(form.typed("severity")).isEqualTo("Critical");
        // Untouched here: theirs stands. Touched by both: what was typed stays until it is decided.
        assertThat(value(form, "title")).isEqualTo("The editor eats lines");
        assertThat(value(form, "severity")).isEqualTo("critical");
        assertThat(value(form, "description")).isEqualTo("It just does, every time.");
    }

    private static String value(FormView form, String name) {
        return form.inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
