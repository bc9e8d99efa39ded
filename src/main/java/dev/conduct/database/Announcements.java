package dev.conduct.database;

import dev.conduct.kernel.Background;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Hears what any node announces (`pg_notify`), over one connection of its own. An announcement is a hint to look,
/// never the news itself: what was announced while the connection was away is lost, so everybody is told to look
/// when it is back.
@Component
class Announcements extends Background {

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Duration LISTENS = Duration.ofMillis(500);
    private static final Duration BETWEEN_CONNECTIONS = Duration.ofSeconds(1);

    private final Database database;
    private final AppRole role;
    private final List<Hears> hearers;

    /// @param listening false for a command, which shows nobody anything and must leave no connection behind
    Announcements(
            Database database,
            AppRole role,
            List<Hears> hearers,
            @Value("${conduct.listening:true}") boolean listening) {
        super("announcements", "hear what other servers announce", listening && !hearers.isEmpty());
        this.database = database;
        this.role = role;
        this.hearers = hearers;
    }

    @Override
    protected Duration round() {
        try (var connection = role.access(database.owner()).dataSource().getConnection()) {
            try (var statement = connection.createStatement()) {
                for (var hearer : hearers) {
                    statement.execute("listen " + hearer.channel());
                }
            }
            hearers.forEach(hearer -> tell(hearer, ""));
            listen(connection.unwrap(PGConnection.class));
        } catch (SQLException away) {
            if (isRunning()) {
                log.warn("What other servers announce is not heard for a moment: {}", away.getMessage());
            }
        }
        return BETWEEN_CONNECTIONS;
    }

    private void listen(PGConnection connection) throws SQLException {
        while (isRunning()) {
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
}
