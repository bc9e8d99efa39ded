package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.database.TestCluster;
import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From outside: a company whose database somebody else runs backs up while it works, loses both, and comes back in an
/// empty database, row by row.
class ExternalBackupTest {

    private static final String BACK = "conduct_back_" + ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @Test
    void what_was_backed_up_while_serving_stands_in_another_database_and_verifies() throws Exception {
        var here = environment(TestCluster.get().freshDatabase());
        var data = folder.resolve("data");
        var secret = folder.resolve("recovery.secret");
        var file = folder.resolve("one.conduct-backup");
        try (var server = ServerProcess.serving(data, here)) {
            assertThat(conduct(here, "client", "create", "kept", "--role", "developer", "--data", data)
                            .status())
                    .isZero();
            // What is sealed after the copy would differ below.
            Awaitility.await().until(() -> sealed(here));
            var made = conduct(here, "backup", file, "--new-key", secret, "--data", data);
            assertThat(made.status()).as(made.err()).isZero();
            server.stop();
        }
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("kept", "flyway");

        var there = another(here);
        var back = folder.resolve("back");
        try {
            // The keys come from the company's own copy; without its database named, nothing is put anywhere.
            var unnamed = conduct(Map.of(), "restore", file, "--key", secret, "--data", back);
            assertThat(unnamed.status()).isEqualTo(1);
            assertThat(unnamed.err()).contains("Set CONDUCT_DB_URL to an empty one");
            copyKeys(data, back);

            var restored = conduct(there, "restore", file, "--key", secret, "--data", back);

            assertThat(restored.status()).as(restored.err()).isZero();
            assertThat(restored.err()).contains("The rows are in the database", "All ");
            var before = digests(here);
            assertThat(before).containsKeys("ledger.event", "identity.actor", "keys.keyset");
            assertThat(digests(there)).containsExactlyInAnyOrderEntriesOf(before);
            // The drill's way: into an embedded database, for which nobody has to prepare anything.
            var scratch = folder.resolve("scratch");
            copyKeys(data, scratch);
            var embedded = conduct(Map.of(), "restore", file, "--key", secret, "--data", scratch, "--embedded");
            assertThat(embedded.status()).as(embedded.err()).isZero();
            assertThat(embedded.err()).contains("in an embedded database", "All ");
            assertThat(conduct(Map.of(), "rebuild", "--check", "--data", scratch)
                            .status())
                    .isZero();
            var again = conduct(there, "restore", file, "--key", secret, "--data", folder.resolve("again"));
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err()).contains("is not empty");

            try (var server = ServerProcess.serving(back, there)) {
                var more = conduct(there, "client", "create", "later", "--role", "developer", "--data", back);
                assertThat(more.status()).as(more.err()).isZero();
                assertThat(conduct(there, "verify", "--data", back).out()).contains("\"codes_checked\":true");
                server.stop();
            }
        } finally {
            try (var connection = connect(here);
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists " + BACK + " with (force)");
            }
        }
    }

    private static boolean sealed(Map<String, String> environment) throws SQLException {
        try (var connection = connect(environment);
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select not exists (select from ledger.pending) and (select size from ledger.tree)"
                                + " = (select max(size) from ledger.checkpoint)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void copyKeys(Path from, Path to) throws Exception {
        var keys = Files.createDirectories(to.resolve("keys"));
        try (var files = Files.list(from.resolve("keys"))) {
            for (var file : files.toList()) {
                Files.copy(file, keys.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Map<String, String> environment(Map<String, Object> settings) {
        var environment = new HashMap<String, String>();
        settings.forEach((name, value) -> {
            if (name.startsWith("conduct.db.")) {
                environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_'), value.toString());
            }
        });
        return environment;
    }

    /// An empty database of the same PostgreSQL.
    private static Map<String, String> another(Map<String, String> here) throws SQLException {
        var there = new HashMap<>(here);
        try (var connection = connect(here);
                var statement = connection.createStatement()) {
            statement.execute("create database " + BACK);
            there.computeIfPresent("CONDUCT_DB_URL", (name, url) -> {
                try {
                    return url.replace("/" + connection.getCatalog(), "/" + BACK);
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            });
        }
        assertThat(there.get("CONDUCT_DB_URL")).contains(BACK);
        return there;
    }

    /// Every row of every table, whatever the order.
    private static Map<String, String> digests(Map<String, String> environment) throws SQLException {
        var digests = new TreeMap<String, String>();
        try (var connection = connect(environment);
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("select format('%I.%I', schemaname, tablename) from pg_tables"
                    + " where schemaname not in ('pg_catalog', 'information_schema')"
                    + " and tablename <> 'flyway_schema_history'")) {
                while (row.next()) {
                    digests.put(row.getString(1), "");
                }
            }
            for (var table : digests.keySet()) {
                try (var row = statement.executeQuery("select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|'"
                        + " order by t::text)), '') from " + table + " t")) {
                    row.next();
                    digests.put(table, row.getString(1));
                }
            }
        }
        return digests;
    }

    private static Connection connect(Map<String, String> environment) throws SQLException {
        var properties = new Properties();
        for (var name : new String[] {"user", "password"}) {
            var value = environment.get("CONDUCT_DB_" + name.toUpperCase(Locale.ROOT));
            if (value != null) {
                properties.setProperty(name, value);
            }
        }
        return DriverManager.getConnection(environment.get("CONDUCT_DB_URL"), properties);
    }

    private static Cli conduct(Map<String, String> environment, Object... arguments) throws Exception {
        return Cli.run(
                environment,
                java.util.Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
