package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import dev.conduct.shell.View;
import dev.conduct.work.NextSignals.NextSignal;
import dev.conduct.work.RecordPage.Named;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The open records of a line as cards, a column for each station.
///
/// @param refused why the last move was held, null when there was none
record BoardPage(
        ItemType type,
        List<Column> columns,
        long open,
        @Nullable Refused refused,
        HttpStatus status) implements View {

    /// @param more how many stand there beside the cards shown
    record Column(String state, String title, long count, List<Card> cards) {

        long more() {
            return count - cards.size();
        }
    }

    record Card(
            String key,
            String title,
            long version,
            ItemType.@Nullable Urgency urgency,
            @Nullable Instant due,
            boolean risk,
            @Nullable NextSignal next,
            @Nullable Named assignee,
            List<Way> ways) {}

    /// A transition that leads on from where a card stands.
    ///
    /// @param asks true when it has questions of its own, which its form on the record asks
    record Way(String transition, String title, String to, boolean asks) {}

    /// @param href where every reason stands with its remedy
    record Refused(String key, String says, List<Reason> reasons, String href) {}

    @Override
    public String template() {
        return "work/board.jte";
    }

    @Override
    public String title() {
        return type.plural() + ", board";
    }

    String href() {
        return "/lines/" + type.name();
    }

    String noun() {
        return type.title().toLowerCase(java.util.Locale.ROOT);
    }
}
