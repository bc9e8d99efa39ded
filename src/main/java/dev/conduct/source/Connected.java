package dev.conduct.source;

import dev.conduct.database.Readers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The products some repository tells of, so that pages and gates of all others ask nothing more. The same for
/// whoever asks, and remembered for half a minute: so long another server may not know of a repository that was just
/// connected.
@Component
class Connected {

    private static final Duration HOLDS = Duration.ofSeconds(30);

    private final JdbcClient database;
    private final Readers readers;
    private final InstantSource time;
    private volatile @Nullable Known known;

    Connected(JdbcClient database, Readers readers, InstantSource time) {
        this.database = database;
        this.readers = readers;
        this.time = time;
    }

    private record Known(Set<String> products, Instant at) {}

    boolean to(String product) {
        var now = time.instant();
        var before = known;
        if (before == null || Duration.between(before.at(), now).abs().compareTo(HOLDS) > 0) {
            before = new Known(
                    readers.system(() -> Set.copyOf(database.sql("select distinct product from source.repository")
                            .query(String.class)
                            .list())),
                    now);
            known = before;
        }
        return before.products().contains(product);
    }

    /// One more was connected here.
    void changed() {
        known = null;
    }
}
