package dev.conduct.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs one of PostgreSQL's programs to its end. PostgreSQL refuses to run as root. Where Conduct itself is root, the
/// program gets a user namespace of its own, in which it is nobody; where there are none (a container, often), it runs
/// as an ordinary user, to whom the database's folder is given.
final class Program {

    /// @param words what it printed, both streams
    record Outcome(int status, String words) {}

    private static final List<String> USERS = List.of("conduct", "postgres", "nobody");
    private static final String NO_USER =
            "PostgreSQL does not run as root, and this machine has neither user namespaces"
                    + " nor an ordinary user to run it as. Start Conduct as an ordinary user (useradd --create-home conduct),"
                    + " or set CONDUCT_DB_URL to a PostgreSQL 15 or newer.";

    private final List<String> prefix;
    private final @Nullable String user;

    private Program(List<String> prefix, @Nullable String user) {
        this.prefix = prefix;
        this.user = user;
    }

    /// @param folder of the database: whose it already is stays whose it is
    static Program runner(Path folder) throws IOException {
        var windows = System.getProperty("os.name").startsWith("Windows");
        if (windows || new UnixSystem().getUid() != 0) {
            return new Program(List.of(), null);
        }
        var owner = Files.exists(folder) ? Files.getOwner(folder).getName() : "root";
        if (!owner.equals("root")) {
            return as(owner);
        }
        var namespace = new Program(List.of("unshare", "--user"), null);
        return namespace.works() ? namespace : ordinary();
    }

    private static Program ordinary() throws IOException {
        for (var user : USERS) {
            var program = as(user);
            if (program.works()) {
                return program;
            }
        }
        throw new StartRefused(NO_USER);
    }

    /// As another user, which only root can.
    static Program as(String user) throws IOException {
        var group = new Program(List.of(), null).run(Duration.ofSeconds(10), "id", "-g", user);
        return new Program(
                List.of("setpriv", "--reuid=" + user, "--regid=" + group.words().strip(), "--clear-groups"), user);
    }

    private boolean works() throws IOException {
        try {
            return run(Duration.ofSeconds(10), "true").status() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /// Gives the database's folder to the user that programs run as, and lets that user pass through those above.
    void take(Path folder) throws IOException {
        if (user == null) {
            return;
        }
        var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
        if (!Files.getOwner(folder).equals(owner)) {
            try (var files = Files.walk(folder)) {
                for (var file : (Iterable<Path>) files::iterator) {
                    Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setOwner(owner);
                }
            }
        }
        var data = folder.toAbsolutePath().getParent();
        var permissions = Files.getPosixFilePermissions(data);
        if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
            Files.setPosixFilePermissions(data, permissions);
        }
        if (run(Duration.ofSeconds(10), "ls", folder.toString()).status() != 0) {
            throw new StartRefused("The database runs as the user " + user + ", who cannot reach " + folder
                    + ". Choose a data folder that others may pass through with --data (/var/lib/conduct), or start"
                    + " Conduct as an ordinary user.");
        }
    }

    /// A file we wrote into the folder, so that the programs can read it.
    void give(Path file) throws IOException {
        if (user != null) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
    }

    /// Where the programs may lie so that whoever runs them can.
    Path cache(Path usual) {
        return user == null ? usual : Path.of("/var/cache/conduct");
    }

    Outcome run(Duration atMost, String... command) throws IOException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        // A daemon started by the program keeps its streams open: a file can be read without waiting for its end.
        var output = Files.createTempFile("conduct-", ".out");
        try {
            return new Outcome(status(words, output, atMost), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    private static int status(List<String> words, Path output, Duration atMost) throws IOException {
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        if (words.getFirst().equals("setpriv")) {
            // Where we stand, that user may not be allowed to look.
            builder.directory(new File("/"));
        }
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while waiting for " + words, interrupted);
        }
    }
}
