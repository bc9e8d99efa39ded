package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine without user namespaces, as containers are. Skipped where the tests are not root.
class StartedAsRootTest {

    @TempDir
    private Path above;

    @Test
    void the_database_runs_as_an_ordinary_user_and_keeps_its_data_when_it_comes_back() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "the tests are not root");
        var folder = PrivateFiles.createFolder(above.resolve("data").resolve("database"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, Program.as("nobody"), List.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("runs as the user nobody, who cannot reach " + folder)
                .hasMessageContaining("--data");

        Files.setPosixFilePermissions(above, PosixFilePermissions.fromString("rwx--x--x"));
        try (var postgres = EmbeddedPostgres.start(folder, Program.as("nobody"), List.of())) {
            assertThat(new PostgresFiles(folder).running().orElseThrow().info().user())
                    .hasValue("nobody");
            execute(postgres, "create table kept as select 1 as number");
        }
        try (var postgres = EmbeddedPostgres.start(folder, List.of())) {
            assertThat(new PostgresFiles(folder).running().orElseThrow().info().user())
                    .hasValue("nobody");
            execute(postgres, "insert into kept select 2");
        }
        assertThat(Files.getPosixFilePermissions(new PostgresFiles(folder).ownerPassword()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws Exception {
        try (var connection = postgres.access().dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
