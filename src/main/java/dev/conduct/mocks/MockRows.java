package dev.conduct.mocks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Mocks and their versions, as they are read. Whether somebody may see the product is asked before.
@Component
class MockRows {

    /// At most so many of a product.
    static final int MOST = 100;

    private static final int VERSIONS = 20;
    private static final String SELECT = """
            select m.id, m.product, m.name, m.external, m.external_name, m.version, m.token, m.retired, v.stubs,
                   m.changed_at, m.changed_by
              from mocks.mock m
              join mocks.version v on v.mock = m.id and v.version = m.version
            """;

    private final JdbcClient database;

    MockRows(JdbcClient database) {
        this.database = database;
    }

    /// By name; those retired last.
    List<Mock> of(String product) {
        return database.sql(SELECT + " where m.product = :product order by m.retired, m.name limit " + MOST)
                .param("product", product)
                .query(MockRows::mock)
                .list();
    }

    Optional<Mock> find(String product, String name) {
        return database.sql(SELECT + " where m.product = :product and m.name = :name")
                .param("product", product)
                .param("name", name)
                .query(MockRows::mock)
                .optional();
    }

    /// One that answers.
    Optional<Mock> byToken(String token) {
        return database.sql(SELECT + " where m.token = :token and not m.retired")
                .param("token", token)
                .query(MockRows::mock)
                .optional();
    }

    /// Those of the product with one of these in their address.
    List<Mock> byTokens(String product, Collection<String> tokens) {
        return tokens.isEmpty()
                ? List.of()
                : database.sql(SELECT + " where m.product = :product and m.token = any(:tokens) order by m.name")
                        .param("product", product)
                        .param("tokens", tokens.toArray(String[]::new))
                        .query(MockRows::mock)
                        .list();
    }

    Optional<String> content(UUID mock, int version) {
        return database.sql("select content from mocks.version where mock = :mock and version = :version")
                .param("mock", mock)
                .param("version", version)
                .query(String.class)
                .optional();
    }

    /// @param by an actor's id
    record Version(int version, int stubs, Instant at, String by) {}

    /// The last twenty, the newest first.
    List<Version> versions(UUID mock) {
        return database.sql("""
                        select version, stubs, written_at, written_by from mocks.version
                         where mock = :mock order by version desc limit :limit
                        """)
                .param("mock", mock)
                .param("limit", VERSIONS)
                .query((row, number) -> new Version(
                        row.getInt("version"),
                        row.getInt("stubs"),
                        moment(row, "written_at"),
                        row.getString("written_by")))
                .list();
    }

    static OffsetDateTime at(Instant moment) {
        return OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static Mock mock(ResultSet row, int number) throws SQLException {
        return new Mock(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("name"),
                row.getObject("external", UUID.class),
                row.getString("external_name"),
                row.getInt("version"),
                row.getString("token"),
                row.getBoolean("retired"),
                row.getInt("stubs"),
                moment(row, "changed_at"),
                row.getString("changed_by"));
    }
}
