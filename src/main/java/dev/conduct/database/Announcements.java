package dev.conduct.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Hears what any node announces (`pg_notify`), over one connection of its own. An announcement is a hint to look,
/// never the news itself: what was announced while the connection was away is lost, so everybody is told to look
/// when it is back.
@Component
class Announcements implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Duration LISTENS = Duration.ofMillis(500);
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);

    private final Database database;
    private final AppRole role;
    private final List<Hears> hearers;
    private final boolean listening;
    private final Semaphore ending = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    /// @param listening false for a command, which shows nobody anything and must leave no connection behind
    Announcements(
            Database database,
            AppRole role,
            List<Hears> hearers,
            @Value("${conduct.listening:true}") boolean listening) {
        this.database = database;
        this.role = role;
        this.hearers = hearers;
        this.listening = listening;
    }

    @Override
    public boolean isAutoStartup() {
        return listening && !hearers.isEmpty();
    }

    @Override
    public synchronized void start() {
        running = true;
        ending.drainPermits();
        thread = Thread.ofPlatform().name("announcements").daemon().start(this::run);
    }

    @Override
    public void stop() {
        Thread stopping;
        synchronized (this) {
            running = false;
            stopping = thread;
            thread = null;
        }
        ending.release();
        if (stopping != null) {
            try {
                stopping.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var connection = role.access(database.owner()).dataSource().getConnection()) {
                try (var statement = connection.createStatement()) {
                    for (var hearer : hearers) {
                        statement.execute("listen " + hearer.channel());
                    }
                }
                hearers.forEach(hearer -> tell(hearer, ""));
                listen(connection.unwrap(PGConnection.class));
            } catch (SQLException away) {
                if (running) {
                    log.warn("What other servers announce is not heard for a moment: {}", away.getMessage());
                }
            }
            rest();
        }
    }

    private void listen(PGConnection connection) throws SQLException {
        while (running) {
            for (var heard : connection.getNotifications((int) LISTENS.toMillis())) {
                for (var hearer : hearers) {
                    if (hearer.channel().equals(heard.getName())) {
                        tell(hearer, heard.getParameter());
                    }
                }
            }
        }
    }

    private static void tell(Hears hearer, String said) {
        try {
            hearer.heard(said);
        } catch (RuntimeException failure) {
            log.warn("What was announced on {} could not be dealt with", hearer.channel(), failure);
        }
    }

    private void rest() {
        try {
            var _ = running && ending.tryAcquire(BETWEEN_CONNECTIONS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
