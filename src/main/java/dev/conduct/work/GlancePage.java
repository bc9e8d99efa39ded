package dev.conduct.work;

import dev.conduct.shell.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record in a few lines, for who follows a link with their eyes only.
///
/// @param type what it is, in words
/// @param who is to do it, empty for nobody
record GlancePage(
        String key,
        String type,
        String name,
        String station,
        @Nullable Instant dueAt,
        String who) implements View {

    @Override
    public String template() {
        return "work/glance.jte";
    }

    @Override
    public String title() {
        return key + " " + name;
    }
}
