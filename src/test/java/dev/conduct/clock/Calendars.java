package dev.conduct.clock;

import dev.conduct.procedure.Procedure.CalendarRule;
import dev.conduct.procedure.Procedure.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Calendars that tests count by.
final class Calendars {

    static final CalendarRule ALWAYS = new CalendarRule("always", ZoneId.of("UTC"), Map.of(), Set.of(), true);
    static final CalendarRule BERLIN =
            week("brindle", "Europe/Berlin", Set.of("2026-12-25", "2026-04-06"), "09:00-17:00");
    static final CalendarRule NEW_YORK =
            week("hudson", "America/New_York", Set.of("2026-11-26"), "08:30-12:00", "13:00-17:30");
    static final CalendarRule NIGHT_IN_BERLIN = daily("night", "Europe/Berlin", "00:00-06:00", "22:00-00:00");
    static final CalendarRule LORD_HOWE = daily("island", "Australia/Lord_Howe", "01:15-09:00");

    private Calendars() {}

    static CalendarRule week(String name, String zone, Set<String> holidays, String... hours) {
        var days = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            if (day.getValue() <= 5) {
                days.put(day, hours(hours));
            }
        }
        return new CalendarRule(
                name,
                ZoneId.of(zone),
                days,
                holidays.stream().map(LocalDate::parse).collect(java.util.stream.Collectors.toSet()),
                false);
    }

    static CalendarRule daily(String name, String zone, String... hours) {
        var days = new EnumMap<DayOfWeek, List<Hours>>(DayOfWeek.class);
        for (var day : DayOfWeek.values()) {
            days.put(day, hours(hours));
        }
        return new CalendarRule(name, ZoneId.of(zone), days, Set.of(), false);
    }

    private static List<Hours> hours(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.split("-"))
                .map(ends -> new Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])))
                .toList();
    }
}
