package dev.conduct.work;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.ItemQuery.Match;
import dev.conduct.work.ItemQuery.Moment;
import dev.conduct.work.ItemQuery.Overdue;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.ItemQuery.When;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What customers may ask of a list: a condition on what they may not read would tell it all the same.
final class OutsideQuery {

    private OutsideQuery() {}

    static void check(ItemQuery query, List<ItemType> types, List<FieldProblem> mistakes) {
        for (var term : query.terms()) {
            switch (term) {
                case Match match
                when !open(match.subject(), types) ->
                    mistakes.add(QueryParser.at(
                            match.at(), "not_yours", says(match.subject().name())));
                case ItemQuery.Named named -> mistakes.add(QueryParser.at(named.at(), "not_yours", says("personal")));
                case Overdue overdue -> mistakes.add(QueryParser.at(overdue.at(), "not_yours", says("due")));
                case When when
                when when.moment() == Moment.DUE -> mistakes.add(QueryParser.at(when.at(), "not_yours", says("due")));
                case ItemQuery.Standing _, Match _, When _, ItemQuery.Words _ -> {}
            }
        }
        if (query.sort() == Sort.DUE || query.sort() == Sort.PRIORITY) {
            mistakes.add(new FieldProblem("q", "not_yours", says(query.sort().name())));
        }
    }

    private static boolean open(ItemQuery.Subject subject, List<ItemType> types) {
        return switch (subject) {
            case TYPE, PRODUCT, STATE, REPORTER -> true;
            case ASSIGNEE -> false;
            case SEVERITY -> open(types, type -> type.field(ItemType.Meaning.SEVERITY));
            case PRIORITY -> open(types, type -> type.field(ItemType.Meaning.PRIORITY));
            case COMPONENT -> open(types, ItemType::componentField);
        };
    }

    private static boolean open(List<ItemType> types, Function<ItemType, Optional<ItemType.Field>> asked) {
        return types.stream().map(asked).flatMap(Optional::stream).allMatch(ItemType.Field::outside);
    }

    private static String says(String what) {
        return "`" + what.toLowerCase(Locale.ROOT) + "` is for those who work here; ask by state, type or words.";
    }
}
