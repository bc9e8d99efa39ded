package dev.conduct.replies;

import dev.conduct.kernel.Background;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Looks for answers every half minute. Any number of nodes may: each mail is judged once.
@Component
class Replies extends Background {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    private static final Duration LOOKS = Duration.ofSeconds(30);

    private final @Nullable Mailbox mailbox;
    private final Judge judge;
    private final ReplyAddresses addresses;
    private final ReceivedRows rows;
    private final InstantSource time;
    private Instant tidied = Instant.MIN;
    private volatile @Nullable Seen seen;

    Replies(
            ReplyBoxes boxes,
            Judge judge,
            ReplyAddresses addresses,
            ReceivedRows rows,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("replies", "read answers", automatic);
        this.mailbox = boxes.mailbox();
        this.judge = judge;
        this.addresses = addresses;
        this.rows = rows;
        this.time = time;
    }

    @Override
    protected Duration round() {
        if (mailbox != null) {
            read(mailbox);
        }
        if (tidied.isBefore(time.instant().minus(Duration.ofHours(1)))) {
            tidied = time.instant();
            addresses.tidy(tidied);
            rows.tidy(tidied.minus(ReplyAddresses.KEPT));
        }
        return LOOKS;
    }

    /// @param trouble null when all was well
    record Seen(Instant at, @Nullable String trouble) {}

    /// How the last look ended; null before one.
    @Nullable
    Seen seen() {
        return seen;
    }

    void read(Mailbox box) {
        try {
            box.each(judge::judge);
            seen = new Seen(time.instant(), null);
        } catch (Mailbox.Away away) {
            seen = new Seen(time.instant(), away.getMessage());
            log.warn("{}; tried again in {} s", away.getMessage(), LOOKS.toSeconds());
        }
    }
}
