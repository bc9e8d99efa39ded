package dev.conduct.mail;

import dev.conduct.mail.Letter.Block;
import java.util.List;
import java.util.stream.Collectors;

/// A letter in words: plain text here, HTML by its template.
///
/// @param root address of this server, without a slash at its end
record Wording(Letter letter, String subject, String root) {

    List<Block> blocks() {
        return letter.blocks();
    }

    String address(String path) {
        return root + path;
    }

    static String plain(Letter letter, String root) {
        return letter.blocks().stream().map(block -> plain(block, root)).collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String plain(Block block, String root) {
        return switch (block) {
            case Block.Heading heading -> heading.text();
            case Block.Paragraph paragraph -> paragraph.text();
            case Block.Quote quote ->
                quote.text().lines().map(line -> "> " + line).collect(Collectors.joining("\n"));
            case Block.Line line ->
                line.label() + (line.detail().isEmpty() ? "" : ": " + line.detail()) + "\n" + root + line.path();
            case Block.Action action -> action.label() + ":\n" + root + action.path();
            case Block.Small small ->
                "-- \n" + small.text()
                        + (small.label().isEmpty() ? "" : "\n" + small.label() + ": " + root + small.path());
        };
    }
}
