package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How automated tests came out on one commit, for modules that plan tests. Who may read it is for them to ask.
@Component
public class TestOutcomes {

    private final JdbcClient database;

    TestOutcomes(JdbcClient database) {
        this.database = database;
    }

    /// @param test the digest of its suite and name, as `quality.test_case.test`
    /// @param outcome `passed`, `failed`, `errored` or `flaky`
    /// @param run of quality in which it came out so
    /// @param micros how long it took
    /// @param at when its report came
    public record Came(UUID test, String outcome, UUID run, long micros, Instant at) {}

    /// The newest outcome of each of these tests on a commit; those that were skipped or never ran are left out.
    ///
    /// @param commit its beginning suffices, at least 7 digits
    /// @param build only reports of this build when it is not empty
    public List<Came> on(String product, String commit, String build, Collection<UUID> tests) {
        return database.sql("""
                        select distinct on (t.test) t.test, t.outcome, r.run, t.micros, r.received_at
                          from quality.report r
                          join quality.test_case t on t.report = r.id and t.test = any (:tests)
                         where r.product = :product and r.family = 'tests' and r.short = left(:commit, 7)
                           and (starts_with(r.commit, :commit) or starts_with(:commit, r.commit))
                           and (:build = '' or r.build = :build)
                           and t.outcome <> 'skipped' and r.run is not null
                         order by t.test, r.received_at desc, r.id desc
                        """)
                .param("tests", tests.toArray(UUID[]::new))
                .param("product", product)
                .param("commit", commit)
                .param("build", build)
                .query(TestOutcomes::came)
                .list();
    }

    private static Came came(ResultSet row, int number) throws SQLException {
        return new Came(
                row.getObject("test", UUID.class),
                row.getString("outcome"),
                row.getObject("run", UUID.class),
                row.getLong("micros"),
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }
}
