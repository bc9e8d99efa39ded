package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Word;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads calendars and schedules.
final class TimesReader {

    private final Declared declared;
    private final Mistakes mistakes;

    TimesReader(Declared declared, Mistakes mistakes) {
        this.declared = declared;
        this.mistakes = mistakes;
    }

    void calendars(Entry file) {
        PackReader.each(mistakes, file.named("calendars"), "calendar", (name, entry) -> {
            var always = entry.flag("always");
            if (always && (entry.has("zone") || entry.has("hours") || entry.has("holidays"))) {
                mistakes.add(entry.place(), name + " counts always and has hours too", "keep always, or the hours");
            }
            if (!always && entry.wordsByName("hours").isEmpty()) {
                mistakes.add(entry.place(), "the calendar " + name + " has no hours", "add hours, or always: true");
            }
            if (!always && !entry.has("zone")) {
                mistakes.add(entry.place(), "the calendar " + name + " has no zone", "add zone: Europe/Berlin");
            }
            declared.calendars.put(
                    name,
                    new Procedure.CalendarRule(name, zone(entry.word("zone")), hours(entry), holidays(entry), always));
        });
    }

    void schedules(Entry file) {
        PackReader.each(mistakes, file.named("schedules"), "schedule", (name, entry) -> {
            var first = entry.word("first");
            var every = entry.word("every");
            if (first == null || every == null) {
                return;
            }
            var moment = PackReader.parsed(
                    mistakes, first, LocalDateTime::parse, "no local moment", "write 2026-01-06T18:00");
            var period = Spans.parseRecurrence(every.text());
            if (period.isEmpty()) {
                mistakes.add(
                        every.place(), "\"" + every.text() + "\" says not how often", "write 2 weeks, 1 month or 14 d");
            }
            declared.schedules.put(
                    name,
                    new Procedure.ScheduleRule(
                            name,
                            moment.orElse(LocalDateTime.MIN),
                            zone(entry.word("zone")),
                            period.orElse(java.time.Period.ofDays(1))));
        });
    }

    private ZoneId zone(@Nullable Word word) {
        if (word == null) {
            return java.time.ZoneOffset.UTC;
        }
        if (ZoneId.getAvailableZoneIds().contains(word.text())) {
            return ZoneId.of(word.text());
        }
        mistakes.add(
                word.place(),
                "there is no time zone \"" + word.text() + "\"",
                Nearest.to(word.text(), ZoneId.getAvailableZoneIds())
                        .map(near -> "write " + near)
                        .orElse("write one such as Europe/Berlin or UTC"));
        return java.time.ZoneOffset.UTC;
    }

    private Map<DayOfWeek, List<Procedure.Hours>> hours(Entry entry) {
        var hours = new EnumMap<DayOfWeek, List<Procedure.Hours>>(DayOfWeek.class);
        entry.wordsByName("hours").forEach((day, spans) -> {
            var list = new ArrayList<Procedure.Hours>();
            for (var span : spans) {
                var read = hours(span);
                if (read != null) {
                    if (!list.isEmpty() && read.from().isBefore(list.getLast().to())) {
                        mistakes.add(
                                span.place(), "\"" + span.text() + "\" overlaps the hours before", "put them in order");
                    }
                    list.add(read);
                }
            }
            hours.put(DayOfWeek.valueOf(day.text().toUpperCase(Locale.ROOT)), List.copyOf(list));
        });
        return java.util.Collections.unmodifiableMap(hours);
    }

    private Procedure.@Nullable Hours hours(Word span) {
        var parts = span.text().split("-", -1);
        try {
            if (parts.length == 2) {
                var from = LocalTime.parse(parts[0].strip());
                var to = parts[1].strip().equals("24:00") ? LocalTime.MAX : LocalTime.parse(parts[1].strip());
                if (from.isBefore(to)) {
                    return new Procedure.Hours(from, to);
                }
            }
        } catch (DateTimeException unreadable) {
            // said below, together with hours that end before they begin
        }
        mistakes.add(span.place(), "\"" + span.text() + "\" are no hours", "write \"09:00-17:00\"");
        return null;
    }

    private Set<LocalDate> holidays(Entry entry) {
        var days = new LinkedHashSet<LocalDate>();
        for (var day : entry.words("holidays")) {
            PackReader.parsed(mistakes, day, LocalDate::parse, "no day", "write 2026-12-25")
                    .ifPresent(days::add);
        }
        return days;
    }
}
