package dev.conduct.ledger;

import dev.conduct.kernel.Ids;
import dev.conduct.ledger.verify.Beginning;
import dev.conduct.ledger.verify.Frontier;
import dev.conduct.ledger.verify.Survivors;
import dev.conduct.ledger.verify.Survivors.Survivor;
import dev.conduct.ledger.verify.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Seals the events that are still there into a new tree, in the order in which they were sealed, after an entry that
/// says so; their bytes and codes stay as they are. What waits to be sealed goes on waiting. One transaction.
final class Resealing {

    private static final int AT_ONCE = 2_000;
    private static final List<String> REPLACED = List.of("cosignature", "checkpoint", "leaf", "tile");

    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final LedgerKeys keys;
    private final FormerLog former;
    private final InstantSource time;

    private final Frontier unbroken = new Frontier();
    private final List<Long> rows = new ArrayList<>();
    private boolean broken;
    private @Nullable String fitting;
    private long kept;
    private long setAside;
    private long missing;

    Resealing(Connection connection, LedgerKeys keys, FormerLog former, InstantSource time) {
        this.connection = connection;
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        this.keys = keys;
        this.former = former;
        this.time = time;
    }

    static String object(VerifierKey key) {
        return "ledger:" + key.name();
    }

    void reseal(String reason, String operator) throws SQLException {
        connection.setAutoCommit(false);
        try {
            jdbc.execute("lock table ledger.event, ledger.pending, ledger.leaf, ledger.tree in exclusive mode");
            jdbc.execute(
                    "create temporary table survivor (place bigint primary key, row bigint not null) on commit drop");
            var counted = Optional.ofNullable(jdbc.queryForObject("select size from ledger.tree", Long.class))
                    .orElseThrow();
            Survivors.read(connection, keys.mac(), this::take);
            flush();
            // Of those that this database counts; what was signed beyond them went with what was rolled back.
            missing = Math.max(0, counted - kept - setAside);
            var row = EventRows.insert(connection, entry(reason, operator), keys.mac());
            jdbc.update("delete from ledger.pending where row = ?", row);
            keepFormer(row);
            empty();
            fill(row);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private void take(Survivor survivor) {
        if (survivor.leaf() == null) {
            broken = true;
        } else if (survivor.says() != null) {
            broken = true;
            setAside++;
            jdbc.update(
                    "insert into ledger.quarantine (row, says, quarantined_at) values (?, ?, ?::timestamptz)"
                            + " on conflict do nothing",
                    survivor.row(),
                    "When the log began anew, entry " + survivor.index() + " of the log before " + survivor.says()
                            + ".",
                    time.instant().toString());
        } else {
            compare(survivor);
            rows.add(survivor.row());
            kept++;
            if (rows.size() == AT_ONCE) {
                flush();
            }
        }
    }

    private void compare(Survivor survivor) {
        broken |= survivor.index() != kept;
        if (broken) {
            return;
        }
        unbroken.append(java.util.Objects.requireNonNull(survivor.leaf()));
        var note = former.notes().get(unbroken.size());
        if (note != null) {
            broken = !Arrays.equals(note.checkpoint().root(), unbroken.root());
            fitting = broken ? fitting : note.text();
        }
    }

    private void flush() {
        jdbc.update(
                "insert into survivor (place, row) select ? + place, row"
                        + " from unnest(?::bigint[]) with ordinality as new (row, place)",
                kept - rows.size(),
                rows.toArray(Long[]::new));
        rows.clear();
    }

    private Entry entry(String reason, String operator) {
        var now = time.instant();
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("former_key", former.key().toString());
        data.put("former_size", former.last().size());
        data.put("former_root", HexFormat.of().formatHex(former.last().root()));
        data.put("former_note", former.lastNote());
        data.put("fits_note", fitting);
        data.put("kept", kept);
        data.put("set_aside", setAside);
        data.put("missing", missing);
        @SuppressWarnings("NullAway") // The ledger keeps null as a value.
        Map<String, Object> said = (Map<String, Object>) (Map<String, ?>) data;
        return Entry.of(
                new NewEvent(
                        now,
                        "system:operator",
                        "cli",
                        Beginning.ACTION,
                        object(keys.log().verifier()),
                        1,
                        Outcome.SUCCESS,
                        null,
                        null,
                        said,
                        Map.of(Beginning.REASON, reason, "operator", operator)),
                Ids.next(now),
                now);
    }

    private void keepFormer(long begun) {
        jdbc.update("""
                insert into ledger.former_checkpoint (begun, size, root, note, published_at)
                select ?, size, root, note, published_at from ledger.checkpoint
                """, begun);
        jdbc.update("""
                insert into ledger.former_cosignature (begun, size, witness, cosigned_at, line)
                select ?, size, witness, cosigned_at, line from ledger.cosignature
                """, begun);
    }

    private void empty() {
        for (var table : REPLACED) {
            jdbc.execute("alter table ledger." + table + " disable trigger user");
        }
        jdbc.execute("truncate ledger." + String.join(", ledger.", REPLACED));
        for (var table : REPLACED) {
            jdbc.execute("alter table ledger." + table + " enable trigger user");
        }
        jdbc.update("update ledger.tree set size = 0");
    }

    private void fill(long begun) throws SQLException {
        var sequencer = new Sequencer(connection, keys, time);
        sequencer.append(read("select row, entry, mac from ledger.event where row = ?", begun));
        for (var from = 0L; from < kept; from += AT_ONCE) {
            sequencer.append(read("""
                    select event.row, event.entry, event.mac
                      from survivor join ledger.event on event.row = survivor.row
                     where survivor.place > ? and survivor.place <= ?
                     order by survivor.place
                    """, from, from + AT_ONCE));
        }
    }

    private List<Sequencer.Pending> read(String sql, Object... parameters) {
        return jdbc.query(
                sql,
                (row, number) -> new Sequencer.Pending(row.getLong(1), row.getBytes(2), row.getBytes(3)),
                parameters);
    }
}
