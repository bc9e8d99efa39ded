package dev.conduct.ledger;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// The signed checkpoints in the database.
@Component
class SignedNotes {

    private final JdbcTemplate jdbc;

    SignedNotes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> last() {
        return jdbc
                .query(
                        "select note from ledger.checkpoint order by size desc limit 1",
                        (row, number) -> row.getString(1))
                .stream()
                .findFirst();
    }

    List<String> upTo(long size) {
        return jdbc.query(
                "select note from ledger.checkpoint where size <= ? order by size",
                (row, number) -> row.getString(1),
                size);
    }
}
