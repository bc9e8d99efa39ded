package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.PersonalDuties;
import dev.conduct.work.Products;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Whoever put a test aside owes its mending before it counts again.
@Component
class OwedTests implements PersonalDuties {

    private final JdbcClient database;
    private final SeenProducts seen;
    private final Procedures procedures;
    private final Recording recording;

    OwedTests(JdbcClient database, SeenProducts seen, Procedures procedures, Recording recording) {
        this.database = database;
        this.seen = seen;
        this.procedures = procedures;
        this.recording = recording;
    }

    @Override
    public List<Owed> of(Actor actor) {
        if (actor.outside() || !actor.id().startsWith("person:")) {
            return List.of();
        }
        var now = recording.now();
        var clause = procedures.at(now).refOf("unit_tests");
        var found = database.sql("""
                        select product, test, name, reason, ends_at
                          from quality.quarantine
                         where begun_by = :person and lifted_at is null and ends_at > :now
                         order by ends_at, id limit 500
                        """)
                .param("person", actor.id())
                .param("now", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .query((row, number) -> new Aside(
                        row.getString("product"),
                        new Owed(
                                "Mend the test " + row.getString("name"),
                                "/quality/" + row.getString("product") + "/tests/" + row.getString("test"),
                                "You put it aside: " + row.getString("reason"),
                                clause,
                                row.getObject("ends_at", OffsetDateTime.class).toInstant())))
                .list();
        if (found.isEmpty()) {
            return List.of();
        }
        var read = seen.all(actor).stream().map(Products.Product::key).toList();
        return found.stream()
                .filter(aside -> read.contains(aside.product()))
                .limit(50)
                .map(Aside::owed)
                .toList();
    }

    private record Aside(String product, Owed owed) {}
}
