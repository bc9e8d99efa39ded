package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.work.Projection.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/// What was said of items: comments, how they were reworded, and what is left when somebody's words are erased.
final class RemarkProjection {

    private static final List<String> FORGETTING = List.of(
            "update work.item set description = :description where key = :key and description <> :description",
            "delete from work.comment where item = :key and author = :person",
            "update work.attachment set name = :erased where item = :key and added_by = :person",
            """
            update work.item_words
               set head = work.head(:key, :title, :description), said = work.said_all(''::tsvector, :said::text[])
             where item = :key
            """);

    private final NamedParameterJdbcTemplate batches;

    RemarkProjection(NamedParameterJdbcTemplate batches) {
        this.batches = batches;
    }

    void write(List<Step> steps) {
        comments(steps);
        reworded(steps);
    }

    /// What was said: a comment, or the words that went with a transition.
    static @Nullable String comment(Event event) {
        return switch (event.action()) {
            case "item.comment" -> event.content().get("text");
            case "item.transition" -> event.content().get("comment");
            default -> null;
        };
    }

    /// As `Projection.forget`.
    void forget(Item left, List<String> said, String person) {
        var values = new MapSqlParameterSource("key", left.key())
                .addValue("title", left.title())
                .addValue("description", left.description())
                .addValue("said", said.toArray(String[]::new))
                .addValue("person", person)
                .addValue("erased", OwnWords.ERASED);
        for (var sql : FORGETTING) {
            batches.update(sql, values);
        }
    }

    private void comments(List<Step> steps) {
        Projection.batch(
                batches,
                """
                insert into work.comment (id, item, author, at, text, outside) values (:id, :item, :actor, :at, :text, :outside)
                """,
                steps.stream()
                        .filter(step -> comment(step.event()) != null)
                        .map(step -> Projection.values(step).addValue("text", comment(step.event())))
                        .toList());
    }

    /// Search knows the words that stand, in the order that `Wordings` gives them when all is made anew.
    private void reworded(List<Step> steps) {
        Projection.batch(
                batches,
                """
                update work.comment set text = :text, edited_at = :at
                 where id = :comment::uuid and item = :item and deleted_at is null
                """,
                Projection.of(Wordings.REWORD, steps).stream()
                        .filter(values -> values.hasValue("text"))
                        .toList());
        Projection.batch(
                batches,
                "update work.comment set text = '', deleted_at = :at where id = :comment::uuid and item = :item",
                Projection.of(Wordings.DELETE, steps));
        Projection.batch(
                batches,
                """
                update work.item_words
                   set said = work.said_all(''::tsvector, array(
                           select text from work.comment
                            where item = :item and deleted_at is null order by at, id))
                 where item = :item
                """,
                steps.stream()
                        .filter(step -> steps.size() == 1
                                && step.before() != null
                                && Wordings.ACTIONS.contains(step.event().action()))
                        .map(Projection::values)
                        .toList());
    }
}
