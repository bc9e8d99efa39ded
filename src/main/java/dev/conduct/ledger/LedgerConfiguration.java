package dev.conduct.ledger;

import dev.conduct.database.DataFolder;
import dev.conduct.kernel.Ids;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/// Opens the ledger: its keys, its memory of what was signed, and whether the database still continues that.
@Configuration
class LedgerConfiguration {

    @Bean
    LedgerKeys ledgerKeys(
            DataFolder folder,
            JdbcTemplate jdbc,
            InstantSource time,
            @Value("${conduct.ledger.origin:}") String origin,
            @Value("${conduct.ledger.begins-anew:false}") boolean beginsAnew) {
        if (beginsAnew) {
            var interrupted = LedgerKeys.interrupted(folder.keys());
            if (interrupted.isPresent()) {
                return interrupted.get();
            }
        }
        var entries = jdbc.queryForObject("select exists (select from ledger.event)", Boolean.class);
        var name = origin.isBlank() ? "conduct/" + Ids.next(time.instant()) : origin;
        return LedgerKeys.open(folder.keys(), Boolean.TRUE.equals(entries), name);
    }

    @Bean
    CheckpointStore checkpointStore(DataFolder folder) {
        return new CheckpointStore(folder.checkpoints());
    }

    /// Checked before anything can be recorded.
    @Bean
    LedgerState ledgerState(CheckpointStore store, JdbcTemplate jdbc) throws IOException {
        var state = new LedgerState();
        // The file first: the database can only have grown since.
        var promise = store.last();
        try {
            if (promise.isPresent()) {
                Publisher.requireContinued(jdbc, promise.get());
            }
        } catch (Publisher.Broken e) {
            state.rolledBack(e.says());
        }
        return state;
    }
}
