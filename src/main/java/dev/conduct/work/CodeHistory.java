package dev.conduct.work;

import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the mirrors of a product's code know of its history: a module's door to whoever asks what a result is
/// about. Found by injection. Commits may be abbreviated to seven digits or more; one that no mirror has is not
/// there.
public interface CodeHistory {

    /// Lines that a commit brought.
    ///
    /// @param base the commit it is compared with, empty for nothing
    /// @param against what that is, in words
    /// @param lines by path in the repository; bit n is line n. Files that are gone are not there
    /// @param whole false when the change has more files than are looked at; then there are no lines
    record Changed(String commit, String base, String against, Map<String, BitSet> lines, boolean whole) {}

    record Commit(String sha, String title, String author, Instant at) {

        public String shortSha() {
            return sha.substring(0, Math.min(8, sha.length()));
        }
    }

    /// @param commits the newest first
    /// @param more whether there are more than those
    /// @param straight whether the later commit builds on the earlier; else it lacks some of what that has
    record Range(List<Commit> commits, boolean more, boolean straight) {}

    /// Whether anything is known of the code of this product.
    boolean knows(String product);

    /// What a commit changed against another, or by itself: a merge request against where it left its target, a
    /// commit of the main branch against the one before it.
    ///
    /// @param base empty for what it is compared with by itself
    Optional<Changed> changed(String product, String commit, String base);

    /// Paths of all files of a commit, empty when no mirror has it.
    Set<String> files(String product, String commit);

    /// A text of the main branch.
    record Text(String path, String text) {}

    /// Texts of the main branch that hold this word, by path; long ones are passed over.
    List<Text> containing(String product, String word);

    /// The commits that are in one and not in the other.
    Optional<Range> between(String product, String after, String until, int most);
}
