package dev.conduct.quality;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the runs of a product say of one of its components, run by run.
@Component
class ComponentRows {

    private final JdbcClient database;

    ComponentRows(JdbcClient database) {
        this.database = database;
    }

    /// @param decided tests that passed or failed
    record OfRun(UUID run, String commit, long decided, long passed, long lines, long covered) {

        double passRate() {
            return Figures.percent(passed, decided);
        }

        double coverage() {
            return Figures.percent(covered, lines);
        }

        String shortCommit() {
            return commit.substring(0, Math.min(8, commit.length()));
        }
    }

    /// The newest runs that told of it first.
    ///
    /// @param component empty for what belongs to none
    List<OfRun> over(String product, String component, int most) {
        return database.sql("""
                        select n.id, n.commit, sum(p.tests - p.flaky - p.skipped) as decided,
                               sum(p.tests - p.flaky - p.skipped - p.failed) as passed,
                               max(p.lines) as lines, max(p.lines_covered) as covered
                          from (select id, commit from quality.run where product = :product order by id desc limit :most) n
                          join quality.report r on r.run = n.id
                          join quality.part p on p.report = r.id and p.component = :component
                         group by n.id, n.commit order by n.id desc
                        """)
                .param("product", product)
                .param("component", component)
                .param("most", most)
                .query((row, number) -> new OfRun(
                        row.getObject("id", UUID.class),
                        row.getString("commit"),
                        row.getLong("decided"),
                        row.getLong("passed"),
                        row.getLong("lines"),
                        row.getLong("covered")))
                .list();
    }
}
