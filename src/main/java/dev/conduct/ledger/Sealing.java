package dev.conduct.ledger;

import dev.conduct.kernel.Background;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// The thread that seals and signs. Of all servers on one database the one that holds the advisory lock does it. A
/// commit of this server wakes it; events of others it finds by looking twice a second.
@Component
class Sealing extends Background {

    // Every two seconds under load, when sealing what came and signing it take a third of a second of them.
    static final Duration BETWEEN_CHECKPOINTS = Duration.ofMillis(1_600);

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);
    static final long LOCK = 0x636f6e64756374L;
    private static final Duration LOOKS = Duration.ofMillis(500);
    private static final Duration BETWEEN_ELECTIONS = Duration.ofSeconds(1);
    // Commits that come together are sealed together: one fsync for many, and the writers keep the disk.
    private static final Duration GATHERS = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final LedgerKeys keys;
    private final CheckpointStore store;
    private final LedgerState state;
    private final InstantSource time;

    Sealing(DataSource dataSource, LedgerKeys keys, CheckpointStore store, LedgerState state, InstantSource time) {
        super("ledger-sealing", "seal", true);
        this.dataSource = dataSource;
        this.keys = keys;
        this.store = store;
        this.state = state;
        this.time = time;
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected Duration afterFailure() {
        return BETWEEN_ELECTIONS;
    }

    @Override
    protected Duration round() {
        try (var connection = dataSource.getConnection()) {
            if (state.rollback().isEmpty() && elected(connection)) {
                lead(connection);
            }
        } catch (SQLException | DataAccessException | IOException | Sequencer.Overtaken e) {
            if (isRunning()) {
                log.warn("Sealing was interrupted and begins again: {}", e.getMessage());
            }
        } catch (Publisher.Broken e) {
            state.rolledBack(e.says());
        }
        return BETWEEN_ELECTIONS;
    }

    private static boolean elected(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private void lead(Connection connection) throws SQLException, IOException {
        try {
            var publisher = new Publisher(connection, keys, store, time);
            var sequencer = new Sequencer(connection, keys, time);
            var due = System.nanoTime();
            while (isRunning()) {
                var sealed = sequencer.seal();
                if (publisher.behind(sequencer.size()) && (System.nanoTime() - due >= 0)) {
                    due = System.nanoTime() + BETWEEN_CHECKPOINTS.toNanos();
                    publisher.publish(sequencer.size());
                }
                if (sealed < Sequencer.MOST_AT_ONCE) {
                    if (sealed == 0) {
                        rest(LOOKS);
                    }
                    gather();
                }
            }
            finish(sequencer, publisher);
        } finally {
            resign(connection);
        }
    }

    /// A server that stops in order leaves nothing unsealed or unsigned.
    private static void finish(Sequencer sequencer, Publisher publisher) throws SQLException, IOException {
        while (sequencer.seal() == Sequencer.MOST_AT_ONCE) {
            continue;
        }
        if (publisher.behind(sequencer.size())) {
            publisher.publish(sequencer.size());
        }
    }

    private static void resign(Connection connection) {
        try (var statement = connection.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        } catch (SQLException e) {
            log.debug("The lock went with its connection: {}", e.getMessage());
        }
    }

    private void gather() {
        if (isRunning()) {
            LockSupport.parkNanos(GATHERS.toNanos());
        }
    }
}
