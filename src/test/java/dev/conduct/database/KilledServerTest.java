package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    @Test
    void nothing_acknowledged_is_lost_however_it_is_killed() throws Exception {
        try (var server = ServerProcess.serving(data)) {
            execute("create table public.acknowledged (number int primary key)");
            insert(1, 200);

            var first = postgres();
            first.destroyForcibly();

            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(count()).isEqualTo(200));
            insert(201, 400);
            server.kill();
        }
        var abandoned = postgres();
        assertThat(verified().status()).isZero();
        assertThat(PostgresFiles.isPostgres(abandoned)).isFalse();

        try (var server = ServerProcess.serving(data)) {
            assertThat(count()).isEqualTo(400);
            var served = verified();
            assertThat(served.status()).as(served.err()).isZero();

            refusesASecond(server);

            var successor = postgres();
            server.stop();
            assertThat(PostgresFiles.isPostgres(successor)).isFalse();
        }
        assertThat(verified().out()).contains("\"codes_checked\":true").contains("\"unsigned\":0");
        assertThat(files().running()).isEmpty();
    }

    @Test
    void serves_on_when_somebody_took_the_port_of_the_database_that_died() throws Exception {
        try (var server = ServerProcess.serving(data);
                var http = HttpClient.newHttpClient()) {
            var ready = HttpRequest.newBuilder(URI.create(server.address() + "/health/ready"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            var before = files().rememberedPort().orElseThrow();

            postgres().destroyForcibly();
            try (var taken = take(before)) {
                assertThat(taken.isBound()).isTrue();
                await().atMost(PATIENCE)
                        .until(() -> !files().rememberedPort().orElseThrow().equals(before));
                await().atMost(PATIENCE)
                        .ignoreExceptionsInstanceOf(IOException.class)
                        .untilAsserted(() -> {
                            var answer = http.send(ready, BodyHandlers.ofString());
                            assertThat(answer.statusCode())
                                    .as(answer.body() + server.errors())
                                    .isEqualTo(200);
                        });
            }
            server.stop();
        }
    }

    private static ServerSocket take(int port) throws IOException {
        for (var end = System.nanoTime() + PATIENCE.toNanos(); ; ) {
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (BindException stillThere) {
                if (System.nanoTime() > end) {
                    throw stillThere;
                }
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_folder_without_a_database_has_nothing_to_verify() throws Exception {
        var refused = verified();

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("ledger-log.pub is not there");
    }

    private Cli verified() throws IOException, InterruptedException {
        return Cli.run("verify", "--data", data.toString());
    }

    private void refusesASecond(ServerProcess first) throws IOException, InterruptedException {
        try (var second = ServerProcess.begin(data)) {
            assertThat(second.status()).isEqualTo(1);
            assertThat(second.errors().strip())
                    .endsWith("The data folder " + data + " is in use by process " + first.pid()
                            + ". Stop that one first, or choose another folder with --data.");
        }
    }

    private void insert(int from, int to) throws SQLException, IOException {
        try (var connection = files().access().dataSource().getConnection();
                var insert = connection.prepareStatement("insert into public.acknowledged values (?)")) {
            for (var number = from; number <= to; number++) {
                insert.setInt(1, number);
                insert.executeUpdate();
            }
        }
    }

    private void execute(String sql) throws SQLException, IOException {
        try (var connection = files().access().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count() throws SQLException, IOException {
        try (var connection = files().access().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from public.acknowledged")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private ProcessHandle postgres() throws IOException {
        return files().running().orElseThrow();
    }

    private PostgresFiles files() {
        return new PostgresFiles(data.resolve("database"));
    }
}
