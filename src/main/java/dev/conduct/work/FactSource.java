package dev.conduct.work;

import dev.conduct.procedure.Case;
import java.time.Instant;
import java.util.List;

/// Facts that machines deliver about an item, in place of people who attest them: a module's door to the gates. Found
/// by injection, and asked whenever an item is judged; answers from its own tables and changes nothing.
///
/// A new kind of fact is a kind in the pack's `evidence.yaml`, a gate that asks for it, and a source that delivers it.
/// Kinds the procedure in force does not know are passed over; facts older than its parameter `evidence_age` are
/// stale; those of another commit than the one in force are of another build.
public interface FactSource {

    /// @param component the component the item names, empty when it names none
    /// @param commit the commit in force, as the item has it or as the attempt would set it; never empty
    record Question(String item, String product, String component, String commit, Instant at) {}

    /// Oldest first. When there is nothing of the commit in force, the last of another, so that a refusal can say so.
    /// `source` says what the fact was read from, `actor` who sent it.
    List<Case.Fact> facts(Question question);
}
