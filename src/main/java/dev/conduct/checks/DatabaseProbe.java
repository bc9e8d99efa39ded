package dev.conduct.checks;

import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Asks a PostgreSQL. Nothing a check does there stays: what only asks may not write, what writes is rolled back.
@Component
class DatabaseProbe implements Probe<Step.Database> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_ROWS = 1_000_000;

    /// How values are written, so that two servers, and this one started in another zone, write the same alike.
    private static final String WRITTEN = """
            set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set extra_float_digits = 1;
            set bytea_output = 'hex'; set lc_monetary = 'C'
            """;

    private final Outbound outbound;

    DatabaseProbe(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public String look(Step.Database step, Values values) throws Failed, IOException {
        try (var connection = connected(step, values)) {
            connection.setReadOnly(step.act() != Step.Act.ROLL_BACK);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(WRITTEN);
                statement.setFetchSize(500);
                statement.setMaxRows(MOST_ROWS + 1);
                statement.setQueryTimeout((int) Math.max(1, step.timeout().toSeconds()));
                return switch (step.act()) {
                    case CONNECT -> version(connection);
                    case ASK -> asked(step, statement, values);
                    case EXPLAIN -> explained(step, statement);
                    case ROLL_BACK -> rolledBack(step, connection, statement, values);
                };
            } finally {
                connection.rollback();
            }
        } catch (SQLException refused) {
            throw new Failed("The database says: "
                    + Objects.requireNonNullElse(refused.getMessage(), refused.getSQLState()) + ".");
        }
    }

    private Connection connected(Step.Database step, Values values) throws Failed, IOException, SQLException {
        URI address;
        try {
            address = URI.create(values.fill(step.address()));
        } catch (IllegalArgumentException notOne) {
            throw new Failed("That is not postgresql://host:port/name.");
        }
        if (address.getHost() == null || address.getUserInfo() != null) {
            throw new Failed("The address must be postgresql://host:port/name, without a password.");
        }
        values.meantFor(address.getHost());
        var at = outbound.checked(address.getHost()).getFirst();
        var seconds = String.valueOf(Math.max(1, step.timeout().toSeconds()));
        // Only what is set here: an address could name a class to load, or a file to read.
        var properties = new Properties();
        properties.setProperty("user", values.fill(step.user(), address.getHost()));
        properties.setProperty("password", values.fill(step.password(), address.getHost()));
        values.meantFor(address.getHost());
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("ApplicationName", "Conduct check");
        properties.setProperty("maxResultBuffer", "16M");
        if (step.act() != Step.Act.ROLL_BACK) {
            properties.setProperty("readOnlyMode", "always");
            properties.setProperty("options", "-c default_transaction_read_only=on");
        }
        var sslMode = sslMode(address.getHost(), address.getQuery());
        properties.setProperty("sslmode", sslMode);
        if (sslMode.startsWith("verify")) {
            // By the certificates this server trusts, instead of a file in the home of whoever runs it.
            properties.setProperty("sslfactory", org.postgresql.ssl.DefaultJavaSSLFactory.class.getName());
        }
        properties.setProperty("socketFactory", PinnedSockets.class.getName());
        properties.setProperty("socketFactoryArg", at.getHostAddress());
        var port = address.getPort() < 0 ? 5432 : address.getPort();
        var url = "jdbc:postgresql://" + address.getHost() + ":" + port + address.getRawPath();
        var connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new Failed("That is not postgresql://host:port/name.");
        }
        return connection;
    }

    /// Verified unless the text says otherwise, or it is this very computer.
    static String sslMode(String host, @Nullable String query) throws Failed {
        if (query == null || query.isEmpty()) {
            return HttpProbe.here(host) ? "prefer" : "verify-full";
        }
        if (!query.matches("sslmode=(disable|prefer|require|verify-ca|verify-full)")) {
            throw new Failed(
                    "After the name only sslmode=disable, prefer, require, verify-ca or verify-full may stand.");
        }
        return query.substring("sslmode=".length());
    }

    private static String version(Connection connection) throws SQLException {
        var data = connection.getMetaData();
        return "Connected to " + data.getDatabaseProductName() + " " + data.getDatabaseProductVersion() + ".";
    }

    private static String asked(Step.Database step, Statement statement, Values values) throws SQLException, Failed {
        var rows = 0L;
        String first = null;
        var checksum = new RowChecksum();
        if (statement.execute(step.sql())) {
            try (var result = statement.getResultSet()) {
                for (; result.next(); rows++) {
                    first = rows == 0 ? result.getString(1) : first;
                    checksum.add(result);
                }
            }
        }
        if (rows > MOST_ROWS) {
            throw new Failed("Gave more than " + MOST_ROWS + " rows. Ask for a count, or for a part of them.");
        }
        var found = checksum.end();
        compare(step, rows, first, values);
        if (step.checksum() != null && !values.fill(step.checksum()).equals(found)) {
            throw new Failed("Gave " + rows + " rows with the checksum " + found + ", expected "
                    + values.fill(step.checksum()) + ".");
        }
        for (var kept : step.keep().entrySet()) {
            values.keep(
                    kept.getKey(),
                    switch (kept.getValue()) {
                        case "rows" -> String.valueOf(rows);
                        case "checksum" -> found;
                        default -> first == null ? "" : first;
                    });
        }
        var summed = step.checksum() != null || step.keep().containsValue("checksum");
        return (rows == 1 && first != null ? "Says " + shown(first) : "Gave " + rows + " rows")
                + (summed ? ", checksum " + found + "." : ".");
    }

    private static String rolledBack(Step.Database step, Connection connection, Statement statement, Values values)
            throws SQLException, Failed {
        var rows = statement.execute(step.sql()) ? counted(statement) : Math.max(0, statement.getUpdateCount());
        compare(step, rows, null, values);
        connection.rollback();
        return "Wrote " + rows + " rows and took them back.";
    }

    /// `insert … returning`: what was written is read back.
    private static long counted(Statement statement) throws SQLException {
        var rows = 0L;
        try (var result = statement.getResultSet()) {
            for (; result.next(); ) {
                rows++;
            }
        }
        return rows;
    }

    private static String explained(Step.Database step, Statement statement) throws SQLException, Failed {
        try (var result = statement.executeQuery("explain (format json) " + step.sql())) {
            result.next();
            var cost =
                    JSON.readTree(result.getString(1)).at("/0/Plan/Total Cost").asDouble();
            var limit = step.cost();
            if (limit != null && cost > limit) {
                throw new Failed("The planner expects a cost of " + cost + ", more than " + limit + ".");
            }
            return "The planner expects a cost of " + cost + ".";
        }
    }

    private static void compare(Step.Database step, long rows, @Nullable String first, Values values) throws Failed {
        if (step.rows() != null && step.rows() != rows) {
            throw new Failed("Gave " + rows + " rows, expected " + step.rows() + ".");
        }
        var value = step.value() == null ? null : values.fill(step.value());
        if (value != null && !value.equals(first)) {
            throw new Failed("Says " + shown(first == null ? "nothing" : first) + ", expected " + value + ".");
        }
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
