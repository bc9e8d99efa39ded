package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.work.Item;
import dev.conduct.work.ItemLists;
import dev.conduct.work.Items;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What cases in use cover, and what they do not: integration points, records to be proved, edge classes, with how the
/// cases came out on one build.
@Component
class CaseCoverage {

    private static final int RECORDS = 200;

    private final JdbcClient database;
    private final Catalogue catalogue;
    private final EdgeClasses edges;
    private final Items items;
    private final ItemLists lists;
    private final Book book;

    CaseCoverage(JdbcClient database, Catalogue catalogue, EdgeClasses edges, Items items, ItemLists lists, Book book) {
        this.database = database;
        this.catalogue = catalogue;
        this.edges = edges;
        this.items = items;
        this.lists = lists;
        this.book = book;
    }

    /// @param what id of a point, key of a record, or an edge class
    /// @param cases in use; none is a hole
    /// @param passed of them, last in a run of the commit that is looked at; as failed
    record Covered(String what, String title, long cases, long passed, long failed) {

        boolean hole() {
            return cases == 0;
        }
    }

    /// @param commit whose runs were looked at, empty for the last run of each case whatever the commit
    /// @param untold records to be proved beyond those that are listed
    /// @param proven types of records that the procedure wants proved, empty when it names none
    record Coverage(
            String commit,
            List<Covered> points,
            List<Covered> records,
            boolean untold,
            List<String> proven,
            List<Covered> edges) {

        long holes() {
            return holes(points) + holes(records) + holes(edges);
        }

        static long holes(List<Covered> some) {
            return some.stream().filter(Covered::hole).count();
        }
    }

    private record Count(long cases, long passed, long failed) {}

    /// A build that was run.
    record Build(String commit, String build, long cases, long passed, long failed, long blocked) {}

    Coverage of(String product, String commit, Actor actor) {
        var counts = counts(product, commit);
        var records = records(product, counts.records(), actor);
        return new Coverage(
                commit,
                catalogue.points(product).stream()
                        .map(point -> covered(
                                point.id().toString(),
                                point.fromName() + " to " + point.toName() + ": " + point.name(),
                                counts.points()))
                        .toList(),
                records.covered(),
                records.untold(),
                edges.proven(book.now()),
                edges.at(book.now()).stream()
                        .map(edge -> covered(edge, edge, counts.edges()))
                        .toList());
    }

    private record Records(List<Covered> covered, boolean untold) {}

    /// Those a case names, and open ones of the types that are to be proved; of those the reader may see.
    private Records records(String product, Map<String, Count> proving, Actor actor) {
        var found = new LinkedHashMap<String, Item>();
        var untold = false;
        for (var query : edges.open(book.now(), product)) {
            var page = lists.page(query, RECORDS, null, actor);
            page.items().forEach(item -> found.put(item.key(), item));
            untold |= page.next() != null;
        }
        items.visible(proving.keySet().stream().limit(RECORDS).toList(), actor)
                .forEach(item -> found.put(item.key(), item));
        var covered = new ArrayList<Covered>();
        found.values().stream()
                .map(item -> covered(item.key(), item.title(), proving))
                .sorted(Comparator.comparing(Covered::hole).reversed())
                .forEach(covered::add);
        return new Records(covered, untold);
    }

    private static Covered covered(String what, String title, Map<String, Count> counts) {
        var count = counts.get(what);
        return count == null
                ? new Covered(what, title, 0, 0, 0)
                : new Covered(what, title, count.cases(), count.passed(), count.failed());
    }

    /// The same cases counted by point, by edge class and by the record they prove.
    private record Counts(Map<String, Count> points, Map<String, Count> edges, Map<String, Count> records) {}

    /// All cases in use are read once, with how each came out last.
    private Counts counts(String product, String commit) {
        var counts = new Counts(new HashMap<>(), new HashMap<>(), new HashMap<>());
        database.sql("""
                        select grouping(point) as no_point, grouping(edge_class) as no_edge,
                               coalesce(point, edge_class, requirement) as what, count(*) as cases,
                               count(*) filter (where verdict = 'passed') as passed,
                               count(*) filter (where verdict = 'failed') as failed
                          from (select v.point::text, v.edge_class, v.requirement, last.verdict
                                  from testing.test_case c
                                  join testing.plan p on p.id = c.plan and not p.retired
                                  join testing.case_version v on v.test_case = c.id and v.version = c.version
                                  left join lateral (
                                        select r.verdict
                                          from testing.run_case r
                                         where r.test_case = c.id and r.verdict <> '' %s
                                         order by r.run desc limit 1) last on true
                                 where c.product = :product and not c.retired) in_use
                         group by grouping sets ((point), (edge_class), (requirement))
                        having coalesce(point, edge_class, requirement, '') <> ''
                        """.formatted(commit.isEmpty() ? "" : "and r.run = any (:runs)"))
                .param("product", product)
                .param("runs", runs(product, commit))
                .query(row -> {
                    var kind = row.getInt("no_point") == 0
                            ? counts.points()
                            : row.getInt("no_edge") == 0 ? counts.edges() : counts.records();
                    kind.put(
                            row.getString("what"),
                            new Count(row.getLong("cases"), row.getLong("passed"), row.getLong("failed")));
                });
        return counts;
    }

    /// The newest of a commit; none when it is empty.
    private UUID[] runs(String product, String commit) {
        return database.sql("""
                        select id from testing.test_run
                         where product = :product and short = left(:commit, 7) and starts_with(commit, :commit)
                         order by id desc limit 500
                        """)
                .param("product", product)
                .param("commit", commit)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list()
                .toArray(UUID[]::new);
    }

    /// Builds that plans were run on, the newest first: how each case came out last on each.
    List<Build> builds(String product, int most) {
        return database.sql("""
                        with newest as (
                               select commit, build, max(id::text) as run
                                 from (select id, commit, build from testing.test_run
                                        where product = :product order by id desc limit 500) lately
                                group by commit, build order by 3 desc limit :most)
                        select n.commit, n.build, count(*) as cases,
                               count(*) filter (where last.verdict = 'passed') as passed,
                               count(*) filter (where last.verdict = 'failed') as failed,
                               count(*) filter (where last.verdict = 'blocked') as blocked
                          from newest n
                          cross join lateral (
                                select distinct on (c.test_case) c.verdict
                                  from testing.test_run r
                                  join testing.run_case c on c.run = r.id
                                 where r.product = :product and r.short = left(n.commit, 7)
                                   and r.commit = n.commit and r.build = n.build
                                 order by c.test_case, (c.verdict = ''), r.id desc) last
                         group by n.commit, n.build, n.run
                         order by n.run desc
                        """)
                .param("product", product)
                .param("most", most)
                .query((row, at) -> new Build(
                        row.getString("commit"),
                        row.getString("build"),
                        row.getLong("cases"),
                        row.getLong("passed"),
                        row.getLong("failed"),
                        row.getLong("blocked")))
                .list();
    }
}
