package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.AesGcmJce;
import dev.conduct.support.ConductTest;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What a subject's key closed opens with it, at its place, unchanged, and never again once the key was destroyed.
@ConductTest
class SubjectsTest {

    private final Subjects subjects;
    private final TransactionTemplate transaction;
    private final JdbcClient db;
    private final Secrets secrets;
    private final Keysets keysets;
    private final InstantSource time;
    private final ApplicationEventPublisher events;

    SubjectsTest(
            Subjects subjects,
            TransactionTemplate transaction,
            JdbcClient db,
            Secrets secrets,
            Keysets keysets,
            InstantSource time,
            ApplicationEventPublisher events) {
        this.subjects = subjects;
        this.transaction = transaction;
        this.db = db;
        this.secrets = secrets;
        this.keysets = keysets;
        this.time = time;
        this.events = events;
    }

    @Test
    void every_text_comes_back_at_its_place_and_at_no_other() {
        var random = new Random(7);
        for (var i = 0; i < 300; i++) {
            var text = random.ints(random.nextInt(200), 1, 0xD7FF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            var closed = subjects.close("person:law-" + i % 7, text, "table|column|" + i);

            assertThat(subjects.open(closed.key(), closed.sealed(), "table|column|" + i))
                    .contains(text);
            var other = "table|column|" + (i + 1);
            assertThatThrownBy(() -> subjects.open(closed.key(), closed.sealed(), other))
                    .hasMessageContaining("changed or moved");
            closed.sealed()[random.nextInt(closed.sealed().length)] ^= 1;
            var place = "table|column|" + i;
            assertThatThrownBy(() -> subjects.open(closed.key(), closed.sealed(), place))
                    .hasMessageContaining("changed or moved");
        }
    }

    @Test
    void a_destroyed_key_opens_nothing_and_closes_nothing() {
        var closed = subjects.close("person:gone", "Ruth Lind", "here");
        var other = subjects.close("person:stays", "Tom Berg", "here");

        transaction.executeWithoutResult(open -> subjects.destroy("person:gone"));

        assertThat(subjects.open(closed.key(), closed.sealed(), "here")).isEmpty();
        assertThat(subjects.erased("person:gone")).isTrue();
        assertThat(subjects.open(other.key(), other.sealed(), "here")).contains("Tom Berg");
        assertThatThrownBy(() -> subjects.close("person:gone", "again", "here")).hasMessageContaining("erased");
    }

    @Test
    void a_look_that_failed_is_made_again_and_a_late_reader_brings_nothing_back() throws Exception {
        var subject = "person:late-" + UUID.randomUUID();
        var closed = subjects.close(subject, "Ruth Lind", "here");
        var fails = new AtomicBoolean(true);
        var node = node(sql -> {
            if (sql.startsWith("select id, name from keys.subject where erased_at") && fails.getAndSet(false)) {
                throw new QueryTimeoutException("the database is away");
            }
        });
        assertThat(node.open(closed.key(), closed.sealed(), "here")).contains("Ruth Lind");

        transaction.executeWithoutResult(open -> subjects.destroy(subject));

        assertThatThrownBy(node::refresh).isInstanceOf(QueryTimeoutException.class);
        node.refresh();
        assertThat(node.open(closed.key(), closed.sealed(), "here")).isEmpty();

        var known = new KnownKeys();
        var live = new KnownKeys.Key(1, subject, new AesGcmJce(new byte[32]));
        known.keep(live);
        known.keep(new KnownKeys.Key(1, subject, null));
        known.keep(live);
        assertThat(known.of(1)).extracting(KnownKeys.Key::aead).isNull();
        assertThat(known.of(subject)).extracting(KnownKeys.Key::aead).isNull();
    }

    @Test
    void many_keys_are_read_at_once_ahead_of_who_needs_them() {
        var closed = IntStream.range(0, 40)
                .mapToObj(i -> subjects.close("person:ahead-" + UUID.randomUUID(), "name " + i, "here"))
                .toList();
        var asked = new ArrayList<String>();
        var node = node(asked::add);

        node.ahead(closed.stream().map(Subjects.Closed::key).toList());

        for (var i = 0; i < closed.size(); i++) {
            assertThat(node.open(closed.get(i).key(), closed.get(i).sealed(), "here"))
                    .contains("name " + i);
        }
        assertThat(asked).hasSize(1);
        node.ahead(closed.stream().map(Subjects.Closed::key).toList());
        assertThat(asked).hasSize(1);
    }

    /// As another node, of which is known what it asks of the database.
    private Subjects node(Consumer<String> asks) {
        var listening = (JdbcClient) Proxy.newProxyInstance(
                JdbcClient.class.getClassLoader(), new Class<?>[] {JdbcClient.class}, (proxy, method, arguments) -> {
                    asks.accept((String) arguments[0]);
                    return method.invoke(db, arguments);
                });
        return new Subjects(
                listening,
                secrets,
                keysets,
                time,
                java.util.Objects.requireNonNull(transaction.getTransactionManager()),
                events);
    }

    @Test
    void a_key_made_in_a_transaction_that_rolls_back_stays() {
        var closed = transaction.execute(open -> {
            open.setRollbackOnly();
            return subjects.close("person:rolled", "kept", "here");
        });
        subjects.forget();

        assertThat(subjects.open(closed.key(), closed.sealed(), "here")).contains("kept");
    }
}
