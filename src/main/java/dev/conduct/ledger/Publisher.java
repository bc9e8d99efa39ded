package dev.conduct.ledger;

import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.CheckpointFile.Promise;
import dev.conduct.ledger.verify.Frontier;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Proofs;
import java.io.IOException;
import java.sql.Connection;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Signs what was sealed, and trusts no one for it: it reads the stored bytes again, works out the root itself, and
/// proves that the tree continues the one it signed before.
final class Publisher {

    private static final int READ_AT_ONCE = 2_000;

    private final JdbcTemplate jdbc;
    private final LedgerKeys keys;
    private final CheckpointStore store;
    private final InstantSource time;
    private final Frontier own;
    private Promise last;
    private long signed;

    /// Begins at the last promise, whose root the stored tree must have.
    ///
    /// @throws Broken when it has not
    Publisher(Connection connection, LedgerKeys keys, CheckpointStore store, InstantSource time) throws IOException {
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        this.keys = keys;
        this.store = store;
        this.time = time;
        this.last = store.last().orElse(new Promise(0, Merkle.empty()));
        requireContinued(jdbc, last);
        this.own = Frontier.of(last.size(), new Tiles(jdbc));
        this.signed = one(jdbc, "select coalesce(max(size), 0) from ledger.checkpoint");
    }

    /// @throws Broken when the stored tree does not begin with the one that was promised
    static void requireContinued(JdbcTemplate jdbc, Promise promise) {
        var size = one(jdbc, "select size from ledger.tree");
        var leaves = one(jdbc, "select coalesce(max(index) + 1, 0) from ledger.leaf");
        if (leaves < promise.size() || size < promise.size()) {
            throw new Broken("The database holds " + Math.min(size, leaves) + " sealed events, but a checkpoint over "
                    + promise.size() + " was signed: the end was cut off, or an older copy was restored.");
        }
        if (leaves != size) {
            throw new Broken(
                    "The ledger counts " + size + " sealed events, but its last index is " + (leaves - 1) + ".");
        }
        if (!Arrays.equals(new Tiles(jdbc).root(promise.size()), promise.root())) {
            throw new Broken("The first " + promise.size()
                    + " sealed events are not those over which a checkpoint was signed (root "
                    + HexFormat.of().formatHex(promise.root()) + ").");
        }
    }

    private static long one(JdbcTemplate jdbc, String sql) {
        return Optional.ofNullable(jdbc.queryForObject(sql, Long.class)).orElseThrow();
    }

    /// True when events were sealed since the last signature.
    boolean behind(long size) {
        return size > signed;
    }

    /// @throws Broken when the sealed events do not continue what was signed
    void publish(long size) throws IOException {
        while (own.size() < size) {
            readOn(Math.min(size, own.size() + READ_AT_ONCE));
        }
        var root = own.root();
        var tiles = new Tiles(jdbc);
        if (!Proofs.consistent(last.size(), last.root(), size, root, Proofs.consistency(last.size(), size, tiles))
                || !Arrays.equals(tiles.root(size), root)) {
            throw new Broken(
                    "The tree of " + size + " events does not continue the signed tree of " + last.size() + " events.");
        }
        if (size > last.size()) {
            store.promise(size, root);
            last = new Promise(size, root);
        }
        var note = new Checkpoint(keys.log().verifier().name(), size, root).signedBy(keys.log());
        store.keep(note);
        jdbc.update("""
                insert into ledger.checkpoint (size, root, note, published_at) values (?, ?, ?, ?::timestamptz)
                on conflict do nothing
                """, size, root, note, time.instant().toString());
        signed = size;
    }

    private void readOn(long end) {
        var start = own.size();
        var entries = jdbc.query("""
                select event.entry
                  from ledger.leaf
                  join ledger.event on event.row = leaf.row
                 where leaf.index >= ? and leaf.index < ?
                 order by leaf.index
                """, (row, number) -> row.getBytes(1), start, end);
        if (entries.size() != end - start) {
            throw new Broken(
                    "Of the sealed events " + start + " to " + (end - 1) + " only " + entries.size() + " are there.");
        }
        entries.forEach(entry -> own.append(Merkle.leaf(entry)));
    }

    /// What is stored does not continue what was signed.
    static final class Broken extends RuntimeException {

        Broken(String says) {
            super(says);
        }

        String says() {
            return String.valueOf(getMessage());
        }
    }
}
