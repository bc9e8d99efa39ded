package dev.conduct.replies;

import java.util.List;
import java.util.Set;
import org.owasp.html.HtmlSanitizer;

/// The words of a mail that was written as HTML, and nothing of its markup: a line for each block. What stands in a
/// `blockquote` is somebody else's.
final class HtmlWords implements HtmlSanitizer.Policy {

    private static final Set<String> SILENT = Set.of("script", "style", "head", "title", "blockquote", "template");
    private static final Set<String> LINES =
            Set.of("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "table", "ul", "ol");

    private final StringBuilder words = new StringBuilder();
    private int silent;

    private HtmlWords() {}

    static String of(String html) {
        var reading = new HtmlWords();
        HtmlSanitizer.sanitize(html, reading);
        return reading.words
                .toString()
                .replaceAll("[ \\t\\u00a0]+", " ")
                .replaceAll(" ?\\n ?", "\n")
                .strip();
    }

    @Override
    public void openDocument() {}

    @Override
    public void closeDocument() {}

    @Override
    public void openTag(String name, List<String> attributes) {
        silent += SILENT.contains(name) ? 1 : 0;
        line(name);
    }

    @Override
    public void closeTag(String name) {
        silent -= SILENT.contains(name) && silent > 0 ? 1 : 0;
        line(name);
    }

    @Override
    public void text(String text) {
        if (silent == 0) {
            words.append(text.replaceAll("\\s+", " "));
        }
    }

    private void line(String name) {
        var end = words.length();
        var apart = end == 0 || end > 1 && words.charAt(end - 1) == '\n' && words.charAt(end - 2) == '\n';
        if (silent == 0 && LINES.contains(name) && !apart) {
            words.append('\n');
        }
    }
}
