package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a small file system of its own. Skipped where tests may not mount one.
class FullDiskTest {

    private static final int LEFT_OVER = 4 << 20;

    @TempDir
    private Path disk;

    private boolean mounted;

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (mounted) {
            new ProcessBuilder("umount", "--lazy", disk.toString()).start().waitFor();
        }
    }

    @Test
    void the_database_comes_back_on_its_reserve_with_everything_acknowledged() throws Exception {
        mount("400m");
        try (var postgres = EmbeddedPostgres.start(disk, List.of())) {
            execute(postgres, "create table kept (number int primary key, words text)");
            fill("filler");

            var acknowledged = insertUntilRefused(postgres);

            assertThat(acknowledged).isPositive();
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(count(postgres)).isGreaterThanOrEqualTo(acknowledged));
            assertThat(disk.resolve("ballast")).doesNotExist();

            Files.delete(disk.resolve("filler"));
            execute(postgres, "insert into kept values (-1, 'after')");
        }
    }

    @Test
    void a_start_on_a_full_disk_says_what_to_do() throws Exception {
        mount("20m");

        assertThatThrownBy(() -> EmbeddedPostgres.start(disk, List.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("The disk that holds " + disk + " is full")
                .hasMessageContaining("Free at least 200 MB there");
    }

    /// Rows that PostgreSQL has confirmed before it failed. Each fills the log, which ends the server, more than the
    /// table, which would only refuse.
    private static int insertUntilRefused(EmbeddedPostgres postgres) throws IOException {
        var acknowledged = 0;
        try (var connection = postgres.access().dataSource().getConnection();
                var insert = connection.prepareStatement("""
                        with message as (select pg_logical_emit_message(true, 'test', repeat('x', 100000)) as place)
                        insert into kept select ?, place::text from message
                        """)) {
            while (acknowledged < 100_000) {
                insert.setInt(1, acknowledged);
                insert.executeUpdate();
                acknowledged++;
            }
        } catch (SQLException full) {
            return acknowledged;
        }
        throw new AssertionError("the disk never filled");
    }

    private static long count(EmbeddedPostgres postgres) throws SQLException, IOException {
        try (var connection = postgres.access().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from kept")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException, IOException {
        try (Connection connection = postgres.access().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void fill(String name) throws IOException {
        var chunk = ByteBuffer.allocate(64 * 1024);
        try (var channel =
                FileChannel.open(disk.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(disk).getUsableSpace() > LEFT_OVER) {
                channel.write(chunk.rewind());
            }
        }
    }

    private void mount(String size) throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux's tmpfs");
        mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "conduct-test", disk.toString())
                        .start()
                        .waitFor()
                == 0;
        assumeTrue(mounted, "may not mount a small file system here");
    }
}
