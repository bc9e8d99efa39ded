package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.work.Sight;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What controls let pass because they only observe, of the records that the reader may see.
@Repository
class ObservedRows {

    private final JdbcClient database;

    ObservedRows(JdbcClient database) {
        this.database = database;
    }

    /// @param steps they let pass
    /// @param records those steps were of
    /// @param newest of those records, at most as many as asked for
    record Observed(long steps, long records, List<Passed> newest) {}

    record Passed(String item, String title, Instant at) {}

    /// By control; those that let nothing pass are not there.
    Map<String, Observed> since(Instant since, Collection<RuleControl> controls, int most, Actor reader) {
        var sight = Sight.of(reader);
        var observed = new HashMap<String, Observed>();
        database.sql("""
                        with passed as materialized (
                               select d.control, d.item, i.title, d.occurred_at, d.entry
                                 from rulebook.deviation d
                                 join work.item i on i.key = d.item
                                where d.how = 'observe' and d.occurred_at >= :since
                                  and (d.clause, d.control) in (
                                      select * from unnest(:clauses::text[], :controls::text[]))
                                  and %s)
                        select control, item, title, occurred_at, steps, records
                          from (select control, item, title, occurred_at,
                                       row_number() over (partition by control
                                                          order by occurred_at desc, entry desc) as nth
                                  from passed) newest
                          join (select control, sum(steps) as steps, count(*) as records
                                  from (select control, item, count(*) as steps from passed group by control, item) each
                                 group by control) counted using (control)
                         where nth <= :most
                         order by control, nth
                        """.formatted(sight.of("i")))
                .param("since", Timestamp.from(since))
                .param("clauses", controls.stream().map(RuleControl::clause).toArray(String[]::new))
                .param("controls", controls.stream().map(RuleControl::name).toArray(String[]::new))
                .param("most", most)
                .params(sight.parameters())
                .query(row -> {
                    observed.computeIfAbsent(row.getString("control"), unused -> counted(row))
                            .newest()
                            .add(new Passed(
                                    row.getString("item"),
                                    row.getString("title"),
                                    row.getTimestamp("occurred_at").toInstant()));
                });
        return observed;
    }

    private static Observed counted(java.sql.ResultSet row) {
        try {
            return new Observed(row.getLong("steps"), row.getLong("records"), new ArrayList<>());
        } catch (java.sql.SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
