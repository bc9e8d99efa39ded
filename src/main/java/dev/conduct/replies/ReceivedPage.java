package dev.conduct.replies;

import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import org.jspecify.annotations.Nullable;

/// Mail that came, the newest first, and what was thought of each.
///
/// @param address of the mailbox; null where letters cannot be answered
record ReceivedPage(
        Page<ReceivedRows.Received> received, @Nullable String address) implements View {

    @Override
    public String template() {
        return "replies/received.jte";
    }

    @Override
    public String title() {
        return "Answers by mail";
    }
}
