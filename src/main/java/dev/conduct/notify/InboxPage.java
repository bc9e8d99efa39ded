package dev.conduct.notify;

import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param unread whether only what was not read yet is shown
/// @param next where earlier notices go on
record InboxPage(
        List<Told.Line> lines, boolean unread, @Nullable String next) implements View {

    @Override
    public String template() {
        return "notify/inbox.jte";
    }

    @Override
    public String title() {
        return "Inbox";
    }

    static String tone(Kind kind) {
        return switch (kind) {
            case CLOCK_BREACHED -> "stop";
            case CLOCK_AT_RISK, DUTY, EXCEPTION -> "caution";
            case MENTION, ASSIGNMENT, WATCHED -> "wait";
        };
    }
}
