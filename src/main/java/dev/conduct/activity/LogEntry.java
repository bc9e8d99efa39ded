package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class LogEntry implements NavigationEntry {

    @Override
    public Entry forActor(Actor actor) {
        return new Entry("Evidence", 39, "Audit log", "/log", "scroll-text", null, "a");
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return List.of(
                new Beneath("Tree heads of the log", "/log/heads", "scroll-text"),
                new Beneath("State of the log", "/log/state", "scroll-text"));
    }
}
