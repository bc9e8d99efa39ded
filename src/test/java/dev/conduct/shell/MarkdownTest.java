package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void lists_code_and_emphasis_become_html() {
        assertThat(Markdown.html("1. Open `SHP-1`\n2. *Wait*")).contains("<ol>", "<code>SHP-1</code>", "<em>Wait</em>");
    }

    @Test
    void raw_html_is_shown_as_text() {
        assertThat(Markdown.html("<script>alert(1)</script> <b onclick=x()>hi</b>"))
                .doesNotContain("<script")
                .doesNotContain("<b")
                .contains("&lt;script&gt;");
    }

    @Test
    void links_that_run_script_lose_their_address() {
        assertThat(Markdown.html("[a](javascript:alert(1)) [b](data:text/html,x) [c](https://example.org)"))
                .doesNotContain("javascript:")
                .doesNotContain("data:")
                .contains("href=\"https://example.org\"", "nofollow");
    }

    @Test
    void images_are_not_fetched_from_elsewhere() {
        assertThat(Markdown.html("![x](https://example.org/pixel.png)")).doesNotContain("<img");
    }

    @Test
    void a_heading_of_a_user_stays_below_the_headings_of_the_page() {
        assertThat(Markdown.html("# Loud")).contains("<h5>Loud</h5>");
    }
}
