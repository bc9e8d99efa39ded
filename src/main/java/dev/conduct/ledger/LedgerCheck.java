package dev.conduct.ledger;

import dev.conduct.database.DataFolder;
import dev.conduct.ledger.verify.Broken;
import dev.conduct.ledger.verify.CheckpointFile;
import dev.conduct.ledger.verify.DatabaseVerifier;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks the whole ledger from within, as `./conduct verify` does from outside: in one snapshot, beside the work.
@Component
public class LedgerCheck {

    private final DataSource dataSource;
    private final DataFolder folder;
    private final LedgerKeys keys;
    private final ContentKeys contentKeys;

    LedgerCheck(DataSource dataSource, DataFolder folder, LedgerKeys keys, ContentKeys contentKeys) {
        this.dataSource = dataSource;
        this.folder = folder;
        this.keys = keys;
        this.contentKeys = contentKeys;
    }

    /// @param entries how many hold
    /// @param broken why the first that does not hold does not; null when all hold
    /// @param entry its index, when it is one entry
    public record Result(
            long entries, @Nullable String broken, @Nullable Long entry) {}

    public Result check() throws IOException, SQLException {
        var file = CheckpointFile.read(folder.checkpoints().resolve(CheckpointFile.NAME));
        try (var connection = dataSource.getConnection()) {
            var verdict = DatabaseVerifier.verify(connection, keys.log().verifier(), keys.mac(), file, contentKeys);
            return new Result(verdict.entries(), null, null);
        } catch (Broken e) {
            return new Result(e.entry() == null ? 0 : e.entry(), e.says(), e.entry());
        }
    }
}
