package dev.conduct.testing;

import dev.conduct.work.CodeHistory;
import org.springframework.stereotype.Component;

/// What the mirrored code of a product says of its test cases: the comments that begin with `@case`, each under the
/// place where it stands.
@Component
class MirroredCases {

    private static final String BEGINS = "@case";
    private static final int TEXT = 2_000_000;

    private final CodeHistory history;

    MirroredCases(CodeHistory history) {
        this.history = history;
    }

    boolean readable(String product) {
        return history.knows(product);
    }

    /// As the main branch has it, up to two million characters.
    String text(String product) {
        var told = new StringBuilder();
        for (var file : history.containing(product, BEGINS)) {
            var blocks = blocks(file);
            if (told.length() + blocks.length() > TEXT) {
                break;
            }
            told.append(blocks);
        }
        return told.toString();
    }

    /// A block goes on while lines of it say something of the case, or nothing at all.
    private static String blocks(CodeHistory.Text file) {
        var told = new StringBuilder();
        var number = 0;
        var within = false;
        for (var line : file.text().lines().toList()) {
            number++;
            if (AnnotatedCases.begins(line)) {
                told.append("# ").append(file.path()).append(':').append(number).append('\n');
                within = true;
            } else {
                within = within && (AnnotatedCases.goesOn(line) || line.chars().noneMatch(Character::isLetterOrDigit));
            }
            if (within) {
                told.append(line).append('\n');
            }
        }
        return told.toString();
    }
}
