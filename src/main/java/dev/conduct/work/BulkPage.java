package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import dev.conduct.work.Bulk.Outcome;
import dev.conduct.work.Bulk.Result;
import dev.conduct.work.FormView.Input;
import dev.conduct.work.FormView.Option;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// What was selected, what is to be done with it, and what comes of it for each.
///
/// @param query of the list it was selected in
/// @param chosen what is to be done, empty before it is
/// @param judged true when the rows say what comes of it
record BulkPage(
        ItemType type,
        String query,
        String chosen,
        List<Option> choices,
        List<Input> inputs,
        List<Row> rows,
        boolean judged)
        implements View {

    /// @param token which record, and as of when
    /// @param tone of its signal, empty for none
    /// @param href where every reason stands with its remedy
    record Row(
            String key,
            String token,
            String title,
            String station,
            int at,
            int of,
            Outcome outcome,
            String tone,
            String word,
            List<Why> reasons,
            String href) {

        /// @param link address of what would satisfy it, empty where nothing more is known than the record says
        record Why(String says, String link) {}

        static Row of(ItemType type, Result result, PageNames names) {
            var item = result.item();
            var reasons = result.reasons().isEmpty()
                    ? result.says().isEmpty() ? List.<Why>of() : List.of(new Why(names.inNames(result.says()), ""))
                    : result.blocked().stream()
                            .map(reason -> new Why(
                                    names.inNames(reason.says() + " " + reason.fix()),
                                    Objects.requireNonNullElse(reason.link(), "")))
                            .toList();
            return new Row(
                    result.key(),
                    item == null ? result.key() : item.key() + "@" + item.version(),
                    item == null ? "" : item.title(),
                    item == null ? "" : Stations.title(type, item.state()),
                    item == null ? 1 : Stations.at(type, item.state()),
                    type.line().size(),
                    result.outcome(),
                    tone(result.outcome()),
                    word(result),
                    reasons,
                    "/items/" + result.key() + "#signals");
        }

        private static String tone(Outcome outcome) {
            return switch (outcome) {
                case READY, DONE -> "clear";
                case UNCHANGED -> "caution";
                case HELD, REFUSED -> "stop";
                case LEFT -> "";
            };
        }

        private static String word(Result result) {
            return switch (result.outcome()) {
                case READY -> result.does().isEmpty() ? "Can be changed" : result.does() + " is free";
                case DONE -> "Done";
                case UNCHANGED -> "Stays as it is";
                case HELD -> "Held by " + result.reasons().size();
                case REFUSED -> "Not possible";
                case LEFT -> "";
            };
        }
    }

    /// The sentence under a selection.
    record Foresight(List<Row> rows) implements View {

        long ready() {
            return rows.stream().filter(row -> row.outcome() == Outcome.READY).count();
        }

        List<Row> held() {
            return rows.stream().filter(row -> row.outcome() != Outcome.READY).toList();
        }

        @Override
        public String template() {
            return "work/bulk-foresight.jte";
        }

        @Override
        public String title() {
            return "What can move";
        }
    }

    long ready() {
        return count(Outcome.READY);
    }

    long done() {
        return count(Outcome.DONE);
    }

    long staying() {
        return judged ? rows.size() - ready() - done() : 0;
    }

    private long count(Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    boolean moves() {
        return !chosen.equals(BulkForms.ASSIGN) && !chosen.startsWith("field:");
    }

    String noun(long count) {
        return (count == 1 ? type.title() : type.plural()).toLowerCase(Locale.ROOT);
    }

    String back() {
        return LinePage.href(type, query);
    }

    @Override
    public String template() {
        return "work/bulk.jte";
    }

    @Override
    public String title() {
        return "Change " + rows.size() + " " + noun(rows.size());
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb(type.plural(), back(), false), new Crumb(rows.size() + " selected", null, false));
    }
}
