package dev.conduct.work;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What issues of other systems became here.
@Repository
class ExternalRows {

    record Known(String system, String externalId) {}

    private final JdbcClient database;

    ExternalRows(JdbcClient database) {
        this.database = database;
    }

    Map<Known, String> keys(Collection<Known> wanted) {
        var keys = new HashMap<Known, String>();
        database.sql("""
                        select system, external_id, item
                          from work.external
                          join unnest(:systems::text[], :ids::text[]) as wanted (system, external_id)
                         using (system, external_id)
                        """)
                .param("systems", wanted.stream().map(Known::system).toArray(String[]::new))
                .param("ids", wanted.stream().map(Known::externalId).toArray(String[]::new))
                .query(row -> {
                    keys.put(new Known(row.getString(1), row.getString(2)), row.getString(3));
                });
        return keys;
    }

    /// By item key, the ids of the acts that are recorded already.
    Map<String, Set<String>> acts(Collection<String> items) {
        var acts = new HashMap<String, Set<String>>();
        database.sql("select item, act from work.external_act where item = any(:items)")
                .param("items", items.toArray(String[]::new))
                .query(row -> {
                    acts.computeIfAbsent(row.getString(1), key -> new HashSet<>())
                            .add(row.getString(2));
                });
        return acts;
    }
}
