package dev.conduct.quality;

import dev.conduct.database.Readers;
import dev.conduct.work.ComponentRenamed;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What was counted for a component stays its own when it is called otherwise, and so do its paths.
@Component
class FollowComponents {

    private final JdbcClient database;
    private final Readers readers;

    FollowComponents(JdbcClient database, Readers readers) {
        this.database = database;
        this.readers = readers;
    }

    @EventListener
    void follow(ComponentRenamed renamed) {
        var _ = readers.system(() -> {
            write(
                    "update quality.component_path set component = :to where product = :product and component = :from",
                    renamed);
            for (var table : List.of("part", "file_coverage", "finding", "measure")) {
                write("""
                        update quality.%s counted set component = :to from quality.report r
                         where r.product = :product and counted.report = r.id and counted.component = :from
                        """.formatted(table), renamed);
            }
            write("""
                    update quality.run_file counted set component = :to from quality.run r
                     where r.product = :product and counted.run = r.id and counted.component = :from
                    """, renamed);
            return true;
        });
    }

    private void write(String sql, ComponentRenamed renamed) {
        database.sql(sql)
                .param("to", renamed.to())
                .param("from", renamed.from())
                .param("product", renamed.product())
                .update();
    }
}
