package dev.conduct.quality;

import dev.conduct.quality.ChangedLines.OfFile;
import dev.conduct.quality.CommitRuns.Asked;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts of changed lines.
@Component
class ChangeRows {

    private static final int FILES = 500;
    private static final String COLUMNS = """
            c.id, c.run, c.report, c.commit, c.build, c.base, c.against, c.trouble, c.changed, c.lines, c.covered,
            c.unknown, c.counted_at
            """;

    private final JdbcClient database;

    ChangeRows(JdbcClient database) {
        this.database = database;
    }

    /// @param report the newest coverage of the run that is counted
    /// @param trouble empty, `too_large` or `paths`
    record Count(
            UUID id,
            UUID run,
            UUID report,
            String commit,
            String build,
            String base,
            String against,
            String trouble,
            long changed,
            long lines,
            long covered,
            long unknown,
            Instant at) {

        double percent() {
            return lines == 0 ? 100 : 100.0 * covered / lines;
        }

        boolean reaches(long limit) {
            return trouble.isEmpty() && covered * 100 >= limit * lines;
        }

        /// For people, after what it is about.
        String says() {
            return switch (trouble) {
                case "too_large" -> "It has more files than are looked at";
                case "paths" -> "The coverage names no file of the repository";
                default ->
                    lines == 0
                            ? "No line that a test can run was changed"
                            : covered + " of " + lines + " changed lines run by tests";
            };
        }

        String shortBase() {
            return base.substring(0, Math.min(8, base.length()));
        }
    }

    /// A run of which not all coverage is counted.
    ///
    /// @param reports how many reports of coverage it has, `report` the newest of them
    record Due(UUID run, UUID report, long reports, String product, String commit, String build) {}

    /// The newest first, of those begun since.
    List<Due> due(Instant since, int most) {
        return database.sql("""
                        select r.id, r.product, r.commit, r.build, told.report, told.reports
                          from quality.run r
                          cross join lateral (
                                select count(*) as reports,
                                       (array_agg(p.id order by p.received_at desc, p.id desc))[1] as report
                                  from quality.report p
                                 where p.run = r.id and p.family = 'coverage') told
                         where r.lines > 0 and r.began_at >= :since and told.reports > 0
                           and not exists (select from quality.change_count c
                                            where c.run = r.id and c.reports >= told.reports)
                         order by r.began_at desc limit :most
                        """)
                .param("since", at(since))
                .param("most", most)
                .query((row, number) -> new Due(
                        row.getObject("id", UUID.class),
                        row.getObject("report", UUID.class),
                        row.getLong("reports"),
                        row.getString("product"),
                        row.getString("commit"),
                        row.getString("build")))
                .list();
    }

    void add(Due due, Count count, List<OfFile> files) {
        var added = database.sql("""
                        insert into quality.change_count (id, run, report, product, commit, build, base, against, trouble,
                                                          changed, lines, covered, unknown, reports, counted_at)
                        values (:id, :run, :report, :product, :commit, :build, :base, :against, :trouble,
                                :changed, :lines, :covered, :unknown, :reports, :at)
                        on conflict (run, reports) do nothing
                        """)
                .param("id", count.id())
                .param("run", due.run())
                .param("report", due.report())
                .param("reports", due.reports())
                .param("product", due.product())
                .param("commit", due.commit())
                .param("build", due.build())
                .param("base", count.base())
                .param("against", count.against())
                .param("trouble", count.trouble())
                .param("changed", count.changed())
                .param("lines", count.lines())
                .param("covered", count.covered())
                .param("unknown", count.unknown())
                .param("at", at(count.at()))
                .update();
        if (added == 0 || files.isEmpty()) {
            return;
        }
        database.sql("""
                        insert into quality.change_file (count, path, told_as, changed, lines, covered, gaps)
                        select :count, * from unnest(:paths::text[], :told::text[], :changed::int[], :lines::int[],
                                                     :covered::int[], :gaps::bytea[])
                        """)
                .param("count", count.id())
                .param("paths", files.stream().map(OfFile::path).toArray(String[]::new))
                .param("told", files.stream().map(OfFile::toldAs).toArray(String[]::new))
                .param("changed", files.stream().map(it -> (int) it.changed()).toArray(Integer[]::new))
                .param("lines", files.stream().map(it -> (int) it.lines()).toArray(Integer[]::new))
                .param("covered", files.stream().map(it -> (int) it.covered()).toArray(Integer[]::new))
                .param("gaps", files.stream().map(it -> it.gaps().toByteArray()).toArray(byte[][]::new))
                .update();
    }

    /// The newest count of a run.
    Optional<Count> of(UUID run) {
        return database.sql("select " + COLUMNS
                        + " from quality.change_count c where c.run = :run order by c.reports desc limit 1")
                .param("run", run)
                .query(ChangeRows::count)
                .optional();
    }

    /// What was last counted of the coverage from CI of this commit, or else of another.
    Optional<Count> ofCommit(String product, String commit) {
        return Optional.ofNullable(
                ofCommits(List.of(new Known(product, commit, "infinity"))).get(0));
    }

    /// The same as it was known at the moment of each that is asked.
    Map<Asked, Count> ofCommits(Collection<Asked> asked) {
        var list = List.copyOf(asked);
        var counts = new HashMap<Asked, Count>();
        if (!list.isEmpty()) {
            ofCommits(list.stream()
                            .map(one -> new Known(
                                    one.product(), one.commit(), one.at().toString()))
                            .toList())
                    .forEach((n, count) -> counts.put(list.get(n), count));
        }
        return counts;
    }

    private record Known(String product, String commit, String until) {}

    private Map<Integer, Count> ofCommits(List<Known> known) {
        var counts = new HashMap<Integer, Count>();
        database.sql("select a.n, c.* from " + """
                        unnest(:products::text[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(product, wanted, until, n)
                          cross join lateral (
                               select told.*
                                 from ((select %1$s, 0 as place
                                          from quality.change_count c
                                          join quality.run r on r.id = c.run and r.environment = ''
                                         where c.product = a.product and c.counted_at <= a.until
                                           and c.short = left(a.wanted, 7)
                                           and (starts_with(c.commit, a.wanted) or starts_with(a.wanted, c.commit))
                                         order by c.counted_at desc, c.reports desc, c.id desc limit 1)
                                       union all
                                       (select %1$s, 1
                                          from quality.change_count c
                                          join quality.run r on r.id = c.run and r.environment = ''
                                         where c.product = a.product and c.counted_at <= a.until
                                         order by c.counted_at desc, c.reports desc, c.id desc limit 1)) told
                                order by place limit 1) c
                        """.formatted(COLUMNS))
                .param("products", known.stream().map(Known::product).toArray(String[]::new))
                .param("wanted", known.stream().map(Known::commit).toArray(String[]::new))
                .param("moments", known.stream().map(Known::until).toArray(String[]::new))
                .query(row -> {
                    counts.put(row.getInt("n") - 1, count(row, 0));
                });
        return counts;
    }

    /// Those with the most lines that no test ran first.
    List<OfFile> files(UUID count) {
        return database.sql("""
                        select path, told_as, changed, lines, covered, gaps from quality.change_file
                         where count = :count order by lines - covered desc, path limit :most
                        """)
                .param("count", count)
                .param("most", FILES)
                .query((row, number) -> new OfFile(
                        row.getString("path"),
                        row.getString("told_as"),
                        row.getLong("changed"),
                        row.getLong("lines"),
                        row.getLong("covered"),
                        BitSet.valueOf(row.getBytes("gaps"))))
                .list();
    }

    private static Count count(ResultSet row, int number) throws SQLException {
        return new Count(
                row.getObject("id", UUID.class),
                row.getObject("run", UUID.class),
                row.getObject("report", UUID.class),
                row.getString("commit"),
                row.getString("build"),
                row.getString("base"),
                row.getString("against"),
                row.getString("trouble"),
                row.getLong("changed"),
                row.getLong("lines"),
                row.getLong("covered"),
                row.getLong("unknown"),
                row.getObject("counted_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
