package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Holds findings of tools to what the main branch had: the first report of it says what there was, every later one
/// may only lower that. What is not in it is new, on whatever branch, and stays new until it is mended or somebody
/// says why it may stay. Findings are told again by their print, which does not know lines.
@Component
class Ratchets {

    private static final int REASON = 1_000;

    private final JdbcClient database;
    private final Speaking speaking;
    private final SeenProducts seen;
    private final Recording recording;

    Ratchets(JdbcClient database, Speaking speaking, SeenProducts seen, Recording recording) {
        this.database = database;
        this.speaking = speaking;
        this.seen = seen;
        this.recording = recording;
    }

    /// @param first findings that the main branch had when it began
    /// @param left how many of those are left
    /// @param seen findings of the newest report of the main branch
    record Ratchet(UUID id, String kind, String tools, Instant beganAt, long first, long left, long seen) {

        /// What came besides and was not mended.
        long above() {
            return Math.max(0, seen - left);
        }
    }

    private record Known(UUID ratchet, String print, String tool, String rule, String where) {}

    static String says(long fresh) {
        return fresh == 0 ? "" : fresh == 1 ? "One new finding" : fresh + " new findings";
    }

    /// Within the transaction that keeps the report. Only reports of CI count.
    void judge(Report report, String tools) {
        database.sql("update quality.report set tools = :tools where id = :id")
                .param("tools", tools)
                .param("id", report.id())
                .update();
        if (!report.environment().isEmpty()) {
            return;
        }
        var known = locked(report, tools);
        var main = speaking.main(report.product()).contains(report.branch());
        if (known.isEmpty()) {
            if (main) {
                begin(report, tools);
            }
            return;
        }
        var ratchet = known.getFirst();
        mark(report.id(), ratchet);
        if (main) {
            lower(report.id(), ratchet);
        }
    }

    private List<UUID> locked(Report report, String tools) {
        database.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                .param("key", "ratchet " + report.product() + " " + report.kind() + " " + tools)
                .query(row -> {});
        return database.sql(
                        "select id from quality.ratchet where product = :product and kind = :kind and tools = :tools")
                .param("product", report.product())
                .param("kind", report.kind())
                .param("tools", tools)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    private void begin(Report report, String tools) {
        var id = Ids.next(report.receivedAt());
        database.sql("""
                        insert into quality.ratchet (id, product, kind, tools, began_at, first, left_over, seen)
                        select :id, :product, :kind, :tools, :at, count(*), count(*), count(*)
                          from quality.finding
                         where report = :report and not suppressed and severity <> 'info'
                        """)
                .param("id", id)
                .param("product", report.product())
                .param("kind", report.kind())
                .param("tools", tools)
                .param("at", OffsetDateTime.ofInstant(report.receivedAt(), ZoneOffset.UTC))
                .param("report", report.id())
                .update();
        database.sql("""
                        insert into quality.ratchet_finding (ratchet, print, allowed)
                        select :ratchet, print, count(*)
                          from quality.finding
                         where report = :report and not suppressed and severity <> 'info'
                         group by print
                        """).param("ratchet", id).param("report", report.id()).update();
    }

    private void mark(UUID report, UUID ratchet) {
        database.sql("""
                        update quality.finding f set fresh = true
                          from (select place, print, row_number() over (partition by print order by place) as nth
                                  from quality.finding
                                 where report = :report and not suppressed and severity <> 'info') counted
                          left join quality.ratchet_finding known
                            on known.ratchet = :ratchet and known.print = counted.print
                         where f.report = :report and f.place = counted.place
                           and counted.nth > coalesce(known.allowed, 0)
                        """).param("report", report).param("ratchet", ratchet).update();
    }

    private void lower(UUID report, UUID ratchet) {
        database.sql("""
                        with now as (
                             select print, count(*) as times from quality.finding
                              where report = :report and not suppressed and severity <> 'info'
                              group by print),
                             gone as (
                             delete from quality.ratchet_finding k
                              where k.ratchet = :ratchet and not exists (select from now where now.print = k.print))
                        update quality.ratchet_finding k set allowed = now.times
                          from now where k.ratchet = :ratchet and now.print = k.print and now.times < k.allowed
                        """).param("report", report).param("ratchet", ratchet).update();
        database.sql("""
                        update quality.ratchet
                           set left_over = (select coalesce(sum(allowed), 0) from quality.ratchet_finding
                                             where ratchet = :ratchet),
                               seen = (select count(*) from quality.finding
                                        where report = :report and not suppressed and severity <> 'info')
                         where id = :ratchet
                        """).param("report", report).param("ratchet", ratchet).update();
    }

    /// By kind and tool.
    List<Ratchet> of(String product) {
        return database.sql("""
                        select id, kind, tools, began_at, first, left_over, seen
                          from quality.ratchet where product = :product order by kind, tools limit 200
                        """)
                .param("product", product)
                .query(Ratchets::ratchet)
                .list();
    }

    private static Ratchet ratchet(ResultSet row, int number) throws SQLException {
        return new Ratchet(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("tools"),
                row.getObject("began_at", OffsetDateTime.class).toInstant(),
                row.getLong("first"),
                row.getLong("left_over"),
                row.getLong("seen"));
    }

    /// Lets a new finding stay where it is, as somebody says why: the one way in which a ratchet goes up.
    ///
    /// @throws Problem 400 without a reason, 403 for who may not, 404 when it is not new
    @Transactional
    public void accept(String product, UUID report, int place, String reason, Actor actor) {
        seen.judge(product, actor);
        if (reason.isBlank()) {
            throw Problem.badInput("reason", "missing", "is empty. Write why the finding may stay.");
        }
        PlainText.checked("reason", reason, REASON);
        var found = database.sql("""
                        select t.id as ratchet, f.print, f.tool, f.rule, f.location
                          from quality.report r
                          join quality.finding f on f.report = r.id and f.place = :place and f.fresh
                          join quality.ratchet t on t.product = r.product and t.kind = r.kind and t.tools = r.tools
                         where r.id = :report and r.product = :product
                        """)
                .param("place", place)
                .param("report", report)
                .param("product", product)
                .query((row, number) -> new Known(
                        row.getObject("ratchet", UUID.class),
                        row.getString("print"),
                        row.getString("tool"),
                        row.getString("rule"),
                        row.getString("location")))
                .optional()
                .orElseThrow(() -> Problem.notFound("This new finding"));
        allow(found.ratchet(), found.print());
        recording.tell(
                "finding.accept",
                "product:" + product,
                recording.now(),
                Map.of("tool", found.tool(), "rule", found.rule(), "where", found.where(), "print", found.print()),
                Map.of("reason", reason.strip()),
                actor);
    }

    private void allow(UUID ratchet, String print) {
        database.sql("""
                        insert into quality.ratchet_finding as k (ratchet, print, allowed) values (:ratchet, :print, 1)
                        on conflict (ratchet, print) do update set allowed = k.allowed + 1
                        """).param("ratchet", ratchet).param("print", print).update();
        database.sql("update quality.ratchet set left_over = left_over + 1 where id = :ratchet")
                .param("ratchet", ratchet)
                .update();
        database.sql("""
                        update quality.finding f set fresh = false
                          from quality.report r, quality.ratchet t
                         where t.id = :ratchet and r.product = t.product and r.kind = t.kind and r.tools = t.tools
                           and r.family = 'findings' and f.report = r.id and f.fresh and f.print = :print
                           and f.place = (select min(o.place) from quality.finding o
                                           where o.report = f.report and o.fresh and o.print = f.print)
                        """).param("ratchet", ratchet).param("print", print).update();
    }
}
