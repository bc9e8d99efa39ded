package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.work.FormView.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormViewTest {

    private final FormView form = new FormView(
            "Submit the fix",
            "/items/APP-1/moves",
            "Submit the fix",
            false,
            false,
            "",
            List.of(
                    Input.line("title", "Title", null, "<b>Totals</b> & \"quotes\"", true),
                    Input.text("root_cause", "Root cause", "Why it could happen.", "It rounds twice.", false)),
            null,
            List.of(),
            "/items/APP-1");

    @Test
    void a_refused_form_says_why_and_keeps_every_answer() {
        var refused = form.refused(
                "The fix was not accepted",
                List.of(new FieldProblem("fields.root_cause", "too_short", "says too little. Write why.")));

        var html = render(refused);

        assertThat(html)
                .contains("Nothing was changed yet")
                .contains("href=\"#f-root_cause\"")
                .contains("Root cause says too little. Write why.")
                .contains("aria-invalid=\"true\"")
                .contains("It rounds twice.");
    }

    @Test
    void what_people_wrote_is_text_never_markup() {
        assertThat(render(form)).doesNotContain("<b>Totals").contains("&lt;b>Totals");
    }

    @Test
    void a_mistake_of_no_field_of_the_form_is_still_told() {
        var refused = form.refused("Not accepted", List.of(new FieldProblem("version", "stale", "is not the latest.")));

        assertThat(render(refused)).contains("version is not the latest.");
    }

    private static String render(FormView form) {
        return new Html().render("work/form.jte", Map.of("form", form));
    }
}
