package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What an event made of the tables of products and components.
sealed interface ProductRows {

    void write(JdbcClient rebuilt);

    /// Empty when it made nothing: a refused report is told of the product too.
    static Optional<ProductRows> of(Event event) {
        if (event.outcome() != Outcome.SUCCESS) {
            return Optional.empty();
        }
        return switch (event.action()) {
            case "product.create" -> Optional.of(new Product(event));
            case "product.show" -> Optional.of(new Shown(event));
            case "product.rename" -> Optional.of(new Renamed(event));
            case "product.archive" -> Optional.of(new Archived(event));
            case "component.create" -> Optional.of(new Component(event));
            case "component.change" -> Optional.of(new Changed(event));
            case "component.rename" -> Optional.of(new ComponentNamed(event));
            default -> Optional.empty();
        };
    }

    private static String product(Event event) {
        return event.object().substring("product:".length());
    }

    record Product(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("insert into work.product (key, name, created_at) values (:key, :name, :at)")
                    .param("key", product(event))
                    .param("name", event.content().getOrDefault("name", product(event)))
                    .param("at", ItemRows.time(event.occurredAt()))
                    .update();
        }
    }

    record Shown(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("update work.product set members_only = :only where key = :key")
                    .param("key", product(event))
                    .param("only", Boolean.TRUE.equals(event.data().get("members_only")))
                    .update();
        }
    }

    record Archived(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("update work.product set archived = :archived where key = :key")
                    .param("key", product(event))
                    .param("archived", Boolean.TRUE.equals(event.data().get("archived")))
                    .update();
        }
    }

    record Renamed(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("update work.product set name = :name where key = :key")
                    .param("key", product(event))
                    .param("name", event.content().getOrDefault("name", product(event)))
                    .update();
        }
    }

    record Changed(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("""
                            update work.component set critical = :critical, owners = :owners, retired = :retired
                             where product = :product and name = :name
                            """)
                    .param("product", product(event))
                    .param("name", event.content().getOrDefault("name", ""))
                    .param("critical", Boolean.TRUE.equals(event.data().get("critical")))
                    .param("owners", owners(event))
                    .param("retired", Boolean.TRUE.equals(event.data().get("retired")))
                    .update();
        }
    }

    record ComponentNamed(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            var former = event.content().getOrDefault("former", "");
            rebuilt.sql("""
                            update work.component
                               set name = :name, former = array_remove(former, :name) || array[name]
                             where product = :product and name = :former
                            """)
                    .param("product", product(event))
                    .param("name", event.content().getOrDefault("name", former))
                    .param("former", former)
                    .update();
        }
    }

    private static String[] owners(Event event) {
        return event.data().get("owners") instanceof List<?> owners
                ? owners.stream().map(String::valueOf).toArray(String[]::new)
                : new String[0];
    }

    record Component(Event event) implements ProductRows {

        @Override
        public void write(JdbcClient rebuilt) {
            rebuilt.sql("""
                            insert into work.component (product, name, critical, owners)
                            values (:product, :name, :critical, :owners)
                            """)
                    .param("product", product(event))
                    .param("name", event.content().getOrDefault("name", ""))
                    .param("critical", Boolean.TRUE.equals(event.data().get("critical")))
                    .param("owners", owners(event))
                    .update();
        }
    }
}
