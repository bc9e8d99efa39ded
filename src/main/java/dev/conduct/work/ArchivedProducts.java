package dev.conduct.work;

import java.time.Duration;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which products are archived. Every report asks, and the answer seldom changes: another server's is known within
/// two seconds.
@Component
class ArchivedProducts {

    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final JdbcClient database;
    private volatile Known known = new Known(Set.of(), System.nanoTime() - FRESH);

    ArchivedProducts(JdbcClient database) {
        this.database = database;
    }

    private record Known(Set<String> keys, long at) {}

    boolean has(String product) {
        var now = known;
        if (System.nanoTime() - now.at() >= FRESH) {
            now = new Known(
                    Set.copyOf(database.sql("select key from work.product where archived")
                            .query(String.class)
                            .list()),
                    System.nanoTime());
            known = now;
        }
        return now.keys().contains(product);
    }

    void forget() {
        known = new Known(Set.of(), System.nanoTime() - FRESH);
    }
}
