package dev.conduct.quality;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What tools find in the code of a product, by the newest report of each tool on the main branch, or by those of
/// one run.
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

    private static final int REPORTS_OF_A_RUN = 6;

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

    /// What the reports of one commit of the main branch came to, in a component or in all of them.
    ///
    /// @param duplicated null when no report of it counted that, as `cycles` and `leans`
    record Measured(
            UUID run,
            String commit,
            @Nullable Long findings,
            @Nullable Long duplicated,
            @Nullable Long cycles,
            @Nullable Double leans) {

        String shortCommit() {
            return commit.substring(0, Math.min(8, commit.length()));
        }
    }

    /// The newest runs of the main branch with findings, the newest first.
    ///
    /// @param component null for all of them together
    List<Measured> over(String product, @Nullable String component, int most) {
        return database.sql("""
                        with told as (
                             select r.id, r.run, r.commit, r.kind
                               from quality.report r
                              where r.product = :product and r.family = 'findings' and r.environment = ''
                                and r.branch = any (:main) and r.run is not null
                              order by r.received_at desc
                              limit :reports),
                             runs as (
                             select run, max(commit) as commit,
                                    bool_or(kind not in ('cpd', 'jdepend')) as looked,
                                    bool_or(kind = 'cpd') as compared, bool_or(kind = 'jdepend') as weighed
                               from told group by run order by run desc limit :most),
                             found as (
                             select t.run, count(*) filter (where t.kind not in ('cpd', 'jdepend')) as findings,
                                    count(*) filter (where f.rule = 'cycle') as cycles
                               from told t join quality.finding f on f.report = t.id
                              where not f.suppressed and f.severity <> 'info'
                                and (:component::text is null or f.component = :component::text)
                              group by t.run),
                             counted as (
                             select t.run, sum(m.value) filter (where m.name = 'duplicated_lines') as duplicated,
                                    avg(m.value) filter (where m.name = 'efferent') as leans
                               from told t join quality.measure m on m.report = t.id
                              where :component::text is null or m.component = :component::text
                              group by t.run)
                        select r.run, r.commit,
                               case when r.looked then coalesce(f.findings, 0) end as findings,
                               case when r.compared then coalesce(c.duplicated, 0)::bigint end as duplicated,
                               case when r.weighed then coalesce(f.cycles, 0) end as cycles, c.leans
                          from runs r
                          left join found f on f.run = r.run
                          left join counted c on c.run = r.run
                         order by r.run desc
                        """)
                .param("product", product)
                .param("main", speaking.mainNames(product))
                .param("component", component)
                .param("reports", most * REPORTS_OF_A_RUN)
                .param("most", most)
                .query((row, number) -> new Measured(
                        row.getObject("run", UUID.class),
                        row.getString("commit"),
                        row.getObject("findings", Long.class),
                        row.getObject("duplicated", Long.class),
                        row.getObject("cycles", Long.class),
                        row.getObject("leans", Double.class)))
                .list();
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
