package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;

/// The role the server works as. It owns nothing: what the ledger's tables withhold from it, it cannot take.
record AppRole(String name, String password) {

    private static final String WRONG_PASSWORD = "28P01";

    static AppRole of(Database database, DataFolder data, DatabaseSettings.App settings)
            throws SQLException, IOException {
        try (var connection = database.owner().dataSource().getConnection()) {
            requireVersion(connection);
            var name = settings.user() == null ? connection.getCatalog() + "_app" : settings.user();
            var role = new AppRole(name, settings.password() == null ? kept(data) : settings.password());
            if (!database.visited()) {
                role.prepare(connection, database.owner());
            }
            return role;
        }
    }

    Access access(Access owner) {
        return owner.as(name, password);
    }

    private static void requireVersion(Connection connection) throws SQLException {
        var major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < 15) {
            throw new StartRefused(
                    "Conduct needs PostgreSQL 15 or newer; CONDUCT_DB_URL leads to version " + major + ".");
        }
    }

    private void prepare(Connection connection, Access owner) throws SQLException {
        if (!exists(connection)) {
            execute(
                    connection,
                    "create role " + quoted(connection) + " login noinherit password " + secret(connection));
        } else if (!letsIn(owner)) {
            execute(connection, "alter role " + quoted(connection) + " login password " + secret(connection));
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private boolean letsIn(Access owner) throws SQLException {
        try (var connection = access(owner).dataSource().getConnection()) {
            return connection.isValid(5);
        } catch (SQLException failure) {
            if (WRONG_PASSWORD.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new StartRefused(
                    "The user of CONDUCT_DB_URL may not make the role " + name + " (" + failure.getSQLState()
                            + "). Make it yourself and set CONDUCT_DB_APP_USER and CONDUCT_DB_APP_PASSWORD.",
                    failure);
        }
    }

    private String quoted(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).escapeIdentifier(name);
    }

    private String secret(Connection connection) throws SQLException {
        return "'" + connection.unwrap(org.postgresql.PGConnection.class).escapeLiteral(password) + "'";
    }

    private static String kept(DataFolder data) throws IOException {
        var file = data.database().resolve("app.password");
        if (!Files.exists(file)) {
            PrivateFiles.write(file, EmbeddedPostgres.Passwords.random());
        }
        return Files.readString(file).strip();
    }
}
