package dev.conduct.demo;

import dev.conduct.identity.Actor;
import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.People;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The year as other modules add to it.
record Chapters(Instant end, People people, Agenda agenda, Map<String, String> lastOfItsKind)
        implements DemoChapter.Scene {

    @Override
    public Actor person(String email) {
        var person = people.resolve(email)
                .orElseThrow(() -> new IllegalArgumentException("nobody at the sample company is " + email));
        return people.actor(person.id(), "demo");
    }

    @Override
    public @Nullable String record(String component) {
        return lastOfItsKind.get(component);
    }

    @Override
    public void at(Instant moment, Runnable act) {
        agenda.plan(moment, now -> act.run());
    }
}
