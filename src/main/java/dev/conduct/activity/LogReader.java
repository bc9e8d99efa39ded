package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Wanted;
import dev.conduct.shell.StationTime;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What somebody may read in the log: everything, for whom the procedure lets read it; their own acts otherwise. The
/// one place that says so.
@Component
class LogReader {

    private final Activity activity;
    private final Roles roles;
    private final People people;
    private final StationTime time;

    LogReader(Activity activity, Roles roles, People people, StationTime time) {
        this.activity = activity;
        this.roles = roles;
        this.people = people;
        this.time = time;
    }

    boolean readsAll(Actor reader) {
        return roles.may(reader, Right.AUDIT);
    }

    /// @throws Problem 404 for whoever does not read the log, as if it were not there
    void requireAll(Actor reader) {
        if (!readsAll(reader)) {
            throw Problem.notFound("This page");
        }
    }

    LogQuery query(String text, Actor reader) {
        var words = time.words(reader);
        return new LogQuery.Reading(people, reader, words.zone(), words.now()).of(text);
    }

    Page<Event> page(Wanted wanted, int most, @Nullable Long cursor, Actor reader) {
        if (!readsAll(reader)) {
            if (wanted.actor() != null && !wanted.actor().equals(reader.id())) {
                return new Page<>(java.util.List.of(), null);
            }
            return activity.newest(wanted.by(reader.id()), most, cursor);
        }
        return activity.newest(wanted, most, cursor);
    }

    /// @throws Problem 404 when there is none, or it is not theirs to read
    Event entry(long index, Actor reader) {
        return activity.event(index)
                .filter(event -> event.actor().equals(reader.id()) || readsAll(reader))
                .orElseThrow(() -> Problem.notFound("Entry " + index + " of the log"));
    }

    /// Names by id, and for objects that are actors too.
    Map<String, String> names(Collection<Event> events) {
        var ids = events.stream()
                .flatMap(event -> Stream.of(event.actor(), event.object()))
                .collect(Collectors.toSet());
        return people.byId(ids).values().stream().collect(Collectors.toMap(People.Person::id, People.Person::name));
    }
}
