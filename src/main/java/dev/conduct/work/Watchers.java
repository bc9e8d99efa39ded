package dev.conduct.work;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who watches an item: whoever reported it, is to do it or said something of it, unless they said no; and whoever said
/// yes.
@Component
public class Watchers {

    private final JdbcClient database;

    Watchers(JdbcClient database) {
        this.database = database;
    }

    /// By item; one that nobody watches is left out.
    public Map<String, Set<String>> of(Collection<String> items) {
        var watching = new HashMap<String, Set<String>>();
        database.sql("""
                select heard.item, heard.actor
                  from (select item, actor from work.watcher where item = any(:items) and watching
                        union
                        select key, reporter from work.item where key = any(:items)
                        union
                        select key, assignee from work.item where key = any(:items) and assignee is not null
                        union
                        select item, author from work.comment where item = any(:items)) as heard
                 where not exists (select from work.watcher no
                                    where no.item = heard.item and no.actor = heard.actor and not no.watching)
                """).param("items", items.toArray(String[]::new)).query(row -> {
            watching.computeIfAbsent(row.getString("item"), one -> new TreeSet<>())
                    .add(row.getString("actor"));
        });
        return watching;
    }

    List<String> of(String item) {
        return List.copyOf(of(List.of(item)).getOrDefault(item, Set.of()));
    }

    boolean watches(String item, String actor) {
        return of(item).contains(actor);
    }
}
