package dev.conduct.work;

import dev.conduct.procedure.Case;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Facts that machines deliver about an item, in place of people who attest them: a module's door to the gates. Found
/// by injection, and asked as the system when items are judged by gates that look at evidence; answers from its own
/// tables and changes nothing. Pages show for two seconds what it told, until something is written; acts ask it anew.
///
/// A new kind of fact is a kind in the pack's `evidence.yaml`, a gate that asks for it, and a source that delivers it.
/// Kinds the procedure in force does not know are passed over; facts older than its parameter `evidence_age` are
/// stale; those of another commit than the one in force are of another build.
public interface FactSource {

    /// @param component the component the item names, empty when it names none
    /// @param commit the commit in force, as the item has it or as the attempt would set it: 7 to 64 hexadecimal
    ///     digits in small letters, never asked otherwise
    /// @param kinds of evidence that are looked at, never asked without any: the others may be left out
    record Question(String item, String product, String component, String commit, Instant at, Set<String> kinds) {

        public boolean asks(String kind) {
            return kinds.contains(kind);
        }

        /// Those among several that ask for a kind.
        public static List<Question> of(String kind, Collection<Question> questions) {
            return questions.stream().filter(question -> question.asks(kind)).toList();
        }
    }

    /// @param kind of evidence
    /// @param commit in force, empty when none is named
    record Wanted(String kind, String item, String product, String commit) {}

    /// A page of the module, for readers inside.
    ///
    /// @param title what it is called: `Quality`
    record Place(String title, String href) {}

    /// Where people see what is known of this kind, and what would supply it; empty for kinds of other sources.
    default Optional<Place> place(Wanted wanted) {
        return Optional.empty();
    }

    /// Oldest first, of every question that has any. When there is nothing of the commit in force, the last of
    /// another, so that a refusal can say so. `source` says what the fact was read from, `actor` who sent it.
    ///
    /// A list asks for all its items at once: how many statements that takes does not depend on how many there are.
    Map<Question, List<Case.Fact>> facts(Collection<Question> questions);

    /// The same of one.
    default List<Case.Fact> facts(Question question) {
        return facts(List.of(question)).getOrDefault(question, List.of());
    }
}
