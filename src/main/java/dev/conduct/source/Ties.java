package dev.conduct.source;

import dev.conduct.work.Products;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Ties commits and changes to the items they name. An item may be made after what names it.
@Component
class Ties {

    private final JdbcClient database;
    private final Products products;

    Ties(JdbcClient database, Products products) {
        this.database = database;
        this.products = products;
    }

    Mentioned mentioned() {
        return new Mentioned(keys());
    }

    Set<String> keys() {
        return products.all().stream().map(Products.Product::key).collect(Collectors.toUnmodifiableSet());
    }

    /// @param kind `commit` or `change`
    void tie(UUID repository, String kind, String ref, Mentioned mentioned) {
        mentioned
                .places()
                .forEach((item, place) -> database.sql("""
                        insert into source.link (item, repository, kind, ref, found_in)
                        values (:item, :repository, :kind, :ref, :place)
                        on conflict do nothing
                        """)
                        .param("item", item)
                        .param("repository", repository)
                        .param("kind", kind)
                        .param("ref", ref)
                        .param("place", place)
                        .update());
    }

    /// Notes of commits whether an item that they name is there.
    void settleCommits(UUID repository, List<String> shas) {
        database.sql("""
                        update source.commit c set keyed = true
                         where c.repository = :repository and c.sha = any(:shas) and not c.keyed
                           and exists (select from source.link l join work.item i on i.key = l.item
                                        where l.repository = c.repository and l.kind = 'commit' and l.ref = c.sha)
                        """)
                .param("repository", repository)
                .param("shas", shas.toArray(String[]::new))
                .update();
    }

    /// Notes of a change whether an item is there that it names, or one of its commits.
    void settleChange(UUID repository, long number) {
        database.sql("""
                        update source.change c set keyed = true
                         where c.repository = :repository and c.number = :number and not c.keyed
                           and (exists (select from source.link l join work.item i on i.key = l.item
                                         where l.repository = c.repository and l.kind = 'change'
                                           and l.ref = c.number::text)
                                or exists (select from source.commit o
                                            where o.repository = c.repository and o.change = c.number and o.keyed))
                        """)
                .param("repository", repository)
                .param("number", number)
                .update();
    }

    /// Looks again at what was merged without a key: the item may be there by now.
    ///
    /// @return how much has one now
    int settleAgain() {
        var commits = database.sql("""
                        update source.commit c set keyed = true
                          from source.link l join work.item i on i.key = l.item
                         where c.merged_at is not null and not c.keyed and not c.merges and c.change is null
                           and l.repository = c.repository and l.kind = 'commit' and l.ref = c.sha
                        """).update();
        return commits + database.sql("""
                        update source.change c set keyed = true
                          from source.link l join work.item i on i.key = l.item
                         where c.merged_at is not null and not c.keyed
                           and l.repository = c.repository and l.kind = 'change' and l.ref = c.number::text
                        """).update() + database.sql("""
                        update source.change c set keyed = true
                         where c.merged_at is not null and not c.keyed
                           and exists (select from source.commit o
                                         join source.link l on l.repository = o.repository and l.kind = 'commit'
                                                           and l.ref = o.sha
                                         join work.item i on i.key = l.item
                                        where o.repository = c.repository and o.change = c.number)
                        """).update();
    }

    /// The items that a commit or a change names and that are there, for the ledger.
    List<String> items(UUID repository, String kind, String ref) {
        return List.copyOf(database.sql("""
                        select l.item from source.link l join work.item i on i.key = l.item
                         where l.repository = :repository and l.kind = :kind and l.ref = :ref
                         order by l.item
                        """)
                .param("repository", repository)
                .param("kind", kind)
                .param("ref", ref)
                .query(String.class)
                .list());
    }
}
