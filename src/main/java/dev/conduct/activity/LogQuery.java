package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.ledger.Outcome;
import dev.conduct.ledger.Wanted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody typed to look things up in the log: `who:`, `event:`, `record:`, `outcome:`, `since:`, `until:`, or
/// the number of an entry.
///
/// @param entry an entry's number, when the query is nothing else
/// @param chips its parts, each with the address without it
record LogQuery(String text, Wanted wanted, @Nullable Long entry, List<Chip> chips, List<FieldProblem> mistakes) {

    record Chip(String name, String value, String token, String without) {}

    private static final Pattern PART = Pattern.compile("[^\\s\":]+:(?:\"[^\"]*\"?|\\S+)|\"[^\"]*\"?|\\S+");
    private static final Pattern ENTRY = Pattern.compile("#?(\\d{1,18})");
    private static final Pattern AGO = Pattern.compile("(\\d{1,5})([mhdw])");
    private static final Pattern OBJECT = Pattern.compile("[a-z][a-z_]*:[\\x21-\\x7e]{1,200}");
    private static final int LONGEST = 1_000;

    /// Reads a query; names are looked up, times are of a zone.
    record Reading(People people, Actor reader, ZoneId zone, Instant now) {

        LogQuery of(String query) {
            var cut = query.length() > LONGEST ? query.substring(0, LONGEST) : query;
            var parts = PART.matcher(cut).results().map(found -> found.group()).toList();
            var mistakes = new ArrayList<FieldProblem>();
            if (query.length() > LONGEST) {
                mistakes.add(new FieldProblem("q", "too_long", "A query has at most " + LONGEST + " characters."));
            }
            var wanted = Wanted.EVERYTHING;
            Long entry = null;
            for (var part : parts) {
                var number = ENTRY.matcher(part);
                if (parts.size() == 1 && number.matches()) {
                    entry = Long.parseLong(number.group(1));
                } else {
                    wanted = with(wanted, part, mistakes);
                }
            }
            return new LogQuery(cut, wanted, entry, chips(parts), mistakes);
        }

        private Wanted with(Wanted wanted, String part, List<FieldProblem> mistakes) {
            var colon = part.indexOf(':');
            var name = colon < 0 ? "" : part.substring(0, colon);
            var value = colon < 0 ? part : part.substring(colon + 1).replace("\"", "");
            try {
                return switch (name) {
                    case "who", "actor" ->
                        new Wanted(
                                who(value),
                                wanted.action(),
                                wanted.object(),
                                wanted.outcome(),
                                wanted.since(),
                                wanted.until());
                    case "event" ->
                        new Wanted(
                                wanted.actor(),
                                value.contains(".") ? value : value + ".",
                                wanted.object(),
                                wanted.outcome(),
                                wanted.since(),
                                wanted.until());
                    case "record" ->
                        new Wanted(
                                wanted.actor(),
                                wanted.action(),
                                object(value),
                                wanted.outcome(),
                                wanted.since(),
                                wanted.until());
                    case "outcome" ->
                        new Wanted(
                                wanted.actor(),
                                wanted.action(),
                                wanted.object(),
                                outcome(value),
                                wanted.since(),
                                wanted.until());
                    case "since" ->
                        new Wanted(
                                wanted.actor(),
                                wanted.action(),
                                wanted.object(),
                                wanted.outcome(),
                                time(value, false),
                                wanted.until());
                    case "until" ->
                        new Wanted(
                                wanted.actor(),
                                wanted.action(),
                                wanted.object(),
                                wanted.outcome(),
                                wanted.since(),
                                time(value, true));
                    default ->
                        throw new Mistake("“" + part + "” is not understood. Write who:, event:, record:,"
                                + " outcome:, since: or until:, or the number of an entry alone.");
                };
            } catch (Mistake mistake) {
                mistakes.add(new FieldProblem("q", "not_understood", mistake.says()));
                return wanted;
            }
        }

        private String who(String value) {
            if (value.equals("me")) {
                return reader.id();
            }
            if (value.startsWith("system:")) {
                return value;
            }
            return people.resolve(value)
                    .map(People.Person::id)
                    .orElseThrow(() -> new Mistake("Nobody alone is called “" + value
                            + "”. Write a whole name in quotes, an e-mail address, me, or system:clock."));
        }

        private static String object(String value) {
            var object = value.contains(":") ? value : "item:" + value;
            if (!OBJECT.matcher(object).matches()) {
                throw new Mistake("“" + value + "” is no record. Write its number, APP-12, or product:APP.");
            }
            return object;
        }

        private static Outcome outcome(String value) {
            return switch (value) {
                case "success", "done" -> Outcome.SUCCESS;
                case "denied", "refused" -> Outcome.DENIED;
                case "error", "failed" -> Outcome.ERROR;
                default -> throw new Mistake("“" + value + "” is no outcome. Write done, refused or failed.");
            };
        }

        /// The end of a day, for `until`, is the beginning of the next.
        private Instant time(String value, boolean end) {
            var ago = AGO.matcher(value);
            if (ago.matches()) {
                var count = Long.parseLong(ago.group(1));
                return now.minus(
                        switch (ago.group(2)) {
                            case "m" -> Duration.ofMinutes(count);
                            case "h" -> Duration.ofHours(count);
                            case "d" -> Duration.ofDays(count);
                            default -> Duration.ofDays(7 * count);
                        });
            }
            try {
                if (value.endsWith("Z")) {
                    return Instant.parse(value);
                }
                return value.contains("T")
                        ? LocalDateTime.parse(value).atZone(zone).toInstant()
                        : LocalDate.parse(value)
                                .plusDays(end ? 1 : 0)
                                .atStartOfDay(zone)
                                .toInstant();
            } catch (DateTimeException unreadable) {
                throw new Mistake("“" + value
                        + "” is no time. Write 2026-03-11, 2026-03-11T14:30, or how long ago: 45m, 6h, 7d.");
            }
        }
    }

    private static List<Chip> chips(List<String> parts) {
        var chips = new ArrayList<Chip>();
        for (var at = 0; at < parts.size(); at++) {
            var rest = new ArrayList<>(parts);
            var part = rest.remove(at);
            var colon = part.indexOf(':');
            chips.add(new Chip(
                    colon < 0 ? "entry" : part.substring(0, colon),
                    part.substring(colon + 1).replace("\"", ""),
                    part,
                    "/log?q=" + encoded(String.join(" ", rest))));
        }
        return chips;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Mistake extends RuntimeException {

        Mistake(String says) {
            super(says);
        }

        String says() {
            return String.valueOf(getMessage());
        }
    }
}
