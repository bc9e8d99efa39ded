package dev.conduct.work;

import dev.conduct.ledger.LedgerStatus;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import dev.conduct.shell.Words;
import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A record: its head, its line, the signals before the next station, what happened, and the form in use.
///
/// @param editable whether its reader may change it without a transition
/// @param assignable whether its reader may say who does it
/// @param description rendered, empty for none
record RecordPage(
        Item item,
        ItemType type,
        @Nullable Named assignee,
        Named reporter,
        @Nullable Long sealed,
        boolean risk,
        List<Station> stations,
        @Nullable Signals signals,
        Moves moves,
        List<FieldRow> fields,
        List<Told> told,
        boolean editable,
        boolean assignable,
        String description,
        Documents documents,
        Stream stream,
        List<Content> panels,
        @Nullable Proof proof,
        @Nullable FormView form,
        HttpStatus status)
        implements View {

    /// A person on the page.
    record Named(String id, String name, String initials, boolean me) {}

    /// @param standing `done`, `here` or `ahead`
    record Station(
            String title,
            String standing,
            @Nullable Instant at,
            @Nullable String note) {}

    /// @param tone `clear`, `caution`, `stop`, `wait` or `waived`
    /// @param lacks the word for what is wrong (`Missing`), empty when clear
    /// @param supply link to the form that supplies it, null when this actor cannot
    /// @param place page that shows what machines know of it, null where people alone can tell
    record SignalRow(
            String tone,
            String word,
            String title,
            String clause,
            String lacks,
            String says,
            String fix,
            @Nullable Link supply,
            @Nullable Link place,
            @Nullable Link override,
            boolean first) {

        SignalRow inWords(UnaryOperator<String> words) {
            return new SignalRow(
                    tone,
                    word,
                    title,
                    clause,
                    lacks,
                    words.apply(says),
                    words.apply(fix),
                    supply,
                    place,
                    override,
                    first);
        }
    }

    record Link(String label, String href) {}

    record Signals(String station, String transition, List<SignalRow> rows, String procedure) {

        /// For the discs on the line: what is clear first, what stops last, next to the station it guards.
        List<String> tones() {
            return rows.reversed().stream().map(SignalRow::tone).toList();
        }

        Signals inWords(UnaryOperator<String> words) {
            return new Signals(
                    station,
                    transition,
                    rows.stream().map(row -> row.inWords(words)).toList(),
                    procedure);
        }

        long count(String tone) {
            return rows.stream().filter(row -> row.tone().equals(tone)).count();
        }

        /// For those who do not see the discs.
        String said() {
            return "Signals before %s: %d clear, %d caution, %d stop"
                    .formatted(
                            station, count("clear") + count("waived"), count("caution") + count("wait"), count("stop"));
        }
    }

    /// One thing that can be done. Held ones lead to their reasons.
    ///
    /// @param held how many signals hold it
    /// @param asks true when it has a form of its own
    record Move(
            String name,
            String label,
            @Nullable String to,
            int held,
            boolean asks,
            @Nullable String why) {}

    /// @param next the main way on, null at the end of the line
    record Moves(@Nullable Move next, List<Move> acts, List<Move> others, List<Move> backs) {}

    record FieldRow(
            String name,
            String title,
            String value,
            ItemType.@Nullable Urgency urgency,
            boolean code,
            boolean editable,
            boolean shows) {}

    /// A text of the report, rendered.
    record Told(String name, String title, String html, boolean editable) {}

    record Document(String name, String href, String size) {}

    /// @param type what it is, in words
    /// @param who is to do it, empty for nobody
    record Linked(
            String kind,
            String key,
            String title,
            String type,
            String station,
            @Nullable Instant dueAt,
            String who) {}

    record Documents(List<Document> attachments, List<Linked> links, List<Named> watchers, Watching watching) {}

    enum Watching {
        NO,
        YES
    }

    /// What happened, newest first.
    ///
    /// @param earlier the event before which the history goes on, null at its beginning
    /// @param later whether there is more after it
    record Stream(List<Day> days, @Nullable Long earlier, boolean later) {}

    record Day(String title, List<Entry> entries) {}

    /// One event, or one comment when `said` holds its text as HTML.
    ///
    /// @param outside whether customers who see the record read what was said
    record Entry(
            Instant at,
            String time,
            @Nullable Named by,
            String icon,
            String html,
            @Nullable String said,
            @Nullable String clause,
            @Nullable Long entry,
            boolean outside,
            @Nullable Remark remark) {}

    /// What can be done with a comment, and what became of it.
    ///
    /// @param edited when it was last reworded, empty when it stands as it was said
    /// @param earlier what it said before, the last first
    /// @param deleted who deleted it and when, null while it stands
    record Remark(
            String id,
            boolean mine,
            String edited,
            List<Wording> earlier,
            @Nullable String deleted) {}

    /// @param html what was said
    record Wording(String at, String html) {}

    /// @param bundle where the proof of this record can be had, null while there is none
    /// @param log what it was sealed in, for paper; every page has just read it
    record Proof(
            long events,
            long waiting,
            @Nullable Long last,
            Instant lastAt,
            String procedure,
            @Nullable String bundle,
            Supplier<LedgerStatus> log) {

        /// The root of the last signed checkpoint as paper has room for it, and its size; null before the first.
        @Nullable
        String head(Words words) {
            var sealedIn = log.get();
            var root = sealedIn.root();
            return root == null
                    ? null
                    : root.substring(0, 8) + "…" + root.substring(root.length() - 6) + " at size "
                            + words.number(sealedIn.checkpointSize());
        }

        /// Whether there may be more events than were counted.
        boolean more() {
            return events == Pasts.COUNTED;
        }
    }

    /// By what was decided, else by what the reporter said.
    ItemType.@Nullable Urgency urgency() {
        return type.urgency(item.fields()).orElse(null);
    }

    /// For the branch of a fix: `bug/APP-12-lines-get-lost`.
    String branch() {
        return BranchName.of(item);
    }

    @Override
    public String template() {
        return "work/record.jte";
    }

    @Override
    public String title() {
        var begin = form != null && form.problem() != null ? "Error: " : "";
        return begin + item.key() + " " + item.title();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb(type.plural(), "/lines/" + item.type(), false),
                new Crumb(item.product(), "/lines/" + item.type() + "?q=product:" + item.product(), false),
                new Crumb(item.key(), null, true));
    }

    int here() {
        for (var i = 0; i < stations.size(); i++) {
            if (stations.get(i).standing().equals("here")) {
                return i + 1;
            }
        }
        return stations.size();
    }
}
