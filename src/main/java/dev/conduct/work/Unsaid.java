package dev.conduct.work;

import dev.conduct.ledger.Event;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which events hold words that who wrote them deleted: nobody is told those any more.
@Component
public class Unsaid {

    private final JdbcClient database;

    Unsaid(JdbcClient database) {
        this.database = database;
    }

    /// @return ids of those events, comments and their later wordings, whose words were deleted
    public Set<UUID> unsaid(Collection<Event> events) {
        var said = events.stream()
                .collect(Collectors.toMap(Event::id, event -> Objects.requireNonNullElse(comment(event), event.id())));
        var changeable = events.stream()
                .flatMap(event -> Stream.ofNullable(comment(event)))
                .distinct()
                .toArray(UUID[]::new);
        if (changeable.length == 0) {
            return Set.of();
        }
        var deleted = new HashSet<>(
                database.sql("select id from work.comment where id = any(:ids) and deleted_at is not null")
                        .param("ids", changeable)
                        .query(UUID.class)
                        .list());
        return said.entrySet().stream()
                .filter(entry -> deleted.contains(entry.getValue()))
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static @Nullable UUID comment(Event event) {
        return switch (event.action()) {
            case "item.comment" -> event.id();
            case Wordings.REWORD -> UUID.fromString(Wordings.comment(event));
            default -> null;
        };
    }
}
