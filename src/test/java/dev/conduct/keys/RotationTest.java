package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// A new key takes over everything while the server works, through crashes, and the old one is destroyed at the end.
@ConductTest(properties = {"test.alone=RotationTest", "conduct.scheduling=false"})
class RotationTest {

    private static final int ROWS = 450;

    private final JdbcClient db;
    private final Secrets secrets;
    private final Keysets keysets;
    private final Subjects subjects;
    private final List<SealedStore> stores;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Rotations rotations;
    private final KeyStatus status;
    private final Ledger ledger;

    RotationTest(
            JdbcClient db,
            Secrets secrets,
            Keysets keysets,
            Subjects subjects,
            List<SealedStore> stores,
            InstantSource time,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Rotations rotations,
            KeyStatus status,
            Ledger ledger) {
        this.db = db;
        this.secrets = secrets;
        this.keysets = keysets;
        this.subjects = subjects;
        this.stores = stores;
        this.time = time;
        this.transaction = transaction;
        this.events = events;
        this.rotations = rotations;
        this.status = status;
        this.ledger = ledger;
    }

    @Test
    void a_rotation_survives_a_crash_and_leaves_nothing_under_the_old_key() {
        for (var i = 0; i < ROWS; i++) {
            keep("key " + i, "answer " + i);
        }
        var old = keysets.of(Purpose.SECRETS).primary();

        var rotation = rotations.begin(Purpose.SECRETS, "system:test", "cli");
        var now = rotation.startedAt();
        assertThat(rotations.step(now)).isEqualTo(now);
        assertThat(rotations.find(rotation.id()).done()).isEqualTo(Rotations.BATCH);
        assertThatThrownBy(() -> rotations.begin(Purpose.SECRETS, "system:test", "cli"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("under way");

        // The server is gone; another goes on, and somebody writes meanwhile.
        var restarted = new Rotations(db, keysets, stores, time, transaction, events);
        keep("meanwhile", "answer meanwhile");
        steps(restarted, now);

        assertThat(rotations.find(rotation.id()).finishedAt()).isNull();
        assertThat(restarted.step(now.plus(Rotations.KNOWN_EVERYWHERE))).isNull();
        assertThat(rotations.find(rotation.id()).finishedAt()).isNotNull();
        assertThat(rotations.find(rotation.id()).done()).isEqualTo(ROWS);
        assertThat(keysets.of(Purpose.SECRETS).ids()).containsExactly(rotation.key());
        assertThat(rotations.rows(Purpose.SECRETS)).containsOnlyKeys(rotation.key());
        for (var i = 0; i < ROWS; i++) {
            assertThat(kept("key " + i)).isEqualTo("answer " + i);
        }
        assertThat(kept("meanwhile")).isEqualTo("answer meanwhile");
        var keys = status.now().purposes().get(Purpose.SECRETS.ordinal()).keys();
        assertThat(keys).extracting(KeyStatus.Key::state).containsExactlyInAnyOrder("writes", "destroyed");
        assertThat(keys)
                .filteredOn(key -> key.id().equals(Rotations.hex(old)))
                .allSatisfy(key -> assertThat(key.rows()).isZero());
        assertThat(ledger.eventsOf("keys:secrets"))
                .extracting(event -> event.action())
                .containsExactly("keys.begin", "keys.finish", "keys.destroy");
    }

    @Test
    void keys_of_subjects_are_wrapped_anew_and_open_what_they_closed() {
        var closed = subjects.close("person:rotated", "Ruth Lind", "a place");

        var rotation = rotations.begin(Purpose.SUBJECTS, "system:test", "cli");
        steps(rotations, rotation.startedAt());
        rotations.step(rotation.startedAt().plus(Rotations.KNOWN_EVERYWHERE));
        subjects.forget();

        assertThat(keysets.of(Purpose.SUBJECTS).ids()).containsExactly(rotation.key());
        assertThat(subjects.open(closed.key(), closed.sealed(), "a place")).contains("Ruth Lind");
    }

    @Test
    void a_look_up_code_is_found_under_the_old_and_the_new_key() throws Exception {
        var index = new BlindIndex(keysets);
        var before = index.of("identity.actor|email", "Ruth@Example.org ");

        transaction.executeWithoutResult(open -> {
            try {
                keysets.add(Purpose.INDEXES);
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(index.all("identity.actor|email", "ruth@example.org"))
                .hasSize(2)
                .contains(before);
        assertThat(index.of("identity.actor|email", "ruth@example.org")).isNotEqualTo(before);
        assertThat(index.all("identity.actor|name", "ruth@example.org")).doesNotContain(before);
    }

    private static void steps(Rotations rotations, Instant now) {
        for (var next = rotations.step(now); now.equals(next); next = rotations.step(now)) {
            assertThat(next).isEqualTo(now);
        }
    }

    private void keep(String key, String answer) {
        db.sql("""
                insert into repeats.answer (actor, key, request_hash, status, body, given_at)
                values ('person:test', :key, 'hash', 200, :body, now())
                """)
                .param("key", key)
                .param("body", secrets.seal(answer, "repeats.answer", "body", "person:test " + key))
                .update();
    }

    private String kept(String key) {
        return db.sql("select body from repeats.answer where actor = 'person:test' and key = :key")
                .param("key", key)
                .query((row, number) ->
                        secrets.open(row.getBytes("body"), "repeats.answer", "body", "person:test " + key))
                .single();
    }
}
