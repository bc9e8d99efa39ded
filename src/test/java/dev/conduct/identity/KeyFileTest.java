package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.database.TestCluster;
import dev.conduct.support.ConductTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The server does not start without the key to what it holds, nor with one that others can read.
@ConductTest
class KeyFileTest {

    private final JdbcClient db;
    private final DataFolder serving;

    @TempDir
    private Path folder;

    KeyFileTest(JdbcClient db, DataFolder serving) {
        this.db = db;
        this.serving = serving;
    }

    @BeforeEach
    void something_is_encrypted() throws Exception {
        var person = UUID.randomUUID();
        db.sql(
                        "insert into identity.actor (id, kind, name, active, created_at) values (:id, 'person', 'K', false, now())")
                .param("id", person)
                .update();
        new Authenticators(db, new Secrets(serving, db), java.time.Clock.systemUTC()).enrolling(person);
    }

    @Test
    void a_missing_key_file_with_secrets_in_the_database_refuses_the_start() {
        assertThatThrownBy(() -> new Secrets(TestCluster.folder(folder), db))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("Put it back");
        assertThat(folder.resolve("keys").resolve(Secrets.FILE)).doesNotExist();
    }

    @Test
    void a_key_file_that_others_can_read_refuses_the_start() throws Exception {
        var file = TestCluster.folder(folder).keys().resolve(Secrets.FILE);
        Files.copy(serving.keys().resolve(Secrets.FILE), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new Secrets(TestCluster.folder(folder), db))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        new Secrets(TestCluster.folder(folder), db);
    }
}
