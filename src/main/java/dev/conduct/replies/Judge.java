package dev.conduct.replies;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import dev.conduct.replies.Incoming.Unreadable;
import dev.conduct.replies.ReceivedRows.Received;
import dev.conduct.work.Attachments;
import dev.conduct.work.Items;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Judges a mail. It counts when three things agree: the address it was sent to is that of a letter, our mail server
/// confirms the domain it is from, and it is from the address of whom that letter was written to. Then it may do what
/// this person may on the page of the record, and no more than say something.
@Component
class Judge {

    private static final Logger log = LoggerFactory.getLogger(Judge.class);
    private static final int TOLD_AN_HOUR = 5;

    private final ReplyAddresses addresses;
    private final ReceivedRows rows;
    private final People people;
    private final Items items;
    private final Attachments attachments;
    private final Mail mail;
    private final InstantSource time;
    private final @Nullable String verifier;
    private final TransactionTemplate transaction;

    Judge(
            ReplyAddresses addresses,
            ReceivedRows rows,
            People people,
            Items items,
            Attachments attachments,
            Mail mail,
            InstantSource time,
            ReplySettings settings,
            PlatformTransactionManager transactions) {
        this.addresses = addresses;
        this.rows = rows;
        this.people = people;
        this.items = items;
        this.attachments = attachments;
        this.mail = mail;
        this.time = time;
        this.verifier = settings.verifier();
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param raw the mail as it came; empty for one too large to be read
    void judge(byte[] raw) {
        var hash = ReplyAddresses.hash(raw);
        if (raw.length > 0 && rows.known(hash)) {
            return;
        }
        try {
            if (raw.length == 0) {
                throw new Unreadable("It is larger than what is read.");
            }
            judge(hash, Incoming.of(raw));
        } catch (Unreadable unreadable) {
            // Each that is too large is one of its own.
            var one = raw.length == 0
                    ? ReplyAddresses.hash(Ids.next(time.instant()).toString())
                    : hash;
            rows.add(one, received(null, null, null, Verdict.UNREADABLE, String.valueOf(unreadable.getMessage())));
        } catch (TransientDataAccessException | DataAccessResourceFailureException | TransactionException away) {
            // Not the mail's fault: it stays in the box.
            throw away;
        } catch (RuntimeException poison) {
            // Judged again and again, it would keep all that came after it from being read.
            log.error("A mail could not be judged", poison);
            rows.add(hash, received(null, null, null, Verdict.UNREADABLE, "It met an error that the log names."));
        }
    }

    private void judge(byte[] hash, Incoming incoming) {
        var known = incoming.to().stream()
                .map(addresses::known)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        var from = incoming.from();
        var verdict = verdict(incoming, from, known);
        var item = known == null ? null : known.item();
        if (verdict != Verdict.TAKEN || known == null || from == null) {
            rows.add(hash, received(from, null, item, verdict, verdict.says()));
            return;
        }
        try {
            take(hash, incoming, from, known);
        } catch (Problem refused) {
            transaction.executeWithoutResult(status -> refuse(hash, from, known, refused.says()));
        }
    }

    private Verdict verdict(Incoming incoming, @Nullable String from, ReplyAddresses.@Nullable Known known) {
        if (incoming.automatic() || mail.sender().equalsIgnoreCase(from)) {
            return Verdict.AUTOMATIC;
        }
        if (known == null) {
            return Verdict.UNKNOWN;
        }
        if (from == null || verifier == null || !Sender.confirmed(from, incoming.results(), verifier)) {
            return Verdict.UNVERIFIED;
        }
        var own = people.find(known.person()).map(People.Person::email).orElse(null);
        return from.equalsIgnoreCase(own) ? Verdict.TAKEN : Verdict.STRANGER;
    }

    /// Words, files and the note that it was taken, or nothing.
    private void take(byte[] hash, Incoming incoming, String from, ReplyAddresses.Known known) {
        var actor = actor(known.person());
        var text = OwnPart.of(incoming.text());
        transaction.executeWithoutResult(status -> {
            if (!rows.add(hash, received(from, known.person(), known.item(), Verdict.TAKEN, Verdict.TAKEN.says()))) {
                return;
            }
            if (!text.isEmpty() || incoming.files().isEmpty()) {
                items.comment(known.item(), text, null, actor);
            }
            for (var file : incoming.files()) {
                attachments.attach(known.item(), file.name(), () -> new ByteArrayInputStream(file.content()), actor);
            }
        });
    }

    private Actor actor(String person) {
        return people.actor(person, "mail");
    }

    /// Told to the account's own address, with no word of what came, and never more than a few in an hour.
    private void refuse(byte[] hash, String from, ReplyAddresses.Known known, String says) {
        var told = rows.told(known.person(), time.instant().minus(Duration.ofHours(1)));
        var added = rows.add(hash, received(from, known.person(), known.item(), Verdict.REFUSED, says));
        var person = people.find(known.person()).filter(People.Person::active).orElse(null);
        if (added && told < TOLD_AN_HOUR && person != null && person.email() != null) {
            mail.send(Letter.of(
                            "reply_refused",
                            person.id(),
                            Objects.requireNonNull(person.email()),
                            "Your answer to " + known.item() + " was not taken")
                    .heading("Your answer to " + known.item() + " was not taken")
                    .paragraph(says)
                    .action("Open " + known.item(), "/items/" + known.item()));
        }
    }

    private Received received(
            @Nullable String from, @Nullable String person, @Nullable String item, Verdict verdict, String says) {
        var now = time.instant();
        return new Received(Ids.next(now), now, domain(from), person, item, verdict, says);
    }

    /// Who wrote is in no list but by the domain: whoever it was lies, or is known by the account.
    private static @Nullable String domain(@Nullable String from) {
        return from != null && Mail.isAddress(from)
                ? from.substring(from.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)
                : null;
    }
}
