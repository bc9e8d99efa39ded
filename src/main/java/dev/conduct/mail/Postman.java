package dev.conduct.mail;

import dev.conduct.kernel.Background;
import dev.conduct.mail.Carrier.Failure;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Delivers what is due: at once, and what was deferred after longer and longer whiles. Any number of nodes may run
/// one: each takes letters of its own, for two minutes, so that those of a node that died are delivered after all.
/// A letter may then arrive twice, under the same id.
@Component
class Postman extends Background {

    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final List<Duration> TRIED_AGAIN_AFTER = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(8),
            Duration.ofHours(12),
            Duration.ofHours(24));
    private static final int AT_ONCE = 10;
    private static final Duration HELD = Duration.ofMinutes(2);
    private static final Duration LOOKS = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofDays(90);

    private final LetterRows rows;
    private final Envelope envelope;
    private final Carrier carrier;
    private final InstantSource time;
    private Instant tidied = Instant.MIN;

    Postman(
            LetterRows rows,
            Envelope envelope,
            Carrier carrier,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("mail", "deliver letters", automatic);
        this.rows = rows;
        this.envelope = envelope;
        this.carrier = carrier;
        this.time = time;
    }

    /// Delivers every letter that is due.
    ///
    /// @return how many left the house
    int deliver() {
        var sent = 0;
        for (var now = time.instant(); ; now = time.instant()) {
            var taken = rows.take(now, AT_ONCE, HELD);
            if (taken.isEmpty()) {
                return sent;
            }
            sent += deliver(taken, System.nanoTime() + HELD.toNanos() / 2);
        }
    }

    private int deliver(List<LetterRows.Taken> letters, long until) {
        var sent = 0;
        try (var run = carrier.begin()) {
            for (var letter : letters) {
                if (System.nanoTime() > until) {
                    // What is left is somebody's again when its two minutes are over.
                    return sent;
                }
                var outcome = outcome(run, letter);
                ended(letter, outcome);
                sent += outcome.state().equals("sent") ? 1 : 0;
            }
        } catch (Failure nobodyThere) {
            letters.forEach(letter -> ended(letter, deferred(letter, nobodyThere.says())));
        }
        return sent;
    }

    private Outcome outcome(Carrier.Run run, LetterRows.Taken letter) {
        var to = Address.plain(letter.recipient());
        if (to.isEmpty()) {
            return new Outcome("bounced", carrier.name(), "No letter can be sent to this address.", null);
        }
        try {
            var says = run.carry(letter.id(), envelope.of(letter, to.get(), time.instant()), to.get());
            return new Outcome("sent", carrier.name(), says, null);
        } catch (MessagingException unwritable) {
            return new Outcome("bounced", carrier.name(), "The letter could not be written.", null);
        } catch (Failure failure) {
            return failure.forGood()
                    ? new Outcome("bounced", carrier.name(), failure.says(), null)
                    : deferred(letter, failure.says());
        }
    }

    private Outcome deferred(LetterRows.Taken letter, String says) {
        if (letter.attempt() > TRIED_AGAIN_AFTER.size()) {
            return new Outcome(
                    "bounced", carrier.name(), "Given up after " + letter.attempt() + " attempts. " + says, null);
        }
        var next = time.instant().plus(TRIED_AGAIN_AFTER.get(letter.attempt() - 1));
        return new Outcome("deferred", carrier.name(), says, next);
    }

    /// What the server said may name the recipient: it stands in the database and in no log.
    private void ended(LetterRows.Taken letter, Outcome outcome) {
        rows.ended(letter, outcome, time.instant());
        if (!outcome.state().equals("sent")) {
            log.warn(
                    "The letter {} ({}) was {} at attempt {}",
                    letter.id(),
                    letter.kind(),
                    outcome.state(),
                    letter.attempt());
        }
    }

    @Override
    protected Duration round() {
        deliver();
        if (tidied.isBefore(time.instant().minus(Duration.ofHours(1)))) {
            tidied = time.instant();
            carrier.forget(rows.forget(tidied.minus(KEPT)));
        }
        return LOOKS;
    }
}
