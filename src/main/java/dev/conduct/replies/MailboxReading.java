package dev.conduct.replies;

import dev.conduct.shell.SystemReading;
import dev.conduct.shell.Words;
import java.util.List;
import org.springframework.stereotype.Component;

/// Whether answers by mail can be read, for the page about the system.
@Component
class MailboxReading implements SystemReading {

    private final Replies replies;

    MailboxReading(Replies replies) {
        this.replies = replies;
    }

    @Override
    public List<Reading> readings(Words words) {
        var seen = replies.seen();
        return seen == null
                ? List.of()
                : List.of(new Reading(
                        "Queues",
                        "Answers by mail",
                        seen.trouble() == null ? "read " + words.full(seen.at()) : seen.trouble(),
                        seen.trouble() == null ? "clear" : "stop",
                        "/admin/mail/received"));
    }
}
