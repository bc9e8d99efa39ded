package dev.conduct.quality;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is different in a run from an earlier one, test by test.
@Component
class ComparedRows {

    /// Longer runs are not laid side by side while somebody waits for a page.
    static final long MOST_TESTS = 20_000;

    private static final int LISTED = 10;

    private final JdbcClient database;

    ComparedRows(JdbcClient database) {
        this.database = database;
    }

    /// How a test is different now.
    enum How {
        BROKE("Failed since"),
        GONE("No longer there"),
        SKIPPED("Skipped since"),
        SLOWER("At least twice as long, and by half a second"),
        ADDED("New");

        private final String title;

        How(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /// @param before microseconds it took then, null when nobody knows
    /// @param now microseconds it takes now
    record Test(
            UUID test,
            String suite,
            String name,
            @Nullable Long before,
            @Nullable Long now) {}

    /// @param count of all, more than are listed
    record Part(How how, long count, List<Test> tests) {}

    static boolean tooLong(Run run, Run good) {
        return run.tests() > MOST_TESTS || good.tests() > MOST_TESTS;
    }

    /// In the order of what matters most; empty when nothing is different, or a run is too long to be compared.
    List<Part> between(Run run, Run good) {
        if (tooLong(run, good)) {
            return List.of();
        }
        Map<How, Long> counts = new LinkedHashMap<>();
        Map<How, List<Test>> tests = new LinkedHashMap<>();
        database.sql("""
                        with now as materialized (
                             select distinct on (t.test) t.test, t.outcome, t.micros, t.report, t.place
                               from quality.report r join quality.test_case t on t.report = r.id
                              where r.run = :run and r.family = 'tests'
                              order by t.test, (t.outcome in ('failed', 'errored')) desc),
                             past as materialized (
                             select distinct on (t.test) t.test, t.outcome, t.micros, t.report, t.place
                               from quality.report r join quality.test_case t on t.report = r.id
                              where r.run = :good and r.family = 'tests'
                              order by t.test, (t.outcome in ('failed', 'errored')) desc),
                             changed as materialized (
                             select coalesce(n.report, g.report) as report, coalesce(n.place, g.place) as place,
                                    g.micros as micros_before, n.micros as micros_now,
                                    case when n.test is null then 'GONE'
                                         when n.outcome in ('failed', 'errored') then 'BROKE'
                                         when g.test is null then 'ADDED'
                                         when n.outcome = 'skipped' and g.outcome <> 'skipped' then 'SKIPPED'
                                         when n.micros >= 2 * g.micros and n.micros >= g.micros + 500000 then 'SLOWER'
                                    end as how
                               from now n full join past g on g.test = n.test),
                             counted as (
                             select how, count(*) as many from changed where how is not null group by how)
                        select counted.how, counted.many, t.test, t.suite, t.name, c.micros_before, c.micros_now
                          from counted
                         cross join lateral (select * from changed where changed.how = counted.how limit :listed) c
                          join quality.test_case t on t.report = c.report and t.place = c.place
                         order by counted.how, t.suite, t.name
                        """)
                .param("run", run.id())
                .param("good", good.id())
                .param("listed", LISTED)
                .query(row -> {
                    var how = How.valueOf(row.getString("how"));
                    counts.put(how, row.getLong("many"));
                    tests.computeIfAbsent(how, unused -> new ArrayList<>())
                            .add(new Test(
                                    row.getObject("test", UUID.class),
                                    row.getString("suite"),
                                    row.getString("name"),
                                    row.getObject("micros_before", Long.class),
                                    row.getObject("micros_now", Long.class)));
                });
        return List.of(How.values()).stream()
                .filter(counts::containsKey)
                .map(how ->
                        new Part(how, counts.getOrDefault(how, 0L), List.copyOf(tests.getOrDefault(how, List.of()))))
                .toList();
    }
}
