package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.database.TestCluster;
import dev.conduct.kernel.Outbound;
import dev.conduct.support.ConductTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Whatever move the root key makes, in the same place or to another, everything still opens, and no copy of the old
/// key opens anything.
@ConductTest(properties = {"test.alone=RootKeys", "conduct.outbound.allow=127.0.0.1", "conduct.scheduling=false"})
class RootMoveTest {

    private static final String FIRST = "correct horse battery";
    private static final String SECOND = "another horse entirely";

    private final JdbcClient db;
    private final DataFolder serving;
    private final Secrets secrets;
    private final Outbound outbound;
    private final ApplicationEventPublisher events;
    private final PlatformTransactionManager transactions;

    @TempDir
    private Path copies;

    RootMoveTest(
            JdbcClient db,
            DataFolder serving,
            Secrets secrets,
            Outbound outbound,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.db = db;
        this.serving = serving;
        this.secrets = secrets;
        this.outbound = outbound;
        this.events = events;
        this.transactions = transactions;
    }

    @Test
    void every_move_makes_a_new_key_and_the_copies_of_the_old_ones_open_nothing() throws Exception {
        var sealed = secrets.seal("a credential", "test.table", "column", "row");
        var file = serving.keys().resolve(RootFile.FILE);
        var cover = serving.keys().resolve(RootPassphrase.FILE);

        var zero = copied(file, "zero");
        move(RootFile.open(serving.keys(), true), "file", null);
        assertThat(opened(RootFile.open(serving.keys(), true), sealed)).isEqualTo("a credential");
        refused(RootFile.open(zero, true));

        var one = copied(file, "one");
        move(RootFile.open(serving.keys(), true), "passphrase", FIRST);
        assertThat(file).doesNotExist();
        assertThat(opened(RootPassphrase.open(serving.keys(), FIRST, true), sealed))
                .isEqualTo("a credential");
        refused(RootFile.open(one, true));

        var two = copied(cover, "two");
        move(RootPassphrase.open(serving.keys(), FIRST, true), "passphrase", SECOND);
        assertThat(opened(RootPassphrase.open(serving.keys(), SECOND, true), sealed))
                .isEqualTo("a credential");
        assertThat(RootPassphrase.unsealed(serving.keys(), FIRST)).isEmpty();
        refused(RootPassphrase.open(two, FIRST, true));

        // A key that lies there from before is never taken into use.
        Files.copy(zero.resolve(RootFile.FILE), file);
        assertThatThrownBy(() -> move(RootPassphrase.open(serving.keys(), SECOND, true), "file", null))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("Move it away");
        Files.delete(file);
        move(RootPassphrase.open(serving.keys(), SECOND, true), "file", null);
        assertThat(cover).doesNotExist();
        assertThat(opened(RootFile.open(serving.keys(), true), sealed)).isEqualTo("a credential");
    }

    @Test
    void from_a_key_service_to_a_key_of_another_name_or_another_service() throws Exception {
        var sealed = secrets.seal("a credential", "test.table", "column", "row");
        var one = KeyService.with("first", "second");
        var other = KeyService.with("first");
        try {
            var first = service(one, "first", new KeySettings.Next(null, null, null, null, null));
            var fromFile = new KeySettings(
                    "file",
                    null,
                    null,
                    first.pkcs11(),
                    first.http(),
                    new KeySettings.Next(null, null, null, null, null));
            mover(RootFile.open(serving.keys(), true), fromFile).to("http", null);
            var root = RootService.open(first.http(), outbound);
            assertThat(opened(root, sealed)).isEqualTo("a credential");

            assertThatThrownBy(() -> mover(root, first).to("http", null))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("CONDUCT_ROOT_NEXT_KEY");
            var named = service(one, "first", new KeySettings.Next("second", null, null, null, null));
            assertThat(mover(root, named).to("http", null)).contains("key second");
            var second = RootService.open(named.moved().http(), outbound);
            assertThat(opened(second, sealed)).isEqualTo("a credential");
            refused(root);

            var elsewhere =
                    service(one, "second", new KeySettings.Next("first", KeyService.url(other), null, null, null));
            mover(second, elsewhere).to("http", null);
            var third = RootService.open(elsewhere.moved().http(), outbound);
            assertThat(opened(third, sealed)).isEqualTo("a credential");
            refused(second);
            mover(third, elsewhere.moved()).to("file", null);
        } finally {
            one.stop(0);
            other.stop(0);
        }
    }

    private static KeySettings service(HttpServer server, String key, KeySettings.Next next) {
        return new KeySettings(
                "http",
                null,
                null,
                new KeySettings.Pkcs11(null, null, "none"),
                new KeySettings.Http(KeyService.url(server), key, KeyService.TOKEN),
                next);
    }

    private RootMove mover(RootKey from, KeySettings settings) throws Exception {
        return new RootMove(keysets(from), settings, serving, outbound, new TransactionTemplate(transactions), events);
    }

    @Test
    void stopped_before_the_new_file_is_in_place_the_next_start_puts_it_there() throws Exception {
        var file = serving.keys().resolve(RootFile.FILE);
        var old = copied(file, "old");
        move(RootFile.open(serving.keys(), true), "file", null);
        // As it lay there when the process was killed.
        Files.move(file, RootMove.next(file));
        Files.copy(old.resolve(RootFile.FILE), file);

        var settings = settings("file");
        var root = new KeysConfiguration().rootKey(settings, serving, db, outbound);

        keysets(root);
        assertThat(RootMove.next(file)).doesNotExist();
        refused(RootFile.open(old, true));
    }

    private void move(RootKey from, String provider, @Nullable String passphrase) throws Exception {
        mover(from, settings(from.provider())).to(provider, passphrase);
    }

    private static KeySettings settings(String provider) {
        return new KeySettings(
                provider,
                null,
                null,
                new KeySettings.Pkcs11(null, null, "none"),
                new KeySettings.Http(null, "none", null),
                new KeySettings.Next(null, null, null, null, null));
    }

    private Path copied(Path file, String name) throws Exception {
        var folder = Files.createDirectories(copies.resolve(name));
        Files.copy(file, folder.resolve(file.getFileName()));
        return folder;
    }

    private String opened(RootKey root, byte[] sealed) throws Exception {
        return new Secrets(keysets(root)).open(sealed, "test.table", "column", "row");
    }

    /// By the name of the key, and by the key itself when the name is forged.
    private void refused(RootKey old) {
        assertThatThrownBy(() -> keysets(old)).isInstanceOf(StartRefused.class).hasMessageContaining("wrapped by");
        var named = db.sql("select distinct root from keys.keyset")
                .query(String.class)
                .single();
        var provider = named.substring(0, named.indexOf(':'));
        var forged = new RootKey(provider, named.substring(provider.length() + 1), old.where(), old.aead());
        assertThatThrownBy(() -> keysets(forged))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("does not open");
    }

    private Keysets keysets(RootKey root) throws Exception {
        return new Keysets(db, root, TestCluster.folder(copies), InstantSource.system(), transactions);
    }
}
