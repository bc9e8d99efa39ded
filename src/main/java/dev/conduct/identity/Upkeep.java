package dev.conduct.identity;

import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes away what has ended by itself: counted tries, spent tokens and links. Warns of secrets that are about to
/// end, and makes the next signing key.
@Component
public class Upkeep {

    /// How long an ended token stays, for whoever asks what it was.
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration EVERY = Duration.ofHours(1);

    private final JdbcClient db;
    private final Throttle throttle;
    private final Clients clients;
    private final SigningKeys signingKeys;
    private final PasskeyChallenges challenges;
    private final AppGrants apps;
    private final Devices devices;

    Upkeep(
            JdbcClient db,
            Throttle throttle,
            Clients clients,
            SigningKeys signingKeys,
            PasskeyChallenges challenges,
            AppGrants apps,
            Devices devices) {
        this.db = db;
        this.throttle = throttle;
        this.clients = clients;
        this.signingKeys = signingKeys;
        this.challenges = challenges;
        this.apps = apps;
        this.devices = devices;
    }

    /// Does it, on any number of nodes at once, and says when to be asked again.
    public Instant run(Instant now) {
        throttle.sweep(now);
        db.sql("delete from identity.access_token where expires_at < :now")
                .param("now", Sql.time(now))
                .update();
        db.sql("delete from identity.personal_token where expires_at < :now")
                .param("now", Sql.time(now.minus(KEPT)))
                .update();
        db.sql("delete from identity.link where expires_at < :now")
                .param("now", Sql.time(now))
                .update();
        challenges.sweep(now);
        apps.sweep(now);
        devices.sweep(now);
        clients.warn();
        signingKeys.rotate(now);
        return now.plus(EVERY);
    }
}
