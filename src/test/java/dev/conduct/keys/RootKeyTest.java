package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.database.TestCluster;
import dev.conduct.support.ConductTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/// The server does not start without the root key to what it holds, nor with another, nor with one that others can
/// read.
@ConductTest
class RootKeyTest {

    private final JdbcClient db;
    private final DataFolder serving;
    private final PlatformTransactionManager transactions;

    @TempDir
    private Path folder;

    RootKeyTest(JdbcClient db, DataFolder serving, PlatformTransactionManager transactions) {
        this.db = db;
        this.serving = serving;
        this.transactions = transactions;
    }

    @Test
    void a_missing_root_key_with_keys_in_the_database_refuses_the_start() {
        assertThatThrownBy(() -> RootFile.open(folder, true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("Put it back");
        assertThat(folder.resolve(RootFile.FILE)).doesNotExist();
    }

    @Test
    void another_root_key_refuses_the_start() throws Exception {
        var another = RootFile.open(folder, false);

        assertThatThrownBy(() -> keysets(another))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("wrapped by the root key")
                .hasMessageContaining("Put back the right one");
    }

    @Test
    void a_root_key_that_others_can_read_refuses_the_start() throws Exception {
        var file = folder.resolve(RootFile.FILE);
        Files.copy(serving.keys().resolve(RootFile.FILE), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> RootFile.open(folder, true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        keysets(RootFile.open(folder, true));
    }

    @Test
    void a_damaged_root_key_refuses_the_start() throws Exception {
        RootFile.write(folder.resolve("whole"), RootFile.fresh());
        var half = Files.readString(folder.resolve("whole")).substring(0, 30);
        dev.conduct.database.KeyFile.create(folder.resolve(RootFile.FILE), half);

        assertThatThrownBy(() -> RootFile.open(folder, true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("letters instead of 43");
    }

    @Test
    void a_passphrase_opens_what_it_sealed_and_another_does_not() throws Exception {
        var sealed = RootPassphrase.open(folder, "correct horse battery", false);

        assertThat(RootPassphrase.open(folder, "correct horse battery", true).id())
                .isEqualTo(sealed.id());
        assertThat(RootPassphrase.unsealed(folder, "correct horse batterz")).isEmpty();
        assertThatThrownBy(() -> RootPassphrase.open(folder, "correct horse batterz", true))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not open");
        assertThatThrownBy(() -> RootPassphrase.open(folder.resolve("other"), "short", false))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("at least 12");
    }

    @Test
    void a_missing_old_key_file_with_secrets_in_the_database_refuses_the_start() throws Exception {
        db.sql(
                        "insert into identity.signing_key (id, private_key, created_at, signs_from) values ('x', '', now(), now())")
                .update();
        try {
            assertThatThrownBy(() -> FormerKeyset.in(folder, db))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("is missing");
        } finally {
            db.sql("delete from identity.signing_key where id = 'x'").update();
        }
    }

    private Keysets keysets(RootKey root) throws Exception {
        return new Keysets(db, root, TestCluster.folder(folder), InstantSource.system(), transactions);
    }
}
