package dev.conduct.notify;

import dev.conduct.database.Hears;
import dev.conduct.kernel.Background;
import dev.conduct.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// The thread that tells: woken when events were sealed and when letters are due. Any number of nodes may run one.
@Component
class Messenger extends Background implements Hears {

    private static final Logger log = LoggerFactory.getLogger(Messenger.class);
    private static final Duration LOOKS = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration KEPT = Duration.ofDays(180);

    private final Following following;
    private final Letters letters;
    private final NoticeRows rows;
    private final InstantSource time;
    private Instant tidied = Instant.MIN;

    Messenger(
            Following following,
            Letters letters,
            NoticeRows rows,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("notices", "tell of what happened", automatic);
        this.following = following;
        this.letters = letters;
        this.rows = rows;
        this.time = time;
    }

    @Override
    public String channel() {
        return Ledger.SEALED;
    }

    @Override
    public void heard(String said) {
        wake();
    }

    /// Tells of everything that was sealed and writes every letter that is due.
    void run(Instant now) {
        while (following.follow()) {
            continue;
        }
        while (letters.writeNext(now)) {
            continue;
        }
    }

    @Override
    protected Duration round() {
        var now = time.instant();
        run(now);
        if (tidied.isBefore(now.minus(Duration.ofHours(1)))) {
            tidied = now;
            rows.forget(now.minus(KEPT));
        }
        return rows.nextLetter()
                .map(next -> Duration.between(time.instant(), next))
                .map(next -> next.compareTo(SHORTEST) < 0 ? SHORTEST : next)
                .filter(next -> next.compareTo(LOOKS) < 0)
                .orElse(LOOKS);
    }
}
