package dev.conduct.shell;

import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
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
                    "a")
            // A heading of a user must not compete with the headings of the page.
            .allowElements((name, attributes) -> "h5", "h1", "h2")
            .allowStandardUrlProtocols()
            .allowAttributes("href")
            .onElements("a")
            .allowAttributes("start")
            .matching(Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .requireRelNofollowOnLinks()
            .toFactory();

    /// Lines of words and nothing else that could mean something; each begins with a letter, after a digit or a sign
    /// it could be of a list.
    private static final Pattern WORDS_ONLY =
            Pattern.compile("\\p{L}[\\p{L}\\p{Nd} ,.;:()?/-]*(?:\n\\p{L}[\\p{L}\\p{Nd} ,.;:()?/-]*)*");

    private Markdown() {}

    public static String html(String text) {
        return isPlain(text) ? plain(text) : rendered(text);
    }

    /// What most people write most of the time, and what costs a tenth of a page when it is parsed and sanitized.
    static boolean isPlain(String text) {
        return WORDS_ONLY.matcher(text).matches() && !text.contains(" \n") && !text.endsWith(" ");
    }

    private static String plain(String text) {
        return "<p>" + text.replace("\n", "<br />\n") + "</p>\n";
    }

    static String rendered(String text) {
        return POLICY.sanitize(RENDERER.render(PARSER.parse(text)));
    }
}
