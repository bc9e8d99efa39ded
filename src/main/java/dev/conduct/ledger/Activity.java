package dev.conduct.ledger;

import dev.conduct.kernel.Page;
import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Proofs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// The log as somebody looks things up in it: the newest first, by who, what, to what, how it ended and when; and
/// each entry with its proof. Who may see which is for the caller to say.
@Component
public class Activity {

    /// Rows are numbered as they are written, a moment after their time was taken, by servers whose clocks differ.
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final JdbcTemplate jdbc;
    private final EventReader reader;
    private final SignedNotes notes;
    private final LedgerKeys keys;
    private final Witnesses witnesses;

    Activity(JdbcTemplate jdbc, EventReader reader, SignedNotes notes, LedgerKeys keys, Witnesses witnesses) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.notes = notes;
        this.keys = keys;
        this.witnesses = witnesses;
    }

    /// @param cursor of an earlier page; null for the newest
    public Page<Event> newest(Wanted wanted, int most, @Nullable Long cursor) {
        var where = new StringBuilder("newest.row < ?");
        var parameters = new ArrayList<Object>();
        parameters.add(cursor == null ? Long.MAX_VALUE : cursor);
        if (wanted.actor() != null) {
            where.append(" and newest.actor = ?");
            parameters.add(wanted.actor());
        }
        if (wanted.action() != null) {
            where.append(
                    wanted.action().endsWith(".") ? " and starts_with(newest.action, ?)" : " and newest.action = ?");
            parameters.add(wanted.action());
        }
        if (wanted.object() != null) {
            where.append(" and newest.object = ?");
            parameters.add(wanted.object());
        }
        if (wanted.outcome() != null) {
            // Said twice, so that the small index of what did not succeed is used.
            where.append(" and newest.outcome = ?");
            where.append(wanted.outcome() == Outcome.SUCCESS ? "" : " and newest.outcome <> 'success'");
            parameters.add(wanted.outcome().word());
        }
        if (wanted.since() != null) {
            // Ids begin with the time: their index leads to the rows of a time without one of its own.
            where.append("""
                     and newest.recorded_at >= ?::timestamptz
                     and newest.row > coalesce((select row from ledger.event where id < ? order by id desc limit 1), 0)
                    """);
            parameters.add(wanted.since().toString());
            parameters.add(first(wanted.since().minus(SKEW)));
        }
        if (wanted.until() != null) {
            where.append("""
                     and newest.recorded_at < ?::timestamptz
                     and newest.row < coalesce((select row from ledger.event where id > ? order by id limit 1),
                                               9223372036854775807)
                    """);
            parameters.add(wanted.until().toString());
            parameters.add(first(wanted.until().plus(SKEW)));
        }
        var slice = reader.newest(where.toString(), parameters, most);
        return new Page<>(slice.events(), slice.last() == null ? null : String.valueOf(slice.last()));
    }

    /// The least id that could have been made then.
    private static UUID first(Instant at) {
        return new UUID(Math.max(0, at.toEpochMilli()) << 16, 0);
    }

    /// @param index in the tree
    public Optional<Event> event(long index) {
        return reader.at(index).stream().findFirst();
    }

    /// Empty until a checkpoint over the entry is signed, within seconds. Proved against what a witness has seen, where
    /// that holds the entry.
    public Optional<ProvenEntry> proven(Event event) {
        var index = event.entry();
        if (index == null) {
            return Optional.empty();
        }
        return notes.toProve()
                .map(this::opened)
                .filter(note -> note.checkpoint().size() > index)
                .or(() -> notes.lastWithWitnesses().map(this::opened))
                .filter(note -> note.checkpoint().size() > index)
                .map(note -> proven(event.row(), index, note));
    }

    private record Opened(String note, Checkpoint checkpoint) {}

    private Opened opened(String note) {
        return new Opened(note, Checkpoint.opened(note, keys.log().verifier()));
    }

    private ProvenEntry proven(long row, long index, Opened opened) {
        var checkpoint = opened.checkpoint();
        var bytes = Objects.requireNonNull(
                jdbc.queryForObject("select entry from ledger.event where row = ?", byte[].class, row));
        return new ProvenEntry(
                index,
                new String(bytes, StandardCharsets.UTF_8),
                hex(Merkle.leaf(bytes)),
                checkpoint.size(),
                hex(checkpoint.root()),
                Proofs.inclusion(index, checkpoint.size(), new Tiles(jdbc)).stream()
                        .map(Activity::hex)
                        .toList(),
                opened.note(),
                keys.log().verifier().toString());
    }

    /// Every action that was ever recorded, read off the index without reading the events.
    public List<String> actions() {
        return jdbc.query("""
                with recursive known as (
                    (select action from ledger.event order by action limit 1)
                    union all
                    select (select later.action from ledger.event later where later.action > known.action
                             order by later.action limit 1)
                      from known
                     where known.action is not null)
                select action from known where action is not null
                """, (row, number) -> row.getString(1));
    }

    /// @param before a size: only smaller ones; null for the newest
    public Page<SignedHead> heads(int most, @Nullable Long before) {
        var heads = jdbc.query(
                """
                select checkpoint.size, encode(checkpoint.root, 'hex') as root, checkpoint.published_at,
                       (select array_agg(distinct witness order by witness)
                          from ledger.cosignature where cosignature.size = checkpoint.size) as witnesses
                  from ledger.checkpoint
                 where checkpoint.size < ?
                 order by checkpoint.size desc
                 limit ?
                """,
                (row, number) -> {
                    var names = row.getArray("witnesses");
                    return new SignedHead(
                            row.getLong("size"),
                            row.getString("root"),
                            row.getTimestamp("published_at").toInstant(),
                            names == null ? List.of() : List.of((String[]) names.getArray()));
                },
                before == null ? Long.MAX_VALUE : before,
                most + 1);
        var shown = heads.subList(0, Math.min(most, heads.size()));
        return new Page<>(
                shown, heads.size() > most ? String.valueOf(shown.getLast().size()) : null);
    }

    /// The key that checkpoints are checked with.
    public String key() {
        return keys.log().verifier().toString();
    }

    /// The last signed note, with the lines of the witnesses that have seen it.
    public Optional<String> checkpoint() {
        return notes.lastWithWitnesses();
    }

    public List<WitnessSeen> witnesses() {
        return witnesses.seen();
    }

    /// When the first event was recorded, null while there is none.
    public @Nullable Instant began() {
        return jdbc
                .query(
                        "select recorded_at from ledger.event order by row limit 1",
                        (row, number) -> row.getTimestamp(1).toInstant())
                .stream()
                .findFirst()
                .orElse(null);
    }

    private static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
