package dev.conduct.cli;

import dev.conduct.database.ExternalDatabase;
import dev.conduct.database.FolderDatabase;
import dev.conduct.database.RowsIn;
import dev.conduct.database.StartRefused;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.proof.PointInTime;
import dev.conduct.proof.RecoveryKey;
import dev.conduct.proof.Restore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./conduct restore`: a backup into an empty folder, and its ledger checked before anybody relies on it.
@Command(
        name = "restore",
        description = "Puts a backup into an empty data folder and verifies its ledger.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "FILE", description = "The backup.")
    private Path backup = Path.of("");

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The file with the secret half of the recovery key.")
    private Path key = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Goes on from the backup to this moment (2026-03-11T14:30:00Z), by the log beside it.")
    private @Nullable String to;

    @Option(
            names = "--log",
            paramLabel = "FOLDER",
            description = "Where that log lies (default: the folder of the backup).")
    private @Nullable Path log;

    @Option(
            names = "--embedded",
            description = "Puts the rows of an external database into an embedded one in the data folder.")
    private boolean embedded;

    @Override
    public Integer call() throws IOException {
        Logs.likeTheServers();
        var moment = moment();
        for (var file : List.of(backup, key)) {
            if (!Files.isRegularFile(file)) {
                throw new StartRefused("There is no file " + file + ".");
            }
        }
        var secret = secret();
        var restored = Restore.into(data.folder(), data.keys(), backup, secret, moment == null ? Instant.MAX : moment);
        tell("Restored " + restored.files() + " files, " + (restored.bytes() >> 20) + " MB, of the backup "
                + String.join(", ", restored.about()) + " into " + data.folder() + "."
                + (restored.kept().isEmpty()
                        ? ""
                        : " Kept what was there: " + String.join(", ", restored.kept()) + "."));
        if (!Files.exists(data.keys().resolve("ledger-mac.key"))) {
            tell("Put the key files back into " + data.keys() + " from your own copy before you start the server.");
        }
        external(restored);
        if (moment != null) {
            try {
                forward(secret, moment);
            } catch (StartRefused refused) {
                restored.undo(data.folder());
                throw refused;
            }
        }
        return Verify.run(
                List.of(
                        "--data",
                        data.folder().toString(),
                        "--keys",
                        data.keys().toString()),
                System.out,
                System.err,
                FolderDatabase::open);
    }

    /// The rows of an external database go into the one that is named now, or into an embedded one when that is asked.
    private void external(Restore restored) throws IOException {
        var external = embedded ? null : ExternalDatabase.ofEnvironment();
        var rows = RowsIn.restored(data.folder());
        try {
            if (embedded && !rows) {
                throw new StartRefused("This backup is of an embedded database. Leave --embedded out, and try again.");
            }
            if (!embedded && rows != (external != null)) {
                throw new StartRefused(
                        rows
                                ? "This backup is of an external database. Set CONDUCT_DB_URL to an empty one, or add"
                                        + " --embedded, and try again."
                                : "This backup is of an embedded database. Unset CONDUCT_DB_URL, and try again.");
            }
            if (rows && to != null) {
                throw new StartRefused(
                        "--to needs the log of an embedded database; this backup is of an external one.");
            }
            if (rows) {
                RowsIn.load(external, data.folder());
                tell(
                        external == null
                                ? "The rows are in an embedded database in " + data.folder() + "."
                                : "The rows are in the database of CONDUCT_DB_URL.");
            }
        } catch (SQLException failure) {
            restored.undo(data.folder());
            throw new StartRefused(
                    "The rows could not be put into the database: " + failure.getMessage() + ". It is empty again.",
                    failure);
        } catch (StartRefused refused) {
            restored.undo(data.folder());
            throw refused;
        }
    }

    private @Nullable Instant moment() {
        try {
            return to == null ? null : Instant.parse(to);
        } catch (DateTimeParseException unreadable) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--to reads a time with its zone, 2026-03-11T14:30:00Z, not '" + to + "'.");
        }
    }

    /// The database goes on by itself when it starts; until it is there nobody can ask it anything.
    private void forward(RecoveryKey secret, Instant moment) throws IOException {
        var folder = log != null
                ? log
                : Objects.requireNonNull(backup.toAbsolutePath().getParent());
        var segments = PointInTime.forward(data.folder(), folder, secret, moment);
        tell("Went on to " + moment + " by " + segments + " segments of the log.");
    }

    private RecoveryKey secret() throws IOException {
        try {
            return RecoveryKey.parse(Files.readString(key));
        } catch (IllegalArgumentException e) {
            throw new StartRefused("The secret half of a recovery key " + e.getMessage() + ": " + key, e);
        }
    }

    private void tell(String line) {
        var words = Objects.requireNonNull(spec).commandLine().getErr();
        words.println(line);
        words.flush();
    }
}
