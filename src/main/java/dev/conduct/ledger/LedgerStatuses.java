package dev.conduct.ledger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Reads the state of the ledger, at most once a second: every page shows it.
@Component
class LedgerStatuses {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final JdbcClient jdbc;
    private final LedgerState state;
    private final AtomicReference<@Nullable Read> last = new AtomicReference<>();

    private record Read(LedgerStatus status, long at) {}

    LedgerStatuses(JdbcClient jdbc, LedgerState state) {
        this.jdbc = jdbc;
        this.state = state;
    }

    LedgerStatus now() {
        var read = last.get();
        if (read == null || System.nanoTime() - read.at() > FRESH) {
            read = new Read(read(), System.nanoTime());
            last.set(read);
        }
        return read.status();
    }

    LedgerStatus read() {
        return jdbc.sql("""
                select tree.size, coalesce(checkpoint.size, 0) as checkpoint_size, encode(checkpoint.root, 'hex') as root,
                       checkpoint.published_at,
                       (select count(*) from ledger.pending) as unsealed,
                       (select count(*) from ledger.quarantine) as quarantined
                  from ledger.tree
                  left join lateral (select size, root, published_at from ledger.checkpoint order by size desc limit 1)
                         as checkpoint on true
                """)
                .query((row, number) -> {
                    var published = row.getTimestamp("published_at");
                    return new LedgerStatus(
                            row.getLong("size"),
                            row.getLong("checkpoint_size"),
                            row.getString("root"),
                            published == null ? null : published.toInstant(),
                            row.getLong("unsealed"),
                            row.getLong("quarantined"),
                            state.rollback().orElse(null));
                })
                .single();
    }
}
