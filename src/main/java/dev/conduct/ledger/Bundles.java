package dev.conduct.ledger;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.verify.Bundle;
import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.Proofs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Writes files that prove events to an outsider, who checks them without this server (see
/// [dev.conduct.ledger.verify.Bundle] for the form).
@Component
public class Bundles {

    private static final int FETCHED_AT_ONCE = 2_000;

    private final JdbcTemplate jdbc;
    private final JdbcTemplate streaming;
    private final SignedNotes notes;
    private final LedgerKeys keys;
    private final ContentKeys contentKeys;
    private final TransactionTemplate snapshot;

    Bundles(
            JdbcTemplate jdbc,
            SignedNotes notes,
            LedgerKeys keys,
            ContentKeys contentKeys,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        this.streaming.setFetchSize(FETCHED_AT_ONCE);
        this.notes = notes;
        this.keys = keys;
        this.contentKeys = contentKeys;
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// The events given, with their content, proved against the last checkpoint. Events after it are left out: they
    /// are under the next, within seconds.
    ///
    /// @throws Problem 409 while nothing was signed yet
    public void of(Collection<Event> events, OutputStream out) {
        of(events, event -> true, out);
    }

    /// @param withContent of which free text and personal values go along; the proofs hold without them
    /// @throws Problem 409 while nothing was signed yet
    public void of(Collection<Event> events, Predicate<Event> withContent, OutputStream out) {
        write(out, (bundle, checkpoint) -> {
            var tiles = new Tiles(jdbc);
            var rows = events.stream()
                    .filter(event -> event.entry() != null && event.entry() < checkpoint.size())
                    .sorted(Comparator.comparing(event -> Objects.requireNonNull(event.entry())))
                    .toList();
            bundle.beginEntries();
            for (var event : rows) {
                var index = Objects.requireNonNull(event.entry());
                var bytes =
                        jdbc.queryForObject("select entry from ledger.event where row = ?", byte[].class, event.row());
                bundle.entry(index, Objects.requireNonNull(bytes), Proofs.inclusion(index, checkpoint.size(), tiles));
            }
            var wanted = rows.stream().filter(withContent).map(Event::row).toArray(Long[]::new);
            if (wanted.length == 0) {
                return;
            }
            bundle.beginContent();
            content(
                    bundle,
                    " where leaf.row = any (?) and not starts_with(content.field, '" + Ledger.KEPT
                            + "') order by leaf.index, content.field",
                    new Object[] {wanted});
        });
    }

    /// The whole log up to its last checkpoint.
    ///
    /// @param withContent whether free text and personal values go along; the proofs hold without them
    /// @throws Problem 409 while nothing was signed yet
    public void whole(boolean withContent, OutputStream out) {
        write(out, (bundle, checkpoint) -> {
            bundle.checkpoints(notes.upTo(checkpoint.size()));
            bundle.beginEntries();
            streaming.query(
                    """
                    select leaf.index, event.entry from ledger.leaf join ledger.event on event.row = leaf.row
                     where leaf.index < ? order by leaf.index
                    """,
                    row -> {
                        try {
                            bundle.entry(row.getLong(1), row.getBytes(2));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    checkpoint.size());
            if (withContent) {
                bundle.beginContent();
                content(
                        bundle,
                        " where leaf.index < ? and not starts_with(content.field, '" + Ledger.KEPT
                                + "') order by leaf.index, content.field",
                        checkpoint.size());
            }
            tiles(bundle, checkpoint.size());
        });
    }

    @FunctionalInterface
    private interface Writing {
        void into(Bundle bundle, Checkpoint checkpoint) throws IOException;
    }

    private void write(OutputStream out, Writing writing) {
        snapshot.executeWithoutResult(transaction -> {
            jdbc.execute("set local statement_timeout = 0");
            var note = notes.toProve()
                    .orElseThrow(() ->
                            Problem.conflict("nothing_signed", "Nothing was signed yet. Try again in a few seconds."));
            var verifier = keys.log().verifier();
            try (var bundle = new Bundle(out, verifier, note)) {
                writing.into(bundle, Checkpoint.opened(note, verifier));
            } catch (IOException e) {
                throw new UncheckedIOException("the bundle could not be written", e);
            }
        });
    }

    private void content(Bundle bundle, String which, Object... arguments) {
        streaming.query(
                "select leaf.index, content.field, content.salt, content.value, content.key, content.sealed, event.id"
                        + " from ledger.content join ledger.leaf on leaf.row = content.event"
                        + " join ledger.event on event.row = content.event" + which,
                row -> {
                    try {
                        var field = row.getString(2);
                        var sealed = row.getBytes(6);
                        var value = sealed == null
                                ? row.getString(4)
                                : contentKeys.open(row.getLong(5), sealed, row.getObject(7, UUID.class), field);
                        if (value != null) {
                            bundle.content(row.getLong(1), field, row.getBytes(3), value);
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                arguments);
    }

    private void tiles(Bundle bundle, long size) throws IOException {
        for (var level = 0; size >> Tiles.LEVELS_PER_TILE * level > 0; level++) {
            var hashes = size >> Tiles.LEVELS_PER_TILE * level;
            for (var index = 0L; index * Tiles.WIDTH < hashes; index++) {
                var width = (int) Math.min(Tiles.WIDTH, hashes - index * Tiles.WIDTH);
                bundle.tile(level, index, new Tiles(jdbc).tile(level, index).subList(0, width));
            }
        }
    }
}
