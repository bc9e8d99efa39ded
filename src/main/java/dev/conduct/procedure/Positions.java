package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Place;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/// Where a place inside a text stands in the file the text was read from, whatever way the file quotes or folds it.
final class Positions {

    private Positions() {}

    /// @param offset into the text as read; blanks are no landmark, since folding changes them
    static Place inside(Place place, String text, int offset) {
        if (!(place.node() instanceof ScalarNode node)) {
            return place;
        }
        var before = 0;
        for (var i = 0; i < Math.min(offset, text.length()); i++) {
            before += Character.isWhitespace(text.charAt(i)) ? 0 : 1;
        }
        var at = skip(node, place.source());
        var end = offset >= text.length();
        while (at < place.source().length && (before > 0 || (!end && Character.isWhitespace(place.source()[at])))) {
            before -= Character.isWhitespace(place.source()[at]) ? 0 : 1;
            at++;
        }
        return at(place, at);
    }

    /// The index of the first character of the value itself, behind a quote or the head of a block.
    private static int skip(ScalarNode node, int[] source) {
        var at = node.getStartMark().getIndex();
        if (node.getScalarStyle() == ScalarStyle.SINGLE_QUOTED || node.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED) {
            return at + 1;
        }
        if (node.getScalarStyle() == ScalarStyle.FOLDED || node.getScalarStyle() == ScalarStyle.LITERAL) {
            while (at < source.length && source[at] != '\n') {
                at++;
            }
        }
        return at;
    }

    private static Place at(Place place, int index) {
        var line = 1;
        var column = 1;
        for (var i = 0; i < Math.min(index, place.source().length); i++) {
            column = place.source()[i] == '\n' ? 1 : column + 1;
            line += place.source()[i] == '\n' ? 1 : 0;
        }
        return new Place(place.file(), line, column);
    }
}
