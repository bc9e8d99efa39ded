package dev.conduct.testing;

import dev.conduct.database.Readers;
import dev.conduct.identity.PersonErased;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// When a person is erased, the runs lose what the ledger lost: what they noted of steps and cases.
@Component
class ForgetRemarks {

    private final Ledger ledger;
    private final JdbcClient database;
    private final Readers readers;

    ForgetRemarks(Ledger ledger, JdbcClient database, Readers readers) {
        this.ledger = ledger;
        this.database = database;
        this.readers = readers;
    }

    /// A note of a case outlives a later verdict of somebody else, so that its row does not say whose it is: what
    /// stands in a row is taken from what the ledger still holds.
    @EventListener
    void forget(PersonErased erased) {
        var _ = readers.system(() -> {
            erased.objects().stream()
                    .filter(object -> object.startsWith(TestingProjection.RUN))
                    .forEach(run -> note(ledger.eventsOf(run)));
            return true;
        });
    }

    private record Place(UUID run, UUID testCase, long step) {}

    private void note(List<Event> events) {
        var notes = new HashMap<Place, String>();
        for (var event : events) {
            var told = new Told(event);
            var step = told.number("step");
            if (event.action().equals(OwnRemarks.JUDGE)
                    && event.outcome() == Outcome.SUCCESS
                    && (step > 0 || event.data().containsKey("case_verdict"))) {
                notes.put(new Place(told.id(), told.uuid("case"), step), told.words("note"));
            }
        }
        notes.entrySet().stream().filter(kept -> kept.getValue().isEmpty()).forEach(this::blank);
    }

    private void blank(Map.Entry<Place, String> gone) {
        var place = gone.getKey();
        var row = place.step() > 0
                ? "testing.step_result set note = '' where step = :step and"
                : "testing.run_case set note = '' where :step = 0 and";
        database.sql("update " + row + " run = :run and test_case = :case")
                .param("run", place.run())
                .param("case", place.testCase())
                .param("step", place.step())
                .update();
    }
}
