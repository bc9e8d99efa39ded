package dev.conduct.ledger.verify;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stand-alone checker: `verify BUNDLE` or `verify --data DIR`. Exit 0 and what was checked, 1 and the first entry
/// that does not hold, 2 for a call that makes no sense.
public final class Verify {

    public static final String USAGE = """
            usage: verify [--key KEY] [--witness KEY] BUNDLE
                   verify [--key KEY] [--witness KEY] [--data DIR] [--keys DIR] [--url JDBC-URL] [--user NAME] [--password-file FILE]""";

    /// Sees to it that the database of a data folder answers, for as long as it is open.
    @FunctionalInterface
    public interface Opening {
        Closeable open(Path data) throws IOException;

        /// What opens encrypted content; null when its keys are not at hand.
        default @Nullable ContentOpener opener(Connection connection, Path keys) throws IOException, SQLException {
            return null;
        }
    }

    private final PrintStream out;
    private final PrintStream err;
    private final Opening opening;
    private @Nullable VerifierKey key;
    private @Nullable WitnessKey witness;
    private @Nullable Cosigned cosigned;
    private @Nullable Path bundle;
    private Path data = Path.of(set("CONDUCT_DATA").orElse("data"));
    private @Nullable Path keys = set("CONDUCT_KEYS").map(Path::of).orElse(null);
    private @Nullable String url = set("CONDUCT_DB_URL").orElse(null);
    private @Nullable String user = set("CONDUCT_DB_USER").orElse(null);
    private @Nullable Path passwordFile;

    private Verify(PrintStream out, PrintStream err, Opening opening) {
        this.out = out;
        this.err = err;
        this.opening = opening;
    }

    private static Optional<String> set(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    public static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals("witness")) {
            System.exit(Witness.run(List.of(arguments).subList(1, arguments.length), System.out, System.err));
        }
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /// Checks what is at hand: a bundle, or a database that answers.
    ///
    /// @return the exit code
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return run(arguments, out, err, data -> () -> {});
    }

    /// @param opening asked for a data folder whose database is the embedded one
    /// @return the exit code
    public static int run(List<String> arguments, PrintStream out, PrintStream err, Opening opening) {
        var verify = new Verify(out, err, opening);
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(USAGE);
            return 0;
        }
        try {
            verify.read(arguments);
        } catch (IllegalArgumentException e) {
            err.println("verify: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
        try {
            return verify.tell(verify.verdict());
        } catch (Broken e) {
            return verify.tell(e);
        } catch (IOException | SQLException e) {
            err.println("verify: " + String.valueOf(e.getMessage()).strip());
            return 1;
        }
    }

    private void read(List<String> arguments) {
        var rest = new ArrayDeque<String>();
        for (var argument : arguments) {
            var equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            rest.add(equals < 0 ? argument : argument.substring(0, equals));
            if (equals >= 0) {
                rest.add(argument.substring(equals + 1));
            }
        }
        while (!rest.isEmpty()) {
            var argument = rest.remove();
            if (!argument.startsWith("--")) {
                if (bundle != null) {
                    throw new IllegalArgumentException("one bundle at a time");
                }
                bundle = Path.of(argument);
                continue;
            }
            var value = rest.poll();
            if (value == null) {
                throw new IllegalArgumentException(argument + " needs a value");
            }
            switch (argument) {
                case "--key" -> key = VerifierKey.parse(value);
                case "--witness" -> witness = WitnessKey.parse(value);
                case "--data" -> data = Path.of(value);
                case "--keys" -> keys = Path.of(value);
                case "--url" -> url = value;
                case "--user" -> user = value;
                case "--password-file" -> passwordFile = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        if (bundle != null && !Files.isRegularFile(bundle)) {
            throw new IllegalArgumentException(bundle + " is not a file");
        }
        if (bundle == null && !Files.isDirectory(data)) {
            throw new IllegalArgumentException(data + " is not a data folder");
        }
    }

    private Verdict verdict() throws IOException, SQLException, Broken {
        if (bundle != null) {
            var verdict = BundleVerifier.verify(bundle, key);
            if (witness != null) {
                cosigned = Cosigned.in(bundle, witness, verdict);
            }
            return verdict;
        }
        var folder = keys == null ? data.resolve("keys") : keys;
        var publicKey = key == null ? publicKey(folder) : key;
        // Before the database: what is promised there must be in the snapshot that is read next.
        var file = CheckpointFile.read(data.resolve("checkpoints").resolve(CheckpointFile.NAME));
        try (var open = url == null ? opening.open(data) : (Closeable) () -> {};
                var connection = DriverManager.getConnection(url == null ? embedded() : url, credentials())) {
            var opener = opening.opener(connection, folder);
            if (opener == null) {
                err.println(
                        "The keys of what is encrypted are not at hand; that it is there is checked, not what it is.");
            }
            var verdict = DatabaseVerifier.verify(connection, publicKey, mac(folder), file, opener);
            if (witness != null) {
                cosigned = Cosigned.in(connection, witness);
            }
            return verdict;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith("08")) {
                throw new IOException(
                        "the database of " + data + " does not answer. Start the server on it, or use"
                                + " ./conduct verify, which starts the database itself. (" + e.getMessage() + ")",
                        e);
            }
            throw e;
        }
    }

    private VerifierKey publicKey(Path folder) throws IOException {
        var file = folder.resolve("ledger-log.pub");
        if (!Files.exists(file)) {
            throw new IOException("the log's verifier key " + file + " is not there; give it with --key");
        }
        return VerifierKey.parse(Files.readString(file));
    }

    private byte @Nullable [] mac(Path folder) throws IOException {
        var file = folder.resolve("ledger-mac.key");
        if (!Files.isReadable(file)) {
            err.println("The key of the events' codes is not at hand (" + file + "); codes are not checked.");
            return null;
        }
        return Base64.getDecoder().decode(Files.readString(file).strip().split(" ")[1]);
    }

    private String embedded() throws IOException {
        var port = data.resolve("database").resolve("port");
        if (!Files.exists(port)) {
            throw new IOException(data + " holds no database; for an external one give --url");
        }
        return "jdbc:postgresql://127.0.0.1:" + Files.readString(port).strip() + "/conduct";
    }

    private Properties credentials() throws IOException {
        var properties = new Properties();
        if (url == null) {
            properties.setProperty("user", "conduct");
        }
        if (user != null) {
            properties.setProperty("user", user);
        }
        var file =
                passwordFile == null && url == null ? data.resolve("database").resolve("owner.password") : passwordFile;
        if (file != null) {
            properties.setProperty("password", Files.readString(file).strip());
        } else {
            set("CONDUCT_DB_PASSWORD").ifPresent(password -> properties.setProperty("password", password));
        }
        return properties;
    }

    private int tell(Verdict verdict) {
        out.printf(
                Locale.ROOT,
                "{\"entries\":%d,\"size\":%d,\"root\":\"%s\",\"checkpoints\":%d,\"unsigned\":%d,\"erased\":%d,"
                        + "\"codes_checked\":%b%s%s}%n",
                verdict.entries(),
                verdict.size(),
                verdict.root(),
                verdict.checkpoints(),
                verdict.unsigned(),
                verdict.erased(),
                verdict.codes(),
                cosigned == null
                        ? ""
                        : ",\"cosigned\":" + cosigned.size() + ",\"cosigned_at\":\"" + cosigned.at() + "\"",
                verdict.began().isEmpty()
                        ? ""
                        : verdict.began().stream()
                                .map(Beginning::inJson)
                                .collect(Collectors.joining(",", ",\"began_anew\":[", "]")));
        verdict.began().forEach(began -> err.println(began.inWords()));
        err.println("All " + verdict.entries() + " entries hold, with root " + verdict.root() + ". "
                + (verdict.checkpoints() == 0
                        ? "Nothing is signed yet."
                        : verdict.checkpoints() + " signed checkpoints fit, the last over " + verdict.size() + ".")
                + (cosigned == null || witness == null
                        ? ""
                        : " " + witness.name() + " saw the first " + cosigned.size() + " at " + cosigned.at() + "."));
        return 0;
    }

    private int tell(Broken broken) {
        out.println("{\"entry\":" + broken.entry() + ",\"says\":" + CanonicalJson.quoted(broken.says()) + "}");
        err.println("Does not hold: " + broken.says());
        return 1;
    }
}
