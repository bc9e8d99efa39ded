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

    /// The last note, with the lines of the witnesses that have seen it.
    Optional<String> lastWithWitnesses() {
        return note("select max(size) from ledger.checkpoint");
    }

    /// What to prove against: the last note that a witness has seen, where there are witnesses; else the last.
    Optional<String> toProve() {
        return note("""
                select coalesce((select max(size) from ledger.cosignature), (select max(size) from ledger.checkpoint))
                """);
    }

    private Optional<String> note(String size) {
        return jdbc.query("""
                        select note || coalesce((
                                   select string_agg(line, '' order by witness)
                                     from (select distinct on (witness) witness, line
                                             from ledger.cosignature
                                            where cosignature.size = checkpoint.size
                                            order by witness, cosigned_at desc) as lines), '')
                          from ledger.checkpoint
                         where size = (
                        """ + size + ")", (row, number) -> row.getString(1)).stream()
                .findFirst();
    }
}
