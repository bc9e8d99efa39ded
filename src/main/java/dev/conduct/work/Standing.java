package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import java.util.Map;

/// An item as it stands now: by the version of the procedure that judges its next act, in the words of that version.
/// Page, forms, signals and clocks of an item are told from one of these, so that none contradicts another.
///
/// @param found as it is kept: its last act was judged by the version it names
/// @param item the same by the words of the version that judges it now
/// @param renamed what this version calls states that the version before called otherwise
public record Standing(Item found, Item item, Procedure procedure, ItemType type, Map<String, String> renamed) {

    /// Whether its line is at an end.
    public boolean ended() {
        return type.ended().contains(item.state());
    }
}
