package dev.conduct.clock;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.FirstSteps;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The first deadline that runs by itself.
@Component
class StepsOfClocks implements FirstSteps {

    private final JdbcClient database;
    private final Procedures procedures;
    private final InstantSource time;

    StepsOfClocks(JdbcClient database, Procedures procedures, InstantSource time) {
        this.database = database;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public List<Step> steps(Actor actor) {
        return procedures.at(time.instant()).types().values().stream()
                .findFirst()
                .map(type -> new Step(
                        60,
                        "See a clock run",
                        "Deadlines start by themselves and say on the record why they stand as they do.",
                        "/lines/" + type.name(),
                        "See the list",
                        database.sql("select exists (select from clock.clock)")
                                .query(Boolean.class)
                                .single(),
                        false))
                .stream()
                .toList();
    }
}
