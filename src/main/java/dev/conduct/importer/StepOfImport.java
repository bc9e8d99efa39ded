package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.shell.FirstSteps;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What another tracker knows.
@Component
class StepOfImport implements FirstSteps {

    private final JdbcClient database;

    StepOfImport(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Step> steps(Actor actor) {
        return List.of(new Step(
                70,
                "Bring your history",
                "Of Jira, Bugzilla, GitHub or a CSV file. It is rehearsed first and can be undone whole.",
                "/admin/import",
                "Import",
                database.sql("select exists (select from importer.run)")
                        .query(Boolean.class)
                        .single(),
                true));
    }
}
