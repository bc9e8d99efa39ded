package dev.conduct.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The code that names an item, or came by a change that does: what its page shows and its gates ask about.
@Component
class CodeRows {

    /// An item named by more than this shows its newest.
    static final int MOST = 20;

    private final JdbcClient database;
    private final Logins logins;

    CodeRows(JdbcClient database, Logins logins) {
        this.database = database;
        this.logins = logins;
    }

    record Change(
            UUID repository,
            String name,
            long number,
            String title,
            String state,
            String author,
            @Nullable String person,
            String target,
            String mainBranch,
            String head,
            @Nullable String mergeCommit,
            String url,
            @Nullable Instant mergedAt) {}

    /// @param change by which it came, null for none
    record Commit(
            UUID repository,
            String sha,
            String title,
            String author,
            Instant at,
            @Nullable Long change,
            @Nullable Instant mergedAt) {}

    /// @param named whether an administrator said who the reviewer is here
    record Review(
            UUID repository,
            long change,
            String reviewer,
            String person,
            boolean named,
            String commit,
            String verdict,
            Instant at) {}

    record Run(UUID repository, String name, String commit, String state, String url, Instant at) {}

    /// The newest first.
    List<Change> changes(String item) {
        return changes(List.of(item)).getOrDefault(item, List.of());
    }

    /// The same of several items, by item.
    Map<String, List<Change>> changes(Collection<String> items) {
        var changes = new HashMap<String, List<Change>>();
        database.sql("""
                        select a.item, c.*
                          from unnest(:items::text[]) a(item)
                          cross join lateral (
                        select c.repository, r.name, c.number, c.title, c.state, c.author, coalesce(w.person, c.person) as person,
                               c.target, r.main_branch, c.head, c.merge_commit, c.url, c.merged_at, c.told_at,
                               w.id as writer, w.whose_key, w.sealed
                          from source.change c
                          join source.repository r on r.id = c.repository
                          left join source.author w on w.id = c.author_id
                         where (c.repository, c.number) in (
                               select l.repository, l.ref::bigint
                                 from source.link l
                                 join work.item i on i.key = l.item
                                 join source.repository p on p.id = l.repository and p.product = i.product
                                where l.item = a.item and l.kind = 'change'
                               union
                               select o.repository, o.change
                                 from source.link l
                                 join work.item i on i.key = l.item
                                 join source.repository p on p.id = l.repository and p.product = i.product
                                 join source.commit o on o.repository = l.repository and o.sha = l.ref
                                where l.item = a.item and l.kind = 'commit' and o.change is not null)
                         order by c.told_at desc
                         limit :most) c
                         order by a.item, c.told_at desc
                        """)
                .param("items", items.toArray(String[]::new))
                .param("most", MOST)
                .query(row -> {
                    changes.computeIfAbsent(row.getString("item"), unused -> new ArrayList<>())
                            .add(change(row));
                });
        return changes;
    }

    /// The newest first.
    List<Commit> commits(String item) {
        return database.sql("""
                        select c.repository, c.sha, c.title, c.author, c.committed_at, c.change, c.merged_at,
                               w.id as writer, w.whose_key, w.sealed
                          from source.link l
                          join work.item i on i.key = l.item
                          join source.repository p on p.id = l.repository and p.product = i.product
                          join source.commit c on c.repository = l.repository and c.sha = l.ref
                          left join source.author w on w.id = c.author_id
                         where l.item = :item and l.kind = 'commit'
                         order by c.committed_at desc, c.sha
                         limit :most
                        """)
                .param("item", item)
                .param("most", MOST)
                .query((row, number) -> new Commit(
                        row.getObject("repository", UUID.class),
                        row.getString("sha"),
                        row.getString("title"),
                        logins.read(row, "author"),
                        Row.instant(row, "committed_at"),
                        row.getObject("change", Long.class),
                        Row.instantOrNull(row, "merged_at")))
                .list();
    }

    /// A commit of a product, which may be abbreviated.
    record At(String product, String commit) {}

    /// Commits as rows, numbered from 1: to be given [#columns] as parameters.
    private static final String COMMITS =
            "unnest(:products::text[], :wanted::text[]) with ordinality a(product, wanted, n)";

    private static Map<String, Object> columns(List<At> asked) {
        return Map.of(
                "products", asked.stream().map(At::product).toArray(String[]::new),
                "wanted", asked.stream().map(At::commit).toArray(String[]::new));
    }

    /// Changes whose head or merge is one of these commits.
    Map<At, List<Change>> changesAt(List<At> asked) {
        var changes = new HashMap<At, List<Change>>();
        database.sql("""
                        select a.n, c.*
                          from %s
                          cross join lateral (
                        select c.repository, r.name, c.number, c.title, c.state, c.author, coalesce(w.person, c.person) as person,
                               c.target, r.main_branch, c.head, c.merge_commit, c.url, c.merged_at, c.told_at,
                               w.id as writer, w.whose_key, w.sealed
                          from (select x.repository, x.number
                                  from source.repository p join source.change x on x.repository = p.id
                                 where p.product = a.product
                                   and left(x.head, 7) = left(a.wanted, 7) and starts_with(x.head, a.wanted)
                                 union
                                select x.repository, x.number
                                  from source.repository p join source.change x on x.repository = p.id
                                 where p.product = a.product and x.merge_commit is not null
                                   and left(x.merge_commit, 7) = left(a.wanted, 7)
                                   and starts_with(x.merge_commit, a.wanted)) at
                          join source.change c on c.repository = at.repository and c.number = at.number
                          join source.repository r on r.id = c.repository
                          left join source.author w on w.id = c.author_id
                         order by c.told_at desc
                         limit :most) c
                         order by a.n, c.told_at desc
                        """.formatted(COMMITS))
                .params(columns(asked))
                .param("most", MOST)
                .query(row -> {
                    changes.computeIfAbsent(asked.get(row.getInt("n") - 1), unused -> new ArrayList<>())
                            .add(change(row));
                });
        return changes;
    }

    /// Verdicts on these changes, the oldest first.
    List<Review> reviews(List<Change> changes) {
        return database.sql("""
                        select v.repository, v.change, v.reviewer,
                               coalesce(case when w.named then w.person end, a.person, v.person) as person,
                               coalesce(w.named, false) or a.person is not null as named, v.commit, v.verdict, v.at,
                               w.id as writer, w.whose_key, w.sealed
                          from source.review v
                          join source.repository r on r.id = v.repository
                          left join source.author w on w.id = v.reviewer_id
                          left join source.account a on a.host = r.host and a.login = v.reviewer
                         where (v.repository, v.change) in (
                               select * from unnest(:repositories::uuid[], :numbers::bigint[]))
                         order by v.at, v.reviewer_id, v.reviewer
                        """)
                .param("repositories", changes.stream().map(Change::repository).toArray(UUID[]::new))
                .param("numbers", changes.stream().map(Change::number).toArray(Long[]::new))
                .query((row, number) -> new Review(
                        row.getObject("repository", UUID.class),
                        row.getLong("change"),
                        logins.read(row, "reviewer"),
                        row.getString("person"),
                        row.getBoolean("named"),
                        row.getString("commit"),
                        row.getString("verdict"),
                        Row.instant(row, "at")))
                .list();
    }

    /// Who wrote the commits of each change: logins or names, and people where they are known.
    Map<Change, Set<String>> authors(List<Change> changes) {
        var authors = new HashMap<Change, Set<String>>();
        database.sql("""
                        select distinct c.repository, c.change, c.author, coalesce(w.person, c.person, '') as person,
                               w.id as writer, w.whose_key, w.sealed
                          from source.commit c
                          left join source.author w on w.id = c.author_id
                         where (c.repository, c.change) in (select * from unnest(:repositories::uuid[], :numbers::bigint[]))
                        """)
                .param("repositories", changes.stream().map(Change::repository).toArray(UUID[]::new))
                .param("numbers", changes.stream().map(Change::number).toArray(Long[]::new))
                .query(row -> {
                    var repository = row.getObject("repository", UUID.class);
                    var number = row.getLong("change");
                    var named = List.of(logins.read(row, "author"), row.getString("person"));
                    changes.stream()
                            .filter(change -> change.repository().equals(repository) && change.number() == number)
                            .forEach(change -> authors.computeIfAbsent(change, unused -> new HashSet<>())
                                    .addAll(named));
                });
        return authors;
    }

    /// The last run of each name on each of these commits, in the product's repositories, CI servers of their own
    /// among them.
    Map<At, List<Run>> runs(List<At> asked) {
        var runs = new HashMap<At, List<Run>>();
        if (asked.isEmpty()) {
            return runs;
        }
        database.sql("""
                        select distinct on (a.n, u.commit, u.repository, u.name)
                               a.n, u.repository, u.name, u.commit, u.state, u.url, u.told_at
                          from %s
                          join source.repository r on r.product = a.product
                          join source.run u on u.repository = r.id
                         where u.state <> 'skipped'
                           and left(u.commit, 7) = left(a.wanted, 7) and starts_with(u.commit, a.wanted)
                         order by a.n, u.commit, u.repository, u.name, u.began_at desc
                        """.formatted(COMMITS)).params(columns(asked)).query(row -> {
            runs.computeIfAbsent(asked.get(row.getInt("n") - 1), unused -> new ArrayList<>())
                    .add(new Run(
                            row.getObject("repository", UUID.class),
                            row.getString("name"),
                            row.getString("commit"),
                            row.getString("state"),
                            row.getString("url"),
                            Row.instant(row, "told_at")));
        });
        return runs;
    }

    /// The commit of each of these products on which CI ran last.
    Map<String, At> lastRun(Collection<String> products) {
        var last = new HashMap<String, At>();
        if (products.isEmpty()) {
            return last;
        }
        database.sql("""
                        select distinct on (r.product) r.product, u.commit
                          from source.repository r
                          cross join lateral (
                               select commit, began_at from source.run
                                where repository = r.id and state <> 'skipped' order by began_at desc limit 1) u
                         where r.product = any (:products)
                         order by r.product, u.began_at desc
                        """).param("products", products.toArray(String[]::new)).query(row -> {
            last.put(row.getString("product"), new At(row.getString("product"), row.getString("commit")));
        });
        return last;
    }

    /// When commits reached the main branch, and of which repository; those that did not are left out.
    Map<At, List<Landed>> landed(List<At> asked) {
        var landed = new HashMap<At, List<Landed>>();
        database.sql("""
                        select a.n, r.name, r.main_branch, c.sha, c.merged_at
                          from %s
                          join source.repository r on r.product = a.product
                          join source.commit c on c.repository = r.id
                         where c.merged_at is not null
                           and left(c.sha, 7) = left(a.wanted, 7) and starts_with(c.sha, a.wanted)
                         order by a.n, c.merged_at
                        """.formatted(COMMITS)).params(columns(asked)).query(row -> {
            landed.computeIfAbsent(asked.get(row.getInt("n") - 1), unused -> new ArrayList<>())
                    .add(new Landed(
                            row.getString("name"),
                            row.getString("main_branch"),
                            row.getString("sha"),
                            Row.instant(row, "merged_at")));
        });
        return landed;
    }

    record Landed(String repository, String branch, String commit, Instant at) {}

    private Change change(ResultSet row) throws SQLException {
        return new Change(
                row.getObject("repository", UUID.class),
                row.getString("name"),
                row.getLong("number"),
                row.getString("title"),
                row.getString("state"),
                logins.read(row, "author"),
                row.getString("person"),
                row.getString("target"),
                row.getString("main_branch"),
                row.getString("head"),
                row.getString("merge_commit"),
                row.getString("url"),
                Row.instantOrNull(row, "merged_at"));
    }
}
