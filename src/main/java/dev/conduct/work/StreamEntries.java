package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.Markdown;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.Day;
import dev.conduct.work.RecordPage.Entry;
import dev.conduct.work.RecordPage.Named;
import dev.conduct.work.RecordPage.Remark;
import dev.conduct.work.RecordPage.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/// A record's history as people read it: newest first, days as rows, each event one sentence.
///
/// @param wordings what became of what was said
record StreamEntries(
        Item item,
        ItemType type,
        Procedure procedure,
        PageNames names,
        Words words,
        Mentioned mentioned,
        Wordings wordings) {

    private static final Map<String, String> ICONS = Map.ofEntries(
            Map.entry("item.report", "plus"),
            Map.entry("item.transition", "route"),
            Map.entry("item.act", "check"),
            Map.entry("item.edit", "sliders-horizontal"),
            Map.entry("item.attest", "ticket-check"),
            Map.entry("item.link", "link-2"),
            Map.entry("item.attach", "paperclip"),
            Map.entry("item.watch", "eye"),
            Map.entry(Wordings.REWORD, "message-square"),
            Map.entry("clock.warn", "clock"),
            Map.entry("clock.breach", "triangle-alert"));

    private static final String ERASED = "Erased with the person who wrote it.";

    List<Day> days(List<Event> events) {
        var days = new ArrayList<Day>();
        for (var event : events.reversed()) {
            var title = words.day(event.occurredAt());
            if (days.isEmpty() || !days.getLast().title().equals(title)) {
                days.add(new Day(title, new ArrayList<>()));
            }
            days.getLast().entries().add(entry(event));
        }
        return days;
    }

    private Entry entry(Event event) {
        var by = names.named(event.actor());
        var content = event.content();
        var own = event.action().startsWith("override.") || event.action().startsWith("duty.");
        var says = own ? content.getOrDefault("reason", content.get("note")) : content.get("comment");
        var comment = event.action().equals("item.comment");
        var said = comment ? wordings.current(event).content().getOrDefault("text", ERASED) : says;
        var deletion = comment ? wordings.deletion(event.id()) : null;
        return new Entry(
                event.occurredAt(),
                words.time(event.occurredAt()),
                by,
                ICONS.getOrDefault(event.action(), event.action().startsWith("clock.") ? "clock" : "history"),
                sentence(event, b(by.name())) + imported(event),
                said == null || said.isBlank() || deletion != null ? null : Markdown.html(said, mentioned),
                event.clause() == null || comment ? null : ref(event.clause()),
                event.entry(),
                ItemFold.outside(event, item),
                comment ? remark(event, by, deletion) : null);
    }

    private Remark remark(Event event, Named by, @Nullable Event deletion) {
        var changes = wordings.of(event.id());
        var earlier = new ArrayList<Wording>();
        if (deletion == null) {
            for (var before : wordings.earlier(event)) {
                earlier.add(new Wording(
                        words.moment(before.occurredAt()),
                        Markdown.html(before.content().getOrDefault("text", ERASED), mentioned)));
            }
        }
        return new Remark(
                event.id().toString(),
                by.me() && deletion == null,
                changes.isEmpty() ? "" : words.moment(changes.getLast().occurredAt()),
                earlier.reversed(),
                deletion == null
                        ? null
                        : names.name(deletion.actor()) + " deleted this " + words.dated(deletion.occurredAt()) + ".");
    }

    /// Whoever brought history along answers for it: its author is a name in a file.
    private String imported(Event event) {
        var importer = text(event, "imported_by", "");
        return importer.isEmpty() ? "" : ", imported by " + b(names.name(importer));
    }

    private String sentence(Event event, String by) {
        if (event.outcome() == Outcome.DENIED) {
            return by + " tried "
                    + switch (event.action()) {
                        case "override.ask" -> "to ask for an exception from " + gate(event);
                        case "override.approve", "override.decline" -> "to decide the exception from " + gate(event);
                        case Wordings.REWORD, Wordings.DELETE -> "to change what somebody else said";
                        case "duty.settle" -> "to settle the follow-up of " + gate(event);
                        default -> b(transition(text(event, "transition", event.action())));
                    }
                    + " and was held";
        }
        return switch (event.action()) {
            case "item.report" -> by + " " + escape(type.begun().toLowerCase(Locale.ROOT)) + " it";
            case "item.transition" -> moved(event, by);
            case "item.edit" -> by + " changed " + changed(event);
            case "item.attest" ->
                by + " recorded " + b(evidence(event)) + ": " + plain(text(event, "verdict", "")) + about(event);
            case "item.migrate" ->
                "Judged by procedure " + b(event.procedure() == null ? "" : event.procedure()) + " from here on"
                        + (text(event, "from", "").equals(text(event, "to", ""))
                                ? ""
                                : ", where it stands in " + b(Stations.title(type, text(event, "to", ""))));
            case "item.comment" -> by;
            case Wordings.REWORD -> by + " reworded " + comment(event);
            case Wordings.DELETE -> by + " deleted " + comment(event);
            case "item.link" ->
                by + " linked it: " + plain(text(event, "kind", "")) + " " + record(text(event, "other", ""));
            case "item.attach" -> by + " attached " + b(event.content().getOrDefault("name", "a file"));
            case "item.restrict" -> by + " restricted it to those named";
            case "item.open" -> by + " opened it to everybody who sees its product";
            case "item.watch" -> by + " watches it";
            case "item.unwatch" -> by + " no longer watches it";
            case "clock.warn" -> b(plain(text(event, "clock", "Clock"))) + " clock passed its warning";
            case "clock.breach" -> b(plain(text(event, "clock", "Clock"))) + " clock ran out";
            case "clock.escalate" -> b(plain(text(event, "clock", "Clock"))) + " clock was escalated";
            case "override.ask" -> by + " asked for an exception from " + gate(event);
            case "override.approve" ->
                by + " approved the exception from " + gate(event) + ", asked for by "
                        + b(names.name(text(event, "asked_by", "")));
            case "override.decline" -> by + " declined the exception from " + gate(event);
            case "override.expire" -> "The exception from " + gate(event) + " ended";
            case "duty.owe" -> b(names.name(text(event, "owed_by", ""))) + " owes the follow-up of " + gate(event);
            case "duty.settle" -> by + " settled the follow-up of " + gate(event);
            case "duty.overdue" -> "The follow-up of " + gate(event) + " is overdue";
            case "test.link" -> by + " linked the test " + b(text(event, "test", ""));
            case "test.unlink" -> by + " took away the test " + b(text(event, "test", ""));
            case "testcase.link" -> by + " reported it of case " + b(text(event, "case", "")) + " in a test run";
            case "test.passes" -> "The test " + b(text(event, "test", "")) + " passes now" + about(event);
            case "test.fails" -> "The test " + b(text(event, "test", "")) + " fails now" + about(event);
            default -> by + ": " + escape(plain(event.action().replace('.', ' ')));
        };
    }

    private String moved(Event event, String by) {
        var from = text(event, "from", "");
        var to = text(event, "to", from);
        if (from.equals(to)) {
            return by + ": " + b(transition(text(event, "transition", "")));
        }
        var assignee = text(event, "assignee", "");
        return b(Stations.title(type, from)) + " to " + b(Stations.title(type, to)) + " by " + by
                + (assignee.isEmpty() ? "" : ", assigned to " + b(names.name(assignee)));
    }

    private String changed(Event event) {
        var fields = new ArrayList<String>();
        for (var holder : List.of(event.data(), event.content())) {
            for (var name : flat(holder)) {
                var field = type.fields().get(name);
                if (field != null) {
                    fields.add(field.title().toLowerCase(java.util.Locale.ROOT));
                } else if (name.equals("title") || name.equals("description") || name.equals("assignee")) {
                    fields.add(name);
                }
            }
        }
        var assignee = text(event, "assignee", "");
        var what = fields.isEmpty()
                ? "it"
                : escape(String.join(", ", fields.stream().distinct().toList()));
        return assignee.isEmpty() ? what : what + ": " + b(names.name(assignee));
    }

    private static List<String> flat(Map<String, ?> holder) {
        var names = new ArrayList<String>();
        holder.forEach((name, value) -> {
            names.add(name);
            if (value instanceof Map<?, ?> inner) {
                inner.keySet().forEach(key -> names.add(String.valueOf(key)));
            }
        });
        return names;
    }

    private String gate(Event event) {
        var name = text(event, "gate", "a signal");
        var known = Duties.gate(type, text(event, "transition", ""), name);
        return b(known == null ? plain(name) : known.title());
    }

    private static String comment(Event event) {
        var id = Wordings.comment(event);
        return "<a href=\"/items/" + escape(event.object().substring(ItemFold.PREFIX.length())) + "?said=" + escape(id)
                + "#c-" + escape(id) + "\">a comment</a>";
    }

    private String evidence(Event event) {
        var kind = text(event, "kind", "evidence");
        var known = procedure.evidenceKinds().get(kind);
        return known == null ? Words.plain(kind) : known.title();
    }

    private static String about(Event event) {
        var commit = text(event, "commit", "");
        var build = text(event, "build", "");
        return (commit.isEmpty() ? "" : " on <span class=\"mono\">" + escape(shortened(commit)) + "</span>")
                + (build.isEmpty() ? "" : ", build <span class=\"mono\">" + escape(build) + "</span>");
    }

    private static String shortened(String commit) {
        return commit.length() > 12 ? commit.substring(0, 12) : commit;
    }

    private String transition(String name) {
        var known = type.transitions().get(name);
        return known == null ? Words.plain(name) : known.title();
    }

    private static String record(String key) {
        return "<a class=\"rid\" href=\"/items/" + escape(key) + "\">" + escape(key) + "</a>";
    }

    private String ref(String clause) {
        var known = procedure.clauses().get(clause);
        return known == null ? clause : known.ref();
    }

    private static String text(Event event, String name, String otherwise) {
        var value = event.data().get(name);
        return value == null ? event.content().getOrDefault(name, otherwise) : String.valueOf(value);
    }

    private static String plain(@Nullable String name) {
        return Words.plain(name).toLowerCase(java.util.Locale.ROOT);
    }

    private static String b(String text) {
        return "<b>" + escape(text) + "</b>";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
