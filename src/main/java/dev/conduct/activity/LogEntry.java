package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.springframework.stereotype.Component;

@Component
class LogEntry implements NavigationEntry {

    @Override
    public Entry forActor(Actor actor) {
        return new Entry("Evidence", 39, "Audit log", "/log", "scroll-text", null, "a");
    }
}
