package dev.conduct.work;

import dev.conduct.identity.KnownProducts;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells who gives roles for products which there are.
@Component
class ProductNames implements KnownProducts {

    private final JdbcClient database;

    ProductNames(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        database.sql("select key, name from work.product order by key")
                .query((row, number) -> names.put(row.getString("key"), row.getString("name")))
                .list();
        return names;
    }
}
