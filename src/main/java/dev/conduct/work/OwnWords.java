package dev.conduct.work;

import dev.conduct.ledger.PersonalWords;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Descriptions and comments are their writer's, and names of files, which often hold one. Titles, fields, evidence
/// and the reasons of exceptions are the record's: without them nobody could show what was decided, and why.
@Component
class OwnWords implements PersonalWords {

    /// What stands for the name of a file whose giver was erased.
    static final String ERASED = "erased";

    private static final Map<String, Set<String>> OWN = Map.of(
            "item.report",
            Set.of("description"),
            "item.edit",
            Set.of("description"),
            "item.comment",
            Set.of("text"),
            Wordings.REWORD,
            Set.of("text"),
            "item.transition",
            Set.of("comment"),
            "item.attach",
            Set.of("name"));

    @Override
    public boolean personal(String action, String field) {
        return OWN.getOrDefault(action, Set.of()).contains(field);
    }
}
