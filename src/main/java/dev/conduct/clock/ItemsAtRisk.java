package dev.conduct.clock;

import dev.conduct.work.AtRisk;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads from the clocks' rows, which the ringing keeps up to the minute, what is at risk.
@Component
class ItemsAtRisk implements AtRisk {

    private final JdbcClient database;

    ItemsAtRisk(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Set<String> among(Collection<String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.sql("""
                        select item from clock.clock
                         where item = any (:keys) and state in ('at_risk', 'overrun')
                         group by item having bool_and(state = 'at_risk')
                        """)
                .param("keys", keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    @Override
    public long count(String type, String seen, Map<String, Object> parameters) {
        return database.sql("""
                        select count(*) from (
                            select item from clock.clock
                             where type = :type and state in ('at_risk', 'overrun')
                             group by item having bool_and(state = 'at_risk')) as risky
                          join work.item i on i.key = risky.item
                         where
                        """ + seen)
                .param("type", type)
                .params(parameters)
                .query(Long.class)
                .single();
    }
}
