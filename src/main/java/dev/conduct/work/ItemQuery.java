package dev.conduct.work;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/// A query taken apart: terms that must all hold, and an order.
record ItemQuery(List<Term> terms, Sort sort) {

    /// @param at where it stands in the text, from 1
    sealed interface Term {
        int at();

        boolean not();
    }

    /// Open, or ended.
    record Standing(boolean open, int at, boolean not) implements Term {}

    /// One of these values; `none` for no value.
    record Match(Subject subject, Set<String> values, int at, boolean not) implements Term {}

    /// Before or after a day, or younger or older than a span; of a deadline: nearer or further.
    record When(Moment moment, boolean less, Bound bound, int at, boolean not) implements Term {}

    record Overdue(int at, boolean not) implements Term {}

    /// A word or, when quoted, words in this order.
    record Words(String text, boolean phrase, int at, boolean not) implements Term {}

    /// Records that name an address in what is personal in them.
    ///
    /// @param codes by which they are found, filled in once the query was read
    record Named(String address, List<byte[]> codes, int at, boolean not) implements Term {}

    sealed interface Bound {}

    record Day(LocalDate date) implements Bound {}

    record Span(Duration duration) implements Bound {}

    enum Subject {
        TYPE,
        PRODUCT,
        STATE,
        SEVERITY,
        PRIORITY,
        COMPONENT,
        ASSIGNEE,
        REPORTER
    }

    enum Moment {
        CREATED,
        UPDATED,
        DUE
    }

    /// The newest first, what is due next, what is most urgent; and each of them the other way round.
    enum Sort {
        UPDATED("updated"),
        CREATED("created"),
        DUE("due"),
        PRIORITY("priority"),
        LONGEST_UNTOUCHED("-updated"),
        OLDEST("-created"),
        LAST_DUE("-due"),
        LEAST_URGENT("-priority");

        final String word;

        Sort(String word) {
            this.word = word;
        }
    }
}
