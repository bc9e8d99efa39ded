package dev.conduct.shell;

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
            .matching(java.util.regex.Pattern.compile("[0-9]{1,9}"))
            .onElements("ol")
            .requireRelNofollowOnLinks()
            .toFactory();

    private Markdown() {}

    public static String html(String text) {
        return POLICY.sanitize(RENDERER.render(PARSER.parse(text)));
    }
}
