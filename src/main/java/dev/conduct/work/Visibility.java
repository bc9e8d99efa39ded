package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who sees which items, asked of a few by their keys: for mails, live streams and whatever else tells of an item.
/// Statements that look for items take the condition of `Sight` instead.
@Component
public class Visibility {

    private final JdbcClient database;

    Visibility(JdbcClient database) {
        this.database = database;
    }

    /// Whether the actor may see this item.
    public boolean sees(Actor actor, String key) {
        return !among(Set.of(key), actor).isEmpty();
    }

    /// Which of these items the actor may see.
    public Set<String> among(Collection<String> keys, Actor actor) {
        var sight = Sight.of(actor);
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(database.sql("select i.key from work.item i where i.key = any(:keys) and " + sight.of("i"))
                        .param("keys", keys.toArray(String[]::new))
                        .params(sight.parameters())
                        .query(String.class)
                        .list());
    }

    /// Whether the actor may read what is said of an item among those who work on it, beside seeing the item.
    public boolean readsInternal(Actor actor) {
        return Sight.of(actor).inside();
    }
}
