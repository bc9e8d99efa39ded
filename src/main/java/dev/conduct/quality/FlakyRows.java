package dev.conduct.quality;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tests that came out both ways on one commit: a report says that they passed when tried again, or one run of the
/// commit has them failed and another passed, in the same environment. Across all branches.
@Component
class FlakyRows {

    private static final int REPORTS = 1_000;
    private static final int STRIP = 20;

    private final JdbcClient database;

    FlakyRows(JdbcClient database) {
        this.database = database;
    }

    /// @param wavered runs in which it did
    /// @param ran runs in which it ran, not skipped
    /// @param strip how it came out of the last twenty, oldest first
    record Flaky(UUID test, String suite, String name, long wavered, long ran, List<String> strip) {

        double rate() {
            return Figures.percent(wavered, ran);
        }
    }

    /// The ones that wavered most first.
    List<Flaky> since(String product, Instant since, int most) {
        var strips = new HashMap<UUID, List<String>>();
        var flaky = database.sql("""
                        with recent as materialized (
                               select id, run, commit, environment
                                 from quality.report
                                where product = :product and family = 'tests' and received_at >= :since
                                order by received_at desc limit :reports),
                             odd as materialized (
                               select t.test, t.outcome, t.suite, t.name, recent.run, recent.commit, recent.environment
                                 from recent
                                 join quality.test_case t
                                   on t.report = recent.id and t.outcome in ('failed', 'errored', 'flaky')
                                order by recent.id desc, t.place limit 5000),
                             wavering as (
                               select test, suite, name, run from odd where outcome = 'flaky'
                               union
                               select odd.test, odd.suite, odd.name, odd.run
                                 from odd
                                where odd.outcome <> 'flaky'
                                  and exists (
                                      select from recent again
                                        join quality.test_case t on t.test = odd.test and t.report = again.id
                                       where again.commit = odd.commit and again.run <> odd.run
                                         and again.environment = odd.environment
                                         and t.outcome in ('passed', 'flaky'))),
                             most as (
                               select test, min(suite) as suite, min(name) as name, count(distinct run) as wavered
                                 from wavering group by test
                                order by wavered desc, test limit :most)
                        select most.*, (select count(distinct recent.run)
                                          from quality.test_case t join recent on recent.id = t.report
                                         where t.test = most.test and t.outcome <> 'skipped') as ran
                          from most order by wavered desc, test
                        """)
                .param("product", product)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .param("reports", REPORTS)
                .param("most", most)
                .query((row, number) -> new Flaky(
                        row.getObject("test", UUID.class),
                        row.getString("suite"),
                        row.getString("name"),
                        row.getLong("wavered"),
                        row.getLong("ran"),
                        strips.computeIfAbsent(row.getObject("test", UUID.class), unused -> new ArrayList<>())))
                .list();
        var outcomes = strip(product, strips);
        strips.forEach((test, strip) -> strip.addAll(outcomes.getOrDefault(test, List.of())));
        return flaky;
    }

    /// Whether this one did.
    boolean wavered(String product, UUID test, Instant since) {
        return database.sql("""
                        select exists (
                               select from (
                                     select r.commit, r.environment, r.run, bool_or(t.outcome = 'flaky') as flaky,
                                            bool_or(t.outcome in ('failed', 'errored')) as bad,
                                            bool_or(t.outcome = 'passed') as good
                                       from quality.test_case t join quality.report r on r.id = t.report
                                      where t.test = :test and r.product = :product and r.family = 'tests'
                                        and r.received_at >= :since
                                      group by r.commit, r.environment, r.run) of_run
                                group by commit, environment
                               having bool_or(flaky) or bool_or(bad) and bool_or(good and not bad))
                        """)
                .param("test", test)
                .param("product", product)
                .param("since", OffsetDateTime.ofInstant(since, ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private Map<UUID, List<String>> strip(String product, Map<UUID, List<String>> tests) {
        var outcomes = new HashMap<UUID, List<String>>();
        database.sql("""
                        select wanted.test, past.outcome
                          from unnest(:tests::uuid[]) wanted(test)
                          cross join lateral (
                                select t.outcome, t.report, t.place
                                  from quality.test_case t join quality.report r on r.id = t.report
                                 where t.test = wanted.test and r.product = :product
                                 order by t.report desc limit :most) past
                         order by past.report, past.place
                        """)
                .param("tests", tests.keySet().toArray(UUID[]::new))
                .param("product", product)
                .param("most", STRIP)
                .query(row -> {
                    outcomes.computeIfAbsent(row.getObject("test", UUID.class), unused -> new ArrayList<>())
                            .add(row.getString("outcome"));
                });
        return outcomes;
    }
}
