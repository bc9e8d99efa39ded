package dev.conduct.conformance;

import java.time.Instant;
import java.util.List;

/// What another version of the procedure makes of what happened. It takes for granted that people would have acted at
/// the same times.
///
/// @param version the version that judged once more
/// @param records items whose history was judged
/// @param attempts transitions that were tried
/// @param same attempts that come out as they did
/// @param heldBefore attempts that the version of their time holds, heldAfter those that this one holds
/// @param clocks rounds of clocks by this version
/// @param brokenBefore rounds that ran out by the version of their time, brokenAfter those that run out by this one
/// @param stranded items under way whose state this version does not know, by key
/// @param differences the first thousand
public record Replayed(
        String version,
        long records,
        long attempts,
        long same,
        long heldBefore,
        long heldAfter,
        long clocks,
        long brokenBefore,
        long brokenAfter,
        List<String> stranded,
        List<Difference> differences) {

    /// The figures as sentences.
    public List<String> summary() {
        return List.of(
                records + (records == 1 ? " record" : " records") + " judged once more by " + version
                        + ", as if people had" + " acted at the same times.",
                same + " of " + attempts + " attempts come out the same; held were " + heldBefore + ", held would be "
                        + heldAfter + ".",
                "Of " + clocks + " rounds of clocks " + brokenAfter + " run out; they were " + brokenBefore + ".",
                stranded.isEmpty()
                        ? "No record under way is left without a state."
                        : "Left without a state: " + String.join(", ", stranded) + ".");
    }

    /// @param kind `refused`, `passed`, `stranded`, `broken` or `kept`
    /// @param by the version of its time
    /// @param clause the clause that holds it, or of the clock
    /// @param says what would have been otherwise, in words
    public record Difference(String item, Instant at, String kind, String what, String by, String clause, String says) {

        /// `APP-12, 2026-11-03T10:00:00Z: Submit the fix would have been refused: …`
        public String inWords() {
            return item + ", " + at + ": " + says;
        }
    }
}
