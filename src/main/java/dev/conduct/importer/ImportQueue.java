package dev.conduct.importer;

import dev.conduct.shell.SystemReading;
import dev.conduct.shell.Words;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How many imports wait or run.
@Component
class ImportQueue implements SystemReading {

    private final JdbcClient database;

    ImportQueue(JdbcClient database) {
        this.database = database;
    }

    @Override
    public List<Reading> readings(Words words) {
        var open = database.sql("select count(*) from importer.run where state in ('waiting', 'running')")
                .query(Long.class)
                .single();
        return List.of(new Reading("Queues", "Imports waiting or running", words.number(open), null, "/admin/import"));
    }
}
