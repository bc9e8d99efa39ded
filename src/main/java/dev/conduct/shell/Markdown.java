package dev.conduct.shell;

import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/// Text of users as HTML that may stand in a page: CommonMark with raw HTML shown as text, dangerous links dropped,
/// and the result held against a list of allowed elements once more.
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />\n")
            .build();
    private static final PolicyFactory POLICY = new HtmlPolicyBuilder()
            .allowElements(
                    "p",
                    "br",
                    "hr",
                    "em",
                    "strong",
                    "code",
                    "pre",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "a",
                    "img")
            // A heading of a user must not compete with the headings of the page.
            .allowElements((name, attributes) -> "h5", "h1", "h2")
            .allowStandardUrlProtocols()
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .allowAttributes("src")
            .matching(Pattern.compile("/[A-Za-z0-9/_-]{1,200}/image"))
            .onElements("img")
            .allowAttributes("alt")
            .onElements("img")
            .requireRelNofollowOnLinks()
            .toFactory();

    /// Lines of words and nothing else that could mean something; each begins with a letter, after a digit or a sign
    /// it could be of a list.
    private static final Pattern WORDS_ONLY =
            Pattern.compile("\\p{L}[\\p{L}\\p{Nd} ,.;:()?/-]*(?:\n\\p{L}[\\p{L}\\p{Nd} ,.;:()?/-]*)*");

    private Markdown() {}

    /// What the texts of one page may show and name beside the addresses that are written in them.
    public interface References {

        /// Where an image is shown from, a path of this server; null for one that is not its own, which becomes a link.
        @Nullable
        String image(String destination);

        /// What looks like a name in a text.
        Pattern names();

        /// Where a name leads; null when it is none, or none for this reader.
        @Nullable
        String address(String name);
    }

    public static String html(String text) {
        return isPlain(text) ? plain(text) : rendered(text, null);
    }

    public static String html(String text, References references) {
        return isPlain(text) && !references.names().matcher(text).find() ? plain(text) : rendered(text, references);
    }

    /// What most people write most of the time, and what costs a tenth of a page when it is parsed and sanitized.
    static boolean isPlain(String text) {
        return WORDS_ONLY.matcher(text).matches() && !text.contains(" \n") && !text.endsWith(" ");
    }

    private static String plain(String text) {
        return "<p>" + text.replace("\n", "<br />\n") + "</p>\n";
    }

    static String rendered(String text) {
        return rendered(text, null);
    }

    private static String rendered(String text, @Nullable References references) {
        var document = PARSER.parse(text);
        document.accept(new Referring(references));
        return POLICY.sanitize(RENDERER.render(document));
    }
}
