package dev.conduct.checks;

import dev.conduct.kernel.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The checks of products and their texts, as they are read. Whether somebody may see the product is asked before.
@Component
class CheckRows {

    /// At most so many of a product.
    static final int MOST = 500;

    private static final String SELECT = """
            select d.id, d.product, d.name, d.version, d.title, d.environment, extract(epoch from d.every) as every,
                   d.drill, d.retired, d.next_at, d.changed_at, d.changed_by, last.state, last.at
              from checks.definition d
              left join lateral (
                   select r.state, coalesce(r.ended_at, r.began_at, r.asked_at) as at
                     from checks.run r where r.definition = d.id order by r.id desc limit 1) last on true
            """;

    private final JdbcClient database;

    CheckRows(JdbcClient database) {
        this.database = database;
    }

    /// By name; those retired last.
    List<CheckNote> of(String product) {
        return database.sql(SELECT + " where d.product = :product order by d.retired, d.name limit " + MOST)
                .param("product", product)
                .query(CheckRows::note)
                .list();
    }

    Optional<CheckNote> find(String product, String name) {
        return database.sql(SELECT + " where d.product = :product and d.name = :name")
                .param("product", product)
                .param("name", name)
                .query(CheckRows::note)
                .optional();
    }

    Optional<CheckNote> find(UUID id) {
        return database.sql(SELECT + " where d.id = :id")
                .param("id", id)
                .query(CheckRows::note)
                .optional();
    }

    /// Which of these products have checks.
    Set<String> having(List<String> products) {
        return Set.copyOf(database.sql("""
                        select key from unnest(:products::text[]) wanted(key)
                         where exists (select from checks.definition d where d.product = wanted.key)
                        """)
                .param("products", products.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /// Whether a product of these has a check.
    boolean any(List<String> products) {
        return database.sql("select exists (select from checks.definition where product = any(:products))")
                .param("products", products.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    Optional<String> text(UUID definition, int version) {
        return database.sql("select text from checks.text where definition = :definition and version = :version")
                .param("definition", definition)
                .param("version", version)
                .query(String.class)
                .optional();
    }

    /// @param by an actor's id
    record Version(int version, Instant at, String by) {}

    /// The newest first, as pages of the version they end before.
    Page<Version> versions(UUID definition, @Nullable Integer before, int limit) {
        var found = database.sql("""
                        select version, written_at, written_by from checks.text
                         where definition = :definition and version < :before
                         order by version desc limit :limit
                        """)
                .param("definition", definition)
                .param("before", before == null ? Integer.MAX_VALUE : before)
                .param("limit", limit + 1)
                .query((row, number) ->
                        new Version(row.getInt("version"), moment(row, "written_at"), row.getString("written_by")))
                .list();
        return found.size() <= limit
                ? new Page<>(found, null)
                : new Page<>(
                        found.subList(0, limit),
                        String.valueOf(found.get(limit - 1).version()));
    }

    static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant momentOrNull(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static CheckNote note(ResultSet row, int number) throws SQLException {
        var every = row.getBigDecimal("every");
        return new CheckNote(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("name"),
                row.getInt("version"),
                row.getString("title"),
                row.getString("environment"),
                every == null ? null : Duration.ofSeconds(every.longValue()),
                row.getBoolean("drill"),
                row.getBoolean("retired"),
                momentOrNull(row, "next_at"),
                moment(row, "changed_at"),
                row.getString("changed_by"),
                row.getString("state"),
                momentOrNull(row, "at"));
    }
}
