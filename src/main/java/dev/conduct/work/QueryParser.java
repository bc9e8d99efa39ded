package dev.conduct.work;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Nearest;
import dev.conduct.work.ItemQuery.Bound;
import dev.conduct.work.ItemQuery.Day;
import dev.conduct.work.ItemQuery.Match;
import dev.conduct.work.ItemQuery.Moment;
import dev.conduct.work.ItemQuery.Named;
import dev.conduct.work.ItemQuery.Overdue;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.ItemQuery.Span;
import dev.conduct.work.ItemQuery.Standing;
import dev.conduct.work.ItemQuery.Subject;
import dev.conduct.work.ItemQuery.Term;
import dev.conduct.work.ItemQuery.When;
import dev.conduct.work.ItemQuery.Words;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the query language of lists: `type:bug severity:critical,high state:!closed updated:>7d "words"`. Every
/// mistake is told with its place and the nearest right word.
final class QueryParser {

    static final int LONGEST = 1_000;
    private static final int MOST_TERMS = 50;
    private static final Pattern SPAN = Pattern.compile("(\\d{1,5})([hdwmy])");
    private static final Map<String, Subject> SUBJECTS = byName(Subject.values());
    private static final Map<String, Moment> MOMENTS = byName(Moment.values());
    private static final Map<String, Sort> SORTS =
            Arrays.stream(Sort.values()).collect(Collectors.toMap(sort -> sort.word, Function.identity()));

    private final String query;
    private final Sort usual;
    private final Map<String, Subject> subjects;
    private final List<Term> terms = new ArrayList<>();
    private final List<FieldProblem> mistakes = new ArrayList<>();
    private Optional<Sort> sort = Optional.empty();
    private int next;

    private QueryParser(String query, Sort usual, Map<String, Subject> called) {
        this.query = query;
        this.usual = usual;
        this.subjects = new LinkedHashMap<>(called);
        this.subjects.putAll(SUBJECTS);
    }

    /// @throws Problem 400 with every mistake
    static ItemQuery parse(String query) {
        return parse(query, Map.of());
    }

    /// @param called further names of what can be asked for: those the procedure's fields have
    static ItemQuery parse(String query, Map<String, Subject> called) {
        PlainText.checked("q", query, LONGEST);
        return new QueryParser(query, Sort.UPDATED, called).parsed();
    }

    /// @param at where it begins, from 1
    private record Piece(String text, boolean quoted, int at) {}

    private ItemQuery parsed() {
        while (skipSpace()) {
            term();
        }
        if (terms.size() > MOST_TERMS) {
            mistake(
                    1,
                    "too_many_terms",
                    "the query has " + terms.size() + " parts; at most " + MOST_TERMS + " are taken.");
        }
        if (!mistakes.isEmpty()) {
            throw Problem.badInput(mistakes);
        }
        return new ItemQuery(List.copyOf(terms), sort.orElse(usual));
    }

    private boolean skipSpace() {
        while (next < query.length() && Character.isWhitespace(query.charAt(next))) {
            next++;
        }
        return next < query.length();
    }

    private void term() {
        var at = next + 1;
        var not = query.charAt(next) == '-'
                && next + 1 < query.length()
                && !Character.isWhitespace(query.charAt(next + 1));
        if (not) {
            next++;
        }
        var name = name();
        if (name.isPresent()) {
            named(name.get(), values(), at, not);
        } else {
            var piece = piece(false);
            if (!piece.text().isBlank()) {
                terms.add(new Words(piece.text(), piece.quoted(), at, not));
            }
        }
    }

    /// The letters before a colon, when the colon is followed by something a filter could take.
    private Optional<String> name() {
        var end = next;
        while (end < query.length() && (Character.isLetter(query.charAt(end)) || query.charAt(end) == '_')) {
            end++;
        }
        if (end == next || end >= query.length() || query.charAt(end) != ':' || query.startsWith("://", end)) {
            return Optional.empty();
        }
        var name = query.substring(next, end).toLowerCase(Locale.ROOT);
        next = end + 1;
        return Optional.of(name);
    }

    private List<Piece> values() {
        var values = new ArrayList<Piece>();
        do {
            values.add(piece(true));
        } while (next < query.length() && query.charAt(next) == ',' && next++ >= 0);
        return values;
    }

    private Piece piece(boolean listed) {
        var at = next + 1;
        if (next < query.length() && query.charAt(next) == '"') {
            var end = query.indexOf('"', next + 1);
            if (end < 0) {
                mistake(at, "open_quote", "the quote is not closed; add another \" at the end of the words.");
                end = query.length();
            }
            var text = query.substring(next + 1, end);
            next = Math.min(query.length(), end + 1);
            return new Piece(text, true, at);
        }
        var begin = next;
        while (next < query.length()
                && !Character.isWhitespace(query.charAt(next))
                && !(listed && query.charAt(next) == ',')) {
            next++;
        }
        return new Piece(query.substring(begin, next), false, at);
    }

    private void named(String name, List<Piece> values, int at, boolean not) {
        if (values.stream().anyMatch(value -> value.text().isBlank())) {
            mistake(at, "no_value", "`" + name + ":` needs a value; write for example `" + example(name) + "`.");
        } else if (subjects.containsKey(name)) {
            match(subjects.get(name), values, at, not);
        } else if (MOMENTS.containsKey(name)) {
            moment(MOMENTS.get(name), single(name, values), at, not);
        } else if (name.equals("is")) {
            standing(single(name, values), at, not);
        } else if (name.equals("personal")) {
            terms.add(new Named(single(name, values).text(), List.of(), at, not));
        } else if (name.equals("sort")) {
            sort(single(name, values));
        } else {
            mistake(
                    at,
                    "unknown_filter",
                    "`" + Door.shown(name) + ":` is no filter; " + Nearest.instead(Door.shown(name), names())
                            + ", or put the words in quotes to search for them.");
        }
    }

    private void match(Subject subject, List<Piece> values, int at, boolean not) {
        var first = values.getFirst();
        var inverted = !first.quoted() && first.text().startsWith("!");
        var words = new LinkedHashSet<String>();
        for (var value : values) {
            var text = !value.quoted() && value.text().startsWith("!")
                    ? value.text().substring(1)
                    : value.text();
            if (text.isBlank()) {
                mistake(value.at(), "no_value", "after `!` a value is missing.");
            }
            words.add(text);
        }
        terms.add(new Match(subject, words, at, not != inverted));
    }

    private void moment(Moment moment, Piece value, int at, boolean not) {
        if (moment == Moment.DUE && value.text().equals("overdue")) {
            terms.add(new Overdue(at, not));
            return;
        }
        var sign = value.text().charAt(0);
        var bound = sign == '<' || sign == '>' ? bound(value.text().substring(1)) : Optional.<Bound>empty();
        if (bound.isEmpty()) {
            mistake(
                    value.at(),
                    "not_a_moment",
                    "`" + Door.shown(value.text()) + "` is no moment; write < or > and a date or a span, such as "
                            + "`<2026-01-01` or `>7d` (h, d, w, m, y)"
                            + (moment == Moment.DUE ? ", or `overdue`." : "."));
        } else {
            terms.add(new When(moment, sign == '<', bound.get(), at, not));
        }
    }

    private static Optional<Bound> bound(String text) {
        var span = SPAN.matcher(text);
        if (span.matches()) {
            var count = Long.parseLong(span.group(1));
            return Optional.of(new Span(
                    switch (span.group(2)) {
                        case "h" -> Duration.ofHours(count);
                        case "d" -> Duration.ofDays(count);
                        case "w" -> Duration.ofDays(count * 7);
                        case "m" -> Duration.ofDays(count * 30);
                        default -> Duration.ofDays(count * 365);
                    }));
        }
        try {
            var date = LocalDate.parse(text);
            return date.getYear() < 1 || date.getYear() > 9999 ? Optional.empty() : Optional.of(new Day(date));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private void standing(Piece value, int at, boolean not) {
        switch (value.text()) {
            case "open" -> terms.add(new Standing(true, at, not));
            case "closed", "ended" -> terms.add(new Standing(false, at, not));
            default ->
                mistake(
                        value.at(),
                        "unknown_value",
                        "`is:` knows open and closed; "
                                + Nearest.instead(Door.shown(value.text()), Set.of("open", "closed")) + ".");
        }
    }

    private void sort(Piece value) {
        var wanted = SORTS.get(value.text());
        if (wanted == null) {
            mistake(
                    value.at(),
                    "unknown_value",
                    "a list is not sorted by `" + Door.shown(value.text()) + "`; "
                            + Nearest.instead(Door.shown(value.text()), SORTS.keySet()) + ".");
        } else {
            sort = Optional.of(wanted);
        }
    }

    private Piece single(String name, List<Piece> values) {
        if (values.size() > 1) {
            mistake(
                    values.get(1).at(),
                    "one_value",
                    "`" + name + ":` takes one value; write the filter twice for two.");
        }
        return values.getFirst();
    }

    private void mistake(int at, String code, String says) {
        mistakes.add(at(at, code, says));
    }

    static FieldProblem at(int at, String code, String says) {
        return new FieldProblem("q", code, "at character " + at + ": " + says);
    }

    private static String example(String name) {
        return switch (name) {
            case "created", "updated", "due" -> name + ":<7d";
            case "is" -> "is:open";
            case "personal" -> "personal:name@example.com";
            case "sort" -> "sort:due";
            case "assignee", "reporter" -> name + ":me";
            case "severity", "priority" -> name + ":high";
            default -> name + ":value";
        };
    }

    private Set<String> names() {
        var names = new TreeSet<>(subjects.keySet());
        names.addAll(MOMENTS.keySet());
        names.addAll(Set.of("is", "personal", "sort"));
        return Set.copyOf(names);
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(
                        value -> value.name().toLowerCase(Locale.ROOT),
                        Function.identity(),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
