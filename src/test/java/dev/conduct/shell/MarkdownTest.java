package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void lists_code_and_emphasis_become_html() {
        assertThat(Markdown.html("1. Open `SHP-1`\n2. *Wait*")).contains("<ol>", "<code>SHP-1</code>", "<em>Wait</em>");
    }

    private static final Markdown.References REFERENCES = new Markdown.References() {

        @Override
        public @Nullable String image(String destination) {
            return destination.startsWith("/items/") ? destination + "/image" : null;
        }

        @Override
        public java.util.regex.Pattern names() {
            return java.util.regex.Pattern.compile("[A-Z]+-[0-9]+");
        }

        @Override
        public @Nullable String address(String name) {
            return name.equals("APP-12") ? "/items/APP-12" : null;
        }
    };

    @Test
    void names_become_links_where_they_lead_somewhere_and_are_no_code() {
        assertThat(Markdown.html("See APP-12, APP-13 and `APP-12`", REFERENCES))
                .isEqualTo("<p>See <a href=\"/items/APP-12\" rel=\"nofollow\">APP-12</a>, APP-13 and"
                        + " <code>APP-12</code></p>\n");
        assertThat(Markdown.html("[APP-12](https://example.org)", REFERENCES)).contains("https://example.org");
    }

    @Test
    void own_images_are_shown_and_others_are_links() {
        assertThat(Markdown.html("![screen](/items/APP-12/attachments/1)", REFERENCES))
                .contains(
                        "<a href=\"/items/APP-12/attachments/1\"",
                        "<img src=\"/items/APP-12/attachments/1/image\" alt=\"screen\"");
        for (var other : java.util.List.of(
                "![x](https://example.org/a.png)",
                "![x](//example.org/a.png)",
                "![x](data:image/png;base64,AA)",
                "[![x](/items/APP-12/attachments/1/image)](https://example.org)")) {
            assertThat(Markdown.html(other, REFERENCES)).doesNotContain("<img");
        }
        assertThat(Markdown.html("![screen](/items/APP-12/attachments/1)")).doesNotContain("<img");
    }

    /// The short way for plain words may never show anything else than the long way.
    @Property(tries = 3_000)
    void plain_words_look_as_if_they_were_parsed(@ForAll("lines") String text) {
        Assume.that(Markdown.isPlain(text));

        assertThat(Markdown.html(text)).isEqualTo(Markdown.rendered(text));
    }

    @Provide
    Arbitrary<String> lines() {
        var plain = Arbitraries.of(
                "a",
                "B",
                "é",
                "ß",
                "漢",
                "Ω",
                "word",
                "http://x.y/z",
                "1",
                "12",
                "٣",
                " ",
                " ",
                ",",
                ".",
                ";",
                ":",
                "(",
                ")",
                "?",
                "/",
                "-",
                "--",
                "\n",
                "\na");
        var others = Arbitraries.of(
                "*", "_", "`", "#", "<b>", "&amp;", "[a](b)", "!", "\t", "\r\n", "'", "\"", "=", "+", "  \n", "\n\n");
        return Arbitraries.frequencyOf(Tuple.of(40, plain), Tuple.of(1, others))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> "a" + String.join("", parts));
    }

    @Test
    void most_comments_take_the_short_way() {
        assertThat(Markdown.isPlain("Seen again after the update (build 12).\nLogs are in the ticket, see APP-12"))
                .isTrue();
        assertThat(Markdown.isPlain("1. one\n2. two")).isFalse();
        assertThat(Markdown.isPlain("Title\n---")).isFalse();
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
