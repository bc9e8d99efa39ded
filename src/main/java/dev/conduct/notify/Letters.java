package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.mail.Letter;
import dev.conduct.mail.Mail;
import dev.conduct.replies.ReplyAddresses;
import dev.conduct.work.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Writes to people what waits to be told by mail: one letter for each record, one for all when there is much, and no
/// more than a few in ten minutes, however much happens. What was read in the inbox meanwhile is not written.
@Component
class Letters {

    private static final int RECORDS_IN_LETTERS_OF_THEIR_OWN = 3;
    private static final int LETTERS_IN_A_WHILE = 6;
    private static final Duration WHILE = Duration.ofMinutes(10);

    private final NoticeRows rows;
    private final Told told;
    private final Preferences preferences;
    private final People people;
    private final Mail mail;
    private final ReplyAddresses replies;

    Letters(NoticeRows rows, Told told, Preferences preferences, People people, Mail mail, ReplyAddresses replies) {
        this.rows = rows;
        this.told = told;
        this.preferences = preferences;
        this.people = people;
        this.mail = mail;
        this.replies = replies;
    }

    /// Writes to the next person who waits for letters.
    ///
    /// @return whether there was one
    @Transactional
    boolean writeNext(Instant now) {
        var person = rows.nextToWrite(now);
        person.ifPresent(one -> write(one, now));
        return person.isPresent();
    }

    private void write(String person, Instant now) {
        var due = rows.toWrite(person, now);
        var recent = rows.letters(person, now.minus(WHILE));
        if (recent.many() >= LETTERS_IN_A_WHILE && recent.last() != null) {
            rows.postpone(ids(due), recent.last().plus(WHILE).plusMillis(1));
            return;
        }
        var reader = reader(person);
        var address = people.find(person).map(People.Person::email).orElse(null);
        var unread = due.stream().filter(notice -> notice.readAt() == null).toList();
        var lines = reader == null || address == null ? List.<Told.Line>of() : told.to(reader, unread);
        var written = lines.stream().map(Told.Line::notice).collect(Collectors.toSet());
        rows.written(
                ids(due.stream().filter(notice -> !written.contains(notice)).toList()), null, now);
        if (lines.isEmpty() || address == null) {
            return;
        }
        var byItem = lines.stream()
                .collect(Collectors.groupingBy(line -> line.item().key(), LinkedHashMap::new, Collectors.toList()));
        if (byItem.size() <= RECORDS_IN_LETTERS_OF_THEIR_OWN) {
            byItem.values().forEach(about -> sent(about, ofOne(person, address, about), person, now));
        } else {
            sent(lines, ofMany(person, address, byItem.values()), person, now);
        }
    }

    private void sent(List<Told.Line> lines, Letter letter, String person, Instant now) {
        Set<Kind> kinds =
                EnumSet.copyOf(lines.stream().map(line -> line.notice().kind()).toList());
        var whole = letter.small(why(kinds), "Choose what you get by mail", "/account/notices")
                .endedBy(preferences.ending(person, kinds, now));
        var id = mail.send(whole);
        rows.written(ids(lines.stream().map(Told.Line::notice).toList()), id, now);
    }

    /// What is restricted to some is not spoken of by mail.
    private Letter ofOne(String person, String address, List<Told.Line> lines) {
        var item = lines.getFirst().item();
        var letter = Letter.of("notice", person, address, subject(item)).inThread("item:" + item.key());
        var answers = item.readers() == null ? replies.of(person, item.key()) : null;
        if (answers != null) {
            letter = letter.answeredAt(answers).paragraph(ReplyAddresses.MARK);
        }
        letter = letter.heading(label(item));
        for (var line : lines) {
            letter = letter.paragraph(line.says() + ".");
            if (line.words() != null && item.readers() == null) {
                letter = letter.quote(line.words());
            }
        }
        return letter.action("Open " + item.key(), "/items/" + item.key());
    }

    private static Letter ofMany(String person, String address, Collection<List<Told.Line>> byItem) {
        var letter = Letter.of("digest", person, address, "What concerns you: " + byItem.size() + " records");
        for (var lines : byItem) {
            var item = lines.getFirst().item();
            letter = letter.line(
                    label(item),
                    "/items/" + item.key(),
                    lines.stream().map(Told.Line::says).distinct().collect(Collectors.joining("; ")));
        }
        return letter.action("Open your inbox", "/inbox");
    }

    private static String subject(Item item) {
        return item.readers() == null ? "[" + item.key() + "] " + item.title() : "[" + item.key() + "]";
    }

    /// Mail leaves the house: of what is restricted to some it says the number alone.
    private static String label(Item item) {
        return item.readers() == null ? item.key() + " " + item.title() : item.key();
    }

    private static String why(Set<Kind> kinds) {
        return "You get this because: "
                + kinds.stream()
                        .map(kind -> kind.title().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private @Nullable Actor reader(String person) {
        try {
            return people.actor(person, "mail");
        } catch (Problem disabled) {
            return null;
        }
    }

    private static List<UUID> ids(Collection<Notice> notices) {
        return notices.stream().map(Notice::id).toList();
    }
}
