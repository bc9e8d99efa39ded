package dev.conduct.source;

import dev.conduct.work.Branches;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The branches that repositories told of: which is the main one, and on which lies the work that names an item.
@Component
class KnownBranches implements Branches {

    private final JdbcClient database;
    private final Connected connected;

    KnownBranches(JdbcClient database, Connected connected) {
        this.database = database;
        this.connected = connected;
    }

    @Override
    public Set<String> main(String product) {
        if (!connected.to(product)) {
            return Set.of();
        }
        return Set.copyOf(database.sql(
                        "select distinct main_branch from source.repository where product = :product and main_branch <> ''")
                .param("product", product)
                .query(String.class)
                .list());
    }

    @Override
    public Map<String, Set<String>> tied(String product, Collection<String> items) {
        var tied = new HashMap<String, Set<String>>();
        if (items.isEmpty() || !connected.to(product)) {
            return tied;
        }
        database.sql("""
                        select l.item, c.branch
                          from source.link l
                          join source.repository r on r.id = l.repository and r.product = :product
                          join source.change c on c.repository = l.repository and c.number = l.ref::bigint
                         where l.item = any (:items) and l.kind = 'change'
                        union
                        select l.item, o.branch
                          from source.link l
                          join source.repository r on r.id = l.repository and r.product = :product
                          join source.commit o on o.repository = l.repository and o.sha = l.ref
                         where l.item = any (:items) and l.kind = 'commit'
                        """)
                .param("product", product)
                .param("items", items.toArray(String[]::new))
                .query(row -> {
                    tied.computeIfAbsent(row.getString("item"), unused -> new HashSet<>())
                            .add(row.getString("branch"));
                });
        return tied;
    }
}
