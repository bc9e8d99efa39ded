package dev.conduct.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.ledger.NewEvent;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/// Everything somebody can do who owns the database and switches its triggers off.
@ConductTest(properties = "test.alone=TamperingTest")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperingTest {

    private static final int EVENTS = 600;
    private static final Long THE_END = -1L;

    private final Ledger ledger;
    private final ContentOpener opener;
    private final TransactionTemplate transaction;
    private final LedgerFixture fixture;

    TamperingTest(Ledger ledger, ContentOpener opener, TransactionTemplate transaction, Environment environment) {
        this.ledger = ledger;
        this.opener = opener;
        this.transaction = transaction;
        this.fixture = new LedgerFixture(environment);
    }

    @BeforeAll
    void a_ledger_with_a_history() {
        for (var start = 0; start < EVENTS; start += 100) {
            var versions = IntStream.range(start, start + 100);
            List<NewEvent> events = versions.mapToObj(n -> LedgerFixture.event("item:APP-" + n % 7, n / 7))
                    .toList();
            transaction.executeWithoutResult(t -> ledger.appendAll(events));
        }
        LedgerFixture.until(() -> ledger.status().checkpointSize() >= EVENTS);
    }

    @Test
    void an_honest_ledger_holds() throws Exception {
        try (var connection = fixture.asOwner()) {
            var verdict = DatabaseVerifier.verify(
                    connection, fixture.verifierKey(), fixture.macKey(), fixture.checkpointFile());

            assertThat(verdict.entries()).isGreaterThanOrEqualTo(EVENTS);
            assertThat(verdict.unsigned()).isZero();
            assertThat(verdict.root()).isEqualTo(ledger.status().root());
            assertThat(verdict.checkpoints()).isPositive();
            assertThat(verdict.codes()).isTrue();
        }
    }

    static Stream<Arguments> attacks() {
        var changed = "update ledger.event set entry = convert_to(replace(convert_from(entry, 'UTF8'), 'triaged',"
                + " 'closed!'), 'UTF8') where row = (select row from ledger.leaf where index = 42)";
        var leafFollows = "update ledger.leaf set hash = sha256('\\x00'::bytea || event.entry) from ledger.event"
                + " where event.row = leaf.row and leaf.index = 42";
        var remove = "delete from ledger.event where row = (select row from ledger.leaf where index = 42)";
        var closeGap = "update ledger.leaf set index = -index where index > 42";
        var copied = "insert into ledger.event (id, occurred_at, recorded_at, actor, via, action, object,"
                + " object_version, outcome, clause, procedure, entry, mac) select gen_random_uuid(), occurred_at,"
                + " recorded_at, actor, via, action, object, object_version, outcome, clause, procedure, entry, mac"
                + " from ledger.event where row = (select row from ledger.leaf where index = 42)";
        return Stream.of(
                attack("changed: the entry", 42L, "was changed after it was recorded", changed),
                attack("changed: entry and leaf", 42L, "forged", changed, leafFollows),
                attack(
                        "changed: a column beside the entry",
                        42L,
                        "actor",
                        "update ledger.event set actor = 'person:somebody-else' where row ="
                                + " (select row from ledger.leaf where index = 42)"),
                attack(
                        "changed: the text beside the entry",
                        42L,
                        "other content in 'title'",
                        "update ledger.content set value = 'Nothing happened', key = null, sealed = null where event ="
                                + " (select row from ledger.leaf where index = 42)"),
                attack(
                        "changed: the encrypted text beside the entry",
                        42L,
                        "other content in 'title'",
                        "update ledger.content set sealed = set_byte(sealed, 20, 255 - get_byte(sealed, 20))"
                                + " where event = (select row from ledger.leaf where index = 42)"),
                attack(
                        "moved: the encrypted text of another entry",
                        42L,
                        "other content in 'title'",
                        "update ledger.content set sealed = (select sealed from ledger.content where event ="
                                + " (select row from ledger.leaf where index = 43)) where event ="
                                + " (select row from ledger.leaf where index = 42)"),
                attack(
                        "removed: the text beside the entry",
                        42L,
                        "no erasure was recorded",
                        "delete from ledger.content where event = (select row from ledger.leaf where index = 42)"),
                attack("removed: the event", 42L, "was removed", remove),
                attack(
                        "removed: event and leaf",
                        42L,
                        "was removed",
                        remove,
                        "delete from ledger.leaf where index = 42"),
                attack(
                        "removed: and the gap closed",
                        42L,
                        "tile",
                        remove,
                        "delete from ledger.leaf where index = 42",
                        closeGap,
                        "update ledger.leaf set index = -index - 1 where index < 0",
                        "update ledger.tree set size = size - 1"),
                attack("inserted: beside the tree", null, "neither sealed nor waiting", copied),
                attack(
                        "inserted: at the end of the tree",
                        THE_END,
                        "says id",
                        copied,
                        "insert into ledger.leaf (index, row, hash) select size, (select max(row) from ledger.event),"
                                + " (select hash from ledger.leaf where index = 42) from ledger.tree",
                        "update ledger.tree set size = size + 1"),
                attack(
                        "inserted: waiting to be sealed, with a code of its own making",
                        null,
                        "waits to be sealed",
                        copied,
                        "update ledger.event set mac = sha256('guess') where row = (select max(row) from ledger.event)",
                        "insert into ledger.pending select max(row) from ledger.event"),
                attack(
                        "reordered: two events",
                        42L,
                        "moved",
                        "update ledger.leaf set row = -row where index in (42, 77)",
                        "update ledger.leaf set row = (select -row from ledger.leaf where index = 77) where index = 42",
                        "update ledger.leaf set row = (select min(event.row) from ledger.event where not exists"
                                + " (select from ledger.leaf l where l.row = event.row)) where index = 77"),
                attack(
                        "reordered: two leaves",
                        42L,
                        "tile",
                        "update ledger.leaf set index = -1 - index where index in (42, 77)",
                        "update ledger.leaf set index = case index when -43 then 77 else 42 end where index < 0"),
                attack(
                        "reordered: two leaves of different objects",
                        42L,
                        "tile",
                        "update ledger.leaf set index = -1 - index where index in (42, 43)",
                        "update ledger.leaf set index = case index when -43 then 43 else 42 end where index < 0"),
                attack(
                        "truncated: the end",
                        590L,
                        "cut off",
                        "delete from ledger.event where row in (select row from ledger.leaf where index >= 590)",
                        "delete from ledger.leaf where index >= 590",
                        "update ledger.tree set size = 590"),
                attack(
                        "truncated: the end, and its checkpoints",
                        590L,
                        "in the file is signed over",
                        "delete from ledger.event where row in (select row from ledger.leaf where index >= 590)",
                        "delete from ledger.leaf where index >= 590",
                        "delete from ledger.checkpoint where size > 590",
                        "update ledger.tree set size = 590"),
                attack(
                        "a checkpoint rewritten",
                        null,
                        "says something else than its signed note",
                        "update ledger.checkpoint set root = sha256('x')"),
                attack(
                        "a signature rewritten",
                        null,
                        "no valid signature",
                        "update ledger.checkpoint set note = replace(note, E'\\n\\n', E'\\n\\n— other AAAA\\n')"
                                + " || '', root = root",
                        "update ledger.checkpoint set note = regexp_replace(note, '— conduct.*', '— conduct AAAA')"));
    }

    private static Arguments attack(String name, @Nullable Long entry, String words, String... statements) {
        return arguments(name, entry, words, List.of(statements));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void is_found_at_the_first_entry_it_touches(
            String name, @Nullable Long entry, String words, List<String> statements) throws Exception {
        try (var connection = fixture.asOwner()) {
            strike(connection, statements);

            var broken = catchThrowableOfType(Broken.class, () -> verify(connection, fixture.macKey()));

            assertThat(broken).as(name).isNotNull();
            assertThat(broken.says()).contains(words);
            assertThat(broken.entry())
                    .isEqualTo(
                            THE_END.equals(entry) ? Long.valueOf(ledger.status().size()) : entry);
            connection.rollback();
        }
    }

    @Test
    void a_change_is_found_without_the_key_of_the_codes_too() throws Exception {
        try (var connection = fixture.asOwner()) {
            strike(
                    connection,
                    List.of(
                            "update ledger.event set entry = convert_to(replace(convert_from(entry, 'UTF8'), 'triaged',"
                                    + " 'closed!'), 'UTF8') where row = (select row from ledger.leaf where index = 42)",
                            "update ledger.leaf set hash = sha256('\\x00'::bytea || event.entry) from ledger.event"
                                    + " where event.row = leaf.row and leaf.index = 42",
                            "delete from ledger.tile"));

            var broken = catchThrowableOfType(Broken.class, () -> verify(connection, null));

            assertThat(broken).isNotNull();
            assertThat(broken.entry()).isLessThanOrEqualTo(42L);
            connection.rollback();
        }
    }

    private Verdict verify(Connection connection, byte @Nullable [] mac) throws SQLException, IOException, Broken {
        return DatabaseVerifier.within(connection, fixture.verifierKey(), mac, fixture.checkpointFile(), opener);
    }

    private static void strike(Connection connection, List<String> statements) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var table : List.of("event", "content", "leaf", "tile", "checkpoint")) {
                statement.execute("alter table ledger." + table + " disable trigger user");
            }
            statement.execute("alter table ledger.leaf drop constraint leaf_index_check");
            statement.execute("alter table ledger.content drop constraint content_event_fkey");
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
