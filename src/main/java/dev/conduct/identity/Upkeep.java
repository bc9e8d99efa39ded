package dev.conduct.identity;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes away what has ended by itself: counted tries, spent tokens and links. Warns of secrets that are about to end.
@Component
public class Upkeep {

    private static final Duration EVERY = Duration.ofHours(1);

    private final JdbcClient db;
    private final Throttle throttle;
    private final Clients clients;

    Upkeep(JdbcClient db, Throttle throttle, Clients clients) {
        this.db = db;
        this.throttle = throttle;
        this.clients = clients;
    }

    /// Does it, on any number of nodes at once, and says when to be asked again.
    public Instant run(Instant now) {
        throttle.sweep(now);
        db.sql("delete from identity.access_token where expires_at < :now")
                .param("now", Sql.time(now))
                .update();
        db.sql("delete from identity.link where expires_at < :now")
                .param("now", Sql.time(now))
                .update();
        clients.warn();
        return now.plus(EVERY);
    }
}
