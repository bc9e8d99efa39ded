package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.database.TestCluster;
import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// From outside: the database is an external one, its administrators put an older copy in its place, and the log begins
/// anew over that. The lock of the data folder says nothing of the servers there: the database itself does.
class BegunAnewOutsideTest {

    private static final String REASON = "The array failed; the copy of Sunday is all there is.";

    @TempDir
    private Path folder;

    @Test
    void a_log_in_an_external_database_begins_anew_when_no_server_is_connected() throws Exception {
        var data = folder.resolve("data");
        var database = TestCluster.get().freshDatabase();
        serve(data, database, "before");
        var older = TestCluster.get().copyOf(database);
        serve(data, database, "after");

        try (var server = ServerProcess.serving(data, environment(older))) {
            Awaitility.await().until(() -> server.errors().contains("LEDGER_ROLLBACK"));
            var elsewhere = anew(elsewhere(data), older);
            assertThat(elsewhere.status()).isEqualTo(1);
            assertThat(elsewhere.err())
                    .contains("A server is connected to this database. Stop every one that serves it first.");
            server.stop();
        }
        var begun = anew(data, older);
        assertThat(begun.status()).as(begun.err()).isZero();

        serve(data, older, "again");
        var verified = Cli.run(environment(older), "verify", "--data", data.toString());
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err()).contains("This log began anew at ").contains("reason: " + REASON);
        var began =
                JsonMapper.shared().readTree(verified.out()).get("began_anew").get(0);
        assertThat(began.get("kept").asLong())
                .isPositive()
                .isEqualTo(began.get("fits").asLong())
                .isLessThan(began.get("former_size").asLong());
    }

    /// A server starts, one act is recorded, and it ends, which seals and signs what is left.
    private static void serve(Path data, Map<String, Object> database, String client) throws Exception {
        try (var server = ServerProcess.serving(data, environment(database))) {
            var made = Cli.run(
                    environment(database), "client", "create", client, "--role", "auditor", "--data", data.toString());
            assertThat(made.status()).as(made.err()).isZero();
            assertThat(made.err()).as("words for people, not of the pool").doesNotContain("{");
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    private static Cli anew(Path data, Map<String, Object> database) throws Exception {
        return Cli.run(
                environment(database), "ledger", "begin-anew", "--data", data.toString(), "--reason", REASON, "--yes");
    }

    /// A second folder with the same keys and checkpoints, as a stand-by machine has it.
    private Path elsewhere(Path data) throws Exception {
        var to = folder.resolve("elsewhere");
        for (var part : new String[] {"keys", "checkpoints"}) {
            Files.createDirectories(to.resolve(part));
            try (var files = Files.list(data.resolve(part))) {
                for (var file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, to.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        return to;
    }

    /// `conduct.db.app.user` as `CONDUCT_DB_APP_USER`.
    private static Map<String, String> environment(Map<String, Object> database) {
        var environment = new HashMap<String, String>();
        database.forEach((name, value) -> {
            if (name.startsWith("conduct.db.")) {
                environment.put(name.replace('.', '_').toUpperCase(Locale.ROOT), value.toString());
            }
        });
        return environment;
    }
}
