package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Products;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Work that reached a main branch and names no item: changes, and commits that came by none. Merges themselves are
/// not listed, nor commits of a change, which speaks for them.
@Component
class Unkeyed {

    private static final Pattern CURSOR = Pattern.compile("(\\S{20,40}) ([0-9a-f]{1,64})");

    private final JdbcClient database;
    private final Logins logins;
    private final Products products;

    Unkeyed(JdbcClient database, Logins logins, Products products) {
        this.database = database;
        this.logins = logins;
        this.products = products;
    }

    /// @param mark the number of the change, or the commit
    record Work(
            String product,
            String repository,
            String kind,
            String mark,
            String title,
            String author,
            String url,
            Instant at) {}

    /// Newest first, of the products that the actor sees.
    ///
    /// @param product only this one, empty for all
    Page<Work> page(String product, @Nullable String cursor, Actor actor) {
        var seen = products.visible(actor).stream()
                .map(Products.Product::key)
                .filter(key -> product.isEmpty() || key.equals(product))
                .toArray(String[]::new);
        var after = after(cursor);
        var found = database.sql("""
                        select r.product, r.name, u.kind, u.mark, u.title, u.author, u.url, u.merged_at, %s
                          from source.repository r
                          cross join lateral (
                               (select 'commit' as kind, sha as mark, title, author, author_id, '' as url, merged_at
                                  from source.commit c
                                 where c.repository = r.id and merged_at is not null and not keyed and not merges
                                   and change is null
                                   and (:at::timestamptz is null or (merged_at, sha) < (:at::timestamptz, :mark))
                                 order by merged_at desc, sha desc limit :most)
                               union all
                               (select 'change', number::text, title, author, author_id, url, merged_at
                                  from source.change c
                                 where c.repository = r.id and merged_at is not null and not keyed
                                   and c.target = r.main_branch
                                   and (:at::timestamptz is null
                                        or (merged_at, number::text) < (:at::timestamptz, :mark))
                                 order by merged_at desc, number::text desc limit :most)) u
                          left join source.author w on w.id = u.author_id
                         where r.product = any(:products)
                         order by u.merged_at desc, u.mark desc
                         limit :most
                        """.formatted(Logins.COLUMNS))
                .param("products", seen)
                .param("at", after == null ? null : Row.at(after.at()))
                .param("mark", after == null ? "" : after.mark())
                .param("most", Page.USUAL + 1)
                .query(this::work)
                .list();
        var shown = found.subList(0, Math.min(Page.USUAL, found.size()));
        return new Page<>(List.copyOf(shown), found.size() > Page.USUAL ? written(shown.getLast()) : null);
    }

    private record Cursor(Instant at, String mark) {}

    private static String written(Work last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.at() + " " + last.mark()).getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Cursor after(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            var read = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
            if (read.matches()) {
                return new Cursor(Instant.parse(read.group(1)), read.group(2));
            }
        } catch (IllegalArgumentException | DateTimeException notOurs) {
            // said below
        }
        throw Problem.badInput("cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
    }

    private Work work(ResultSet row, int number) throws SQLException {
        return new Work(
                row.getString("product"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("mark"),
                row.getString("title"),
                logins.read(row, "author"),
                row.getString("url"),
                Row.instant(row, "merged_at"));
    }
}
