package dev.conduct.mocks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Finds what a mock answers, moves its scenarios on, and writes down what it was asked.
@Component
class Answering {

    private static final int KNOWN = 50;

    private final JdbcClient database;
    private final MockRows rows;
    private final Journal journal;

    /// The versions asked last, read: a version is never changed.
    private final Map<Key, List<Stub>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<Stub>> eldest) {
            return size() > KNOWN;
        }
    };

    private record Key(UUID mock, int version) {}

    Answering(JdbcClient database, MockRows rows, Journal journal) {
        this.database = database;
        this.rows = rows;
        this.journal = journal;
    }

    Optional<Mock> mock(String token) {
        return rows.byToken(token);
    }

    /// As a mapping says; without one that matches, 404 and the nearest, as WireMock does.
    @Transactional
    public Stub.Answer answer(Mock mock, Asked asked) {
        var stubs = stubs(mock);
        var states = stubs.stream().anyMatch(stub -> stub.scenario() != null) ? states(mock) : Map.<String, String>of();
        var best = Matching.best(stubs, asked, states);
        if (best.isEmpty()) {
            var nearest = Matching.nearest(stubs, asked, states)
                    .map(one -> one.stub().name() + " (mappings[" + one.stub().place() + "]), which expects "
                            + String.join("; ", one.conditions()))
                    .orElse("");
            journal.add(mock, asked, 404, "", nearest);
            return unmatched(mock, asked, nearest);
        }
        var stub = best.get();
        moveOn(mock, stub);
        journal.add(mock, asked, stub.answer().status(), stub.name(), "");
        return stub.answer();
    }

    private static Stub.Answer unmatched(Mock mock, Asked asked, String nearest) {
        var says = "No mapping of the mock " + mock.name() + ", version " + mock.version() + ", matches "
                + asked.method() + " " + asked.url() + ".\n"
                + (nearest.isEmpty() ? "None comes near.\n" : "Nearest: " + nearest + "\n");
        return new Stub.Answer(
                404,
                List.of(new Stub.Header("Content-Type", "text/plain;charset=UTF-8")),
                says.getBytes(StandardCharsets.UTF_8),
                Duration.ZERO);
    }

    private List<Stub> stubs(Mock mock) {
        var key = new Key(mock.id(), mock.version());
        synchronized (known) {
            var found = known.get(key);
            if (found != null) {
                return found;
            }
        }
        var read = Mappings.stubs(rows.content(mock.id(), mock.version()).orElseThrow());
        synchronized (known) {
            known.put(key, read);
        }
        return read;
    }

    /// One request after the other, since each may move a scenario on.
    private Map<String, String> states(Mock mock) {
        database.sql("select id from mocks.mock where id = :mock for no key update")
                .param("mock", mock.id())
                .query(row -> {});
        var states = new HashMap<String, String>();
        database.sql("select name, state from mocks.scenario where mock = :mock")
                .param("mock", mock.id())
                .query(row -> {
                    states.put(row.getString("name"), row.getString("state"));
                });
        return states;
    }

    private void moveOn(Mock mock, Stub stub) {
        var scenario = stub.scenario();
        if (scenario != null && scenario.next() != null) {
            database.sql("""
                            insert into mocks.scenario (mock, name, state) values (:mock, :name, :state)
                            on conflict (mock, name) do update set state = excluded.state
                            """)
                    .param("mock", mock.id())
                    .param("name", scenario.name())
                    .param("state", Objects.requireNonNull(scenario.next()))
                    .update();
        }
    }
}
