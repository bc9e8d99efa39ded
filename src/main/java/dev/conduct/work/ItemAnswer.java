package dev.conduct.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// An item as the API writes it.
///
/// @param dueAt of its most urgent clock; absent when none runs, and in answers to changes, whose clocks are told by
///     `GET …/clocks`
/// @param readers absent: whoever sees the product sees it; else whom it is restricted to
@JsonNaming(SnakeCaseStrategy.class)
record ItemAnswer(
        String key,
        String type,
        String product,
        String title,
        String description,
        String state,
        Map<String, Object> fields,
        @Nullable String assignee,
        String reporter,
        Instant createdAt,
        Instant updatedAt,
        String procedureVersion,
        long version,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant dueAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> readers) {

    static ItemAnswer of(Item item) {
        return new ItemAnswer(
                item.key(),
                item.type(),
                item.product(),
                item.title(),
                item.description(),
                item.state(),
                new TreeMap<>(item.fields()),
                item.assignee(),
                item.reporter(),
                item.createdAt(),
                item.updatedAt(),
                item.procedureVersion(),
                item.version(),
                item.dueAt(),
                item.readers());
    }

    static ItemAnswer changed(Item item) {
        var answer = of(item);
        return item.dueAt() == null
                ? answer
                : new ItemAnswer(
                        answer.key(),
                        answer.type(),
                        answer.product(),
                        answer.title(),
                        answer.description(),
                        answer.state(),
                        answer.fields(),
                        answer.assignee(),
                        answer.reporter(),
                        answer.createdAt(),
                        answer.updatedAt(),
                        answer.procedureVersion(),
                        answer.version(),
                        null,
                        answer.readers());
    }
}
