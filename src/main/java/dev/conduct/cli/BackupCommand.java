package dev.conduct.cli;

import dev.conduct.database.ExternalDatabase;
import dev.conduct.database.FolderDatabase;
import dev.conduct.database.StartRefused;
import dev.conduct.proof.Backup;
import dev.conduct.proof.RecoveryKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
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
import tools.jackson.databind.json.JsonMapper;

/// `./conduct backup`: the whole state in one file, while serving or not.
@Command(
        name = "backup",
        description =
                "Copies database, checkpoints and attachments into one file, while serving or not, encrypted to the"
                        + " recovery key. Keys are not in it.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    static final String PUBLIC = "recovery.pub";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to write, or a folder in which it is named by its time.")
    private @Nullable Path to;

    @Option(
            names = "--recovery-key",
            paramLabel = "KEY",
            description =
                    "The public half of the recovery key (default: CONDUCT_RECOVERY_KEY, else keys/recovery.pub).")
    private @Nullable String key;

    @Option(
            names = "--new-key",
            paramLabel = "FILE",
            description = "Makes a recovery key: its secret half goes into FILE, to be kept away from this machine, its"
                    + " public half into keys/recovery.pub.")
    private @Nullable Path newKey;

    @Override
    public Integer call() throws IOException, SQLException {
        Logs.likeTheServers();
        if (newKey != null) {
            make(newKey);
        }
        if (to != null) {
            back(to);
        } else if (newKey == null) {
            throw new ParameterException(command().commandLine(), "Say into which file: backup FILE.");
        }
        return CommandLine.DONE;
    }

    private void make(Path file) throws IOException {
        var made = RecoveryKey.generate();
        var publicFile = data.keys().resolve(PUBLIC);
        if (Files.exists(file) || Files.exists(publicFile)) {
            throw new StartRefused((Files.exists(file) ? file : publicFile)
                    + " is there already. Move it away first; backups made for its key need its secret half.");
        }
        Files.createDirectories(data.keys());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, made.secret() + "\n");
        Files.writeString(publicFile, made.half() + "\n");
        tell("Keep " + file + " away from this machine: without it no backup can be read. The server needs only "
                + publicFile + ".");
    }

    private void back(Path file) throws IOException, SQLException {
        if (Files.exists(file) && !Files.isDirectory(file)) {
            throw new StartRefused(file + " is there already. Choose another name, or a folder.");
        }
        var half = RecoveryKeys.publicHalf(command().commandLine(), key, data.keys());
        var external = ExternalDatabase.ofEnvironment();
        try (var open = external == null ? FolderDatabase.open(data.folder()) : nothing()) {
            Objects.requireNonNull(open);
            var began = System.nanoTime();
            var made = Backup.make(
                    data.folder(),
                    data.keys(),
                    file,
                    half,
                    InstantSource.system().instant(),
                    external);
            var answer = new LinkedHashMap<String, Object>();
            answer.put("file", made.file().toString());
            answer.put("at", made.at().toString());
            answer.put("files", made.files());
            answer.put("bytes", made.bytes());
            answer.put("size", made.size());
            var words = command().commandLine();
            words.getOut().println(new JsonMapper().writeValueAsString(answer));
            words.getOut().flush();
            tell(String.format(
                    Locale.ROOT,
                    "%d files, %d MB, written as %d MB in %.1f s. Keys are not in it: keep a copy of %s apart.",
                    made.files(),
                    made.bytes() >> 20,
                    made.size() >> 20,
                    (System.nanoTime() - began) / 1e9,
                    data.keys()));
        }
    }

    private static Closeable nothing() {
        return () -> {};
    }

    private void tell(String line) {
        command().commandLine().getErr().println(line);
        command().commandLine().getErr().flush();
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }
}
