package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import dev.conduct.shell.View;
import dev.conduct.work.FormView.Option;
import dev.conduct.work.NextSignals.NextSignal;
import dev.conduct.work.RecordPage.Named;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The open records of a line as cards: a column for each station and, where asked for, a lane for each person,
/// priority or component.
///
/// @param begins whether the reader may begin one
/// @param filters what narrows it, in the query language
/// @param by what the lanes are, empty for none
/// @param choices what lanes can be
/// @param refused why the last move was held, null when there was none
/// @param mistakes what is wrong with the filters
record BoardPage(
        ItemType type,
        boolean begins,
        String filters,
        String by,
        List<Option> choices,
        List<Column> columns,
        List<Lane> lanes,
        long open,
        @Nullable Refused refused,
        List<String> mistakes,
        HttpStatus status)
        implements View {

    /// @param count how many stand there
    /// @param shown how many of them have a card
    /// @param limit of the procedure, null for none
    record Column(
            String state,
            String title,
            long count,
            long shown,
            @Nullable Long limit) {

        long more() {
            return count - shown;
        }

        boolean over() {
            return limit != null && count > limit;
        }

        boolean full() {
            return limit != null && count >= limit;
        }
    }

    /// @param title null where there are no lanes
    /// @param cells the cards of each column
    record Lane(@Nullable String title, List<List<Card>> cells) {

        long count() {
            return cells.stream().mapToLong(List::size).sum();
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
    record Way(String transition, String title, String to, String station, boolean asks) {}

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

    /// This board with other lanes.
    String by(String lanes) {
        return address(type, lanes, filters);
    }

    String list() {
        return LinePage.href(type, ("is:open " + filters + " sort:due").replaceAll("\\s+", " "));
    }

    String list(Column column) {
        return LinePage.href(type, ("state:" + column.state() + " " + filters + " sort:due").replaceAll("\\s+", " "));
    }

    static String address(ItemType type, String lanes, String filters) {
        return "/lines/" + type.name() + "/board?lanes=" + LinePage.encoded(lanes) + "&q=" + LinePage.encoded(filters);
    }
}
