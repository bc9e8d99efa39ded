package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What tools find in the code of a product, by the newest report of each tool on the main branch, or by those of one
/// run.
@Component
class StandardsRows {

    private static final String OF_MAIN = """
            select newest.id
              from quality.ratchet t
              cross join lateral (
                    select r.id from quality.report r
                     where r.product = t.product and r.family = 'findings' and r.kind = t.kind and r.tools = t.tools
                       and r.environment = '' and r.branch = any (:main)
                     order by r.id desc limit 1) newest
             where t.product = :product
            """;
    private static final String OF_RUN =
            "select id from quality.report where run = :run and family = 'findings' and product = :product";

    private final JdbcClient database;
    private final Speaking speaking;

    StandardsRows(JdbcClient database, Speaking speaking) {
        this.database = database;
        this.speaking = speaking;
    }

    /// @param line 0 when it has none
    record Found(
            UUID report, int place, String tool, String rule, String severity, String says, String where, int line) {

        String at() {
            return line == 0 ? where : where + ":" + line;
        }
    }

    /// @param before its findings in the oldest of the last 20 reports of each tool, null when that is the newest
    /// @param duplicated lines that stand elsewhere too
    /// @param leans how many other packages its packages need on average, null when nobody counted
    record OfComponent(
            String name,
            long findings,
            @Nullable Long before,
            long duplicated,
            long cycles,
            @Nullable Double leans) {}

    private JdbcClient.StatementSpec asked(String sql, String product, @Nullable UUID run) {
        return database.sql(sql.formatted(run == null ? OF_MAIN : OF_RUN))
                .param("product", product)
                .param("main", speaking.mainNames(product))
                .param("run", run);
    }

    /// New findings, those of the newest report first.
    ///
    /// @param run null for the main branch as it is
    List<Found> fresh(String product, @Nullable UUID run, int most) {
        return asked("""
                        select f.report, f.place, f.tool, f.rule, f.severity, f.says, f.location, f.line
                          from quality.finding f
                         where f.fresh and f.report in (%s)
                         order by f.report desc, f.place limit :most
                        """, product, run)
                .param("most", most)
                .query(StandardsRows::found)
                .list();
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        return new Found(
                row.getObject("report", UUID.class),
                row.getInt("place"),
                row.getString("tool"),
                row.getString("rule"),
                row.getString("severity"),
                row.getString("says"),
                row.getString("location"),
                row.getInt("line"));
    }

    /// The main branch by component; without paths of components the empty name is all of it.
    List<OfComponent> components(String product) {
        return asked("""
                        with newest as (%s),
                             eldest as (
                             select distinct on (kind, tools) id
                               from (select r.id, r.kind, r.tools,
                                            row_number() over (partition by r.kind, r.tools order by r.id desc) as nth
                                       from quality.report r
                                      where r.product = :product and r.family = 'findings' and r.environment = ''
                                        and r.branch = any (:main)) counted
                              where nth <= 20 order by kind, tools, id),
                             found as (
                             select component, count(*) filter (where report in (select id from newest)) as now,
                                    count(*) filter (where report in (select id from eldest)) as before,
                                    count(*) filter (where rule = 'cycle' and report in (select id from newest)) as cycles
                               from quality.finding
                              where report in (select id from newest union select id from eldest)
                                and not suppressed and severity <> 'info'
                              group by component),
                             counted as (
                             select component, sum(value) filter (where name = 'duplicated_lines') as duplicated,
                                    avg(value) filter (where name = 'efferent') as leans
                               from quality.measure where report in (select id from newest)
                              group by component)
                        select coalesce(f.component, c.component) as component, coalesce(f.now, 0) as now,
                               case when (select array_agg(id order by id) from newest)
                                       = (select array_agg(id order by id) from eldest)
                                    then null else coalesce(f.before, 0) end as before,
                               coalesce(c.duplicated, 0) as duplicated, coalesce(f.cycles, 0) as cycles, c.leans
                          from found f full join counted c on c.component = f.component
                         order by coalesce(f.component, c.component) = '', 1
                        """, product, null)
                .query((row, number) -> new OfComponent(
                        row.getString("component"),
                        row.getLong("now"),
                        row.getObject("before", Long.class),
                        row.getLong("duplicated"),
                        row.getLong("cycles"),
                        row.getObject("leans", Double.class)))
                .list();
    }
}
