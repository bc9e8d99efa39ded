package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.FirstSteps;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Something to work on, somebody who knows it, and the first record.
@Component
class StepsOfWork implements FirstSteps {

    private final JdbcClient database;
    private final Procedures procedures;
    private final InstantSource time;

    StepsOfWork(JdbcClient database, Procedures procedures, InstantSource time) {
        this.database = database;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public List<Step> steps(Actor actor) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(
                20,
                "Name the first product",
                "Every record belongs to one, and its number begins with the product's key.",
                "/admin/products",
                "Name it",
                there("select exists (select from work.product)"),
                false));
        steps.add(new Step(
                40,
                "Say who knows a component",
                "Work in it is offered to them first.",
                "/admin/products",
                "Add a component",
                there("select exists (select from work.component where cardinality(owners) > 0)"),
                false));
        var line = FirstLine.of(procedures.at(time.instant()), null);
        if (line != null) {
            steps.add(new Step(
                    50,
                    line.report(),
                    "Report something real and follow it along its line.",
                    line.href() + "/new",
                    line.report(),
                    there("select exists (select from work.item)"),
                    false));
        }
        return steps;
    }

    private boolean there(String sql) {
        return database.sql(sql).query(Boolean.class).single();
    }
}
