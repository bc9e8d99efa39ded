package dev.conduct.notify;

import dev.conduct.shell.View;
import java.util.List;

/// @param done whether the letters have ended
record UnsubscribePage(String token, List<Kind> kinds, boolean done) implements View {

    @Override
    public String template() {
        return "notify/unsubscribe.jte";
    }

    @Override
    public String title() {
        return done ? "No more such letters" : "End these letters";
    }
}
