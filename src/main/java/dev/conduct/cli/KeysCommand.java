package dev.conduct.cli;

import dev.conduct.database.StartRefused;
import dev.conduct.keys.KeyStatus;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.RootMove;
import dev.conduct.keys.Rotations;
import dev.conduct.proof.RecoveryKey;
import dev.conduct.proof.RecoveryKit;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./conduct keys`: encryption keys, beside a running server or without one.
@Command(
        name = "keys",
        description = "Shows, rotates and keeps the encryption keys.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KeysCommand.Status.class,
            KeysCommand.Rotate.class,
            KeysCommand.Root.class,
            KeysCommand.Unseal.class,
            KeysCommand.Kit.class,
            KeysCommand.RestoreKit.class
        })
final class KeysCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "Say what to do with keys: keys status, rotate, root, unseal, recovery-kit or restore-kit.");
    }

    /// Parts that the commands share.
    abstract static class Part implements Callable<Integer> {

        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        DataOption data = new DataOption();

        picocli.CommandLine command() {
            return Objects.requireNonNull(spec).commandLine();
        }

        void print(Object answer) {
            command().getOut().println(new JsonMapper().writeValueAsString(answer));
            command().getOut().flush();
        }

        void tell(String line) {
            command().getErr().println(line);
            command().getErr().flush();
        }
    }

    @Command(
            name = "status",
            description = "Prints every key by its id, what lies under it, and rotations, as JSON.",
            mixinStandardHelpOptions = true)
    static final class Status extends Part {

        @Override
        public Integer call() {
            return Inside.the(data.settings(), context -> {
                print(answer(context.getBean(KeyStatus.class).now()));
                return CommandLine.DONE;
            });
        }

        private static Map<String, Object> answer(KeyStatus.Overview now) {
            var answer = new LinkedHashMap<String, Object>();
            answer.put("root", Map.of("provider", now.provider(), "id", now.root(), "where", now.where()));
            var purposes = new LinkedHashMap<String, Object>();
            for (var keys : now.purposes()) {
                var purpose = new LinkedHashMap<String, Object>();
                purpose.put(
                        "keys",
                        keys.keys().stream()
                                .map(key -> Map.of(
                                        "id",
                                        key.id(),
                                        "state",
                                        key.state(),
                                        "made_at",
                                        key.madeAt().toString(),
                                        "rows",
                                        key.rows()))
                                .toList());
                purpose.put("not_encrypted", keys.plain());
                purposes.put(keys.purpose().word(), purpose);
            }
            answer.put("purposes", purposes);
            answer.put("subjects", now.subjects());
            answer.put("erased", now.erased());
            answer.put(
                    "rotations",
                    now.rotations().stream().map(KeysCommand::answer).toList());
            return answer;
        }
    }

    private static Map<String, @Nullable Object> answer(Rotations.Rotation rotation) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("purpose", rotation.purpose().word());
        answer.put("key", String.format(Locale.ROOT, "%08x", rotation.key()));
        answer.put("started_at", rotation.startedAt().toString());
        answer.put("total", rotation.total());
        answer.put("done", rotation.done());
        answer.put(
                "finished_at",
                rotation.finishedAt() == null ? null : rotation.finishedAt().toString());
        return answer;
    }

    @Command(
            name = "rotate",
            description = "Makes a new key and brings everything under it, while the server works.",
            mixinStandardHelpOptions = true)
    static final class Rotate extends Part {

        @Parameters(index = "0", paramLabel = "PURPOSE", description = "secrets, subjects, files, indexes, or all.")
        private String purpose = "";

        @Override
        public Integer call() {
            var purposes = chosen();
            return Inside.the(data.settings(), context -> rotated(context, purposes));
        }

        private int rotated(ApplicationContext context, List<Purpose> purposes) {
            var rotations = context.getBean(Rotations.class);
            var done = new ArrayList<Map<String, @Nullable Object>>();
            for (var one : purposes) {
                var begun = rotations.begin(one, "system:cli", "cli");
                rotations.finish(
                        begun,
                        now -> tell(String.format(
                                Locale.ROOT,
                                "%s: %d of %d under the new key %08x",
                                one.word(),
                                now.done(),
                                now.total(),
                                now.key())));
                done.add(answer(rotations.find(begun.id())));
            }
            print(done);
            tell(
                    "The old keys are destroyed by the server, a minute from now at the earliest, when nothing is left"
                            + " under them. Make a new recovery kit only after the root key changes; these lie in the database.");
            return CommandLine.DONE;
        }

        private List<Purpose> chosen() {
            if (purpose.equals("all")) {
                return List.of(Purpose.values());
            }
            return Arrays.stream(Purpose.values())
                    .filter(one -> one.word().equals(purpose))
                    .findFirst()
                    .map(List::of)
                    .orElseThrow(() -> new ParameterException(
                            command(), "'" + purpose + "' is not secrets, subjects, files, indexes or all."));
        }
    }

    @Command(
            name = "root",
            description =
                    "Makes a new root key, in the same place or another, and wraps everything by it. Stop the server"
                            + " first.",
            mixinStandardHelpOptions = true)
    static final class Root extends Part {

        @Option(
                names = "--to",
                required = true,
                paramLabel = "PROVIDER",
                description = "file, passphrase (CONDUCT_ROOT_NEW_PASSPHRASE, else asked), pkcs11 or http.")
        private String to = "";

        @Override
        public Integer call() {
            var passphrase = to.equals("passphrase")
                    ? Passphrase.read(command(), "CONDUCT_ROOT_NEW_PASSPHRASE", "New passphrase: ", true)
                    : null;
            var settings = data.settings();
            // Not beside a running server, which would go on with the old one.
            settings.put("conduct.guest", false);
            return Inside.the(settings, context -> {
                var where = context.getBean(RootMove.class).to(to, passphrase);
                print(Map.of("provider", to, "where", where));
                tell("The root key is in " + where + " now. Set CONDUCT_ROOT_PROVIDER=" + to
                        + (passphrase == null && !to.equals("file") ? " and the settings that name this key" : "")
                        + ", start the server, and make a new recovery kit. If a copy of the old one may be in"
                        + " wrong hands, rotate the keys too (./conduct keys rotate all): it still opens what older"
                        + " backups hold.");
                return CommandLine.DONE;
            });
        }
    }

    @Command(
            name = "unseal",
            description = "Gives the passphrase to a server that waits for it on this computer.",
            mixinStandardHelpOptions = true)
    static final class Unseal extends Part {

        @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Where it waits.")
        private int port;

        @Override
        public Integer call() throws IOException, InterruptedException {
            var passphrase = Passphrase.read(command(), "CONDUCT_ROOT_PASSPHRASE", "Passphrase: ", false);
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/unseal"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "passphrase=" + URLEncoder.encode(passphrase, StandardCharsets.UTF_8)))
                    .build();
            try (var client = HttpClient.newHttpClient()) {
                var answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    tell("It is open. Conduct starts.");
                    return CommandLine.DONE;
                }
                throw new StartRefused(
                        answer.statusCode() == 422
                                ? "This passphrase does not open the root key."
                                : "The server on port " + port + " does not wait for a passphrase.");
            } catch (java.net.ConnectException nobody) {
                throw new StartRefused("Nothing answers on port " + port + ". Start the server first: ./conduct serve");
            }
        }
    }

    @Command(
            name = "recovery-kit",
            description =
                    "Writes the key folder into one text file that only the recovery key opens: print it, or keep it"
                            + " away from this machine and its backups.",
            mixinStandardHelpOptions = true)
    static final class Kit extends Part {

        @Parameters(index = "0", paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("");

        @Option(
                names = "--recovery-key",
                paramLabel = "KEY",
                description =
                        "The public half of the recovery key (default: CONDUCT_RECOVERY_KEY, else keys/recovery.pub).")
        private @Nullable String key;

        @Override
        public Integer call() throws IOException {
            if (Files.exists(file)) {
                throw new StartRefused(file + " is there already. Choose another name.");
            }
            var made = RecoveryKit.make(
                    data.keys(),
                    RecoveryKeys.publicHalf(command(), key, data.keys()),
                    InstantSource.system().instant());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, made.text());
            print(Map.of("file", file.toString(), "files", made.files()));
            tell("Keep " + file
                    + " away from this machine. With it and the secret half of the recovery key, every backup"
                    + " opens.");
            return CommandLine.DONE;
        }
    }

    @Command(
            name = "restore-kit",
            description = "Puts the key files of a recovery kit back.",
            mixinStandardHelpOptions = true)
    static final class RestoreKit extends Part {

        @Parameters(index = "0", paramLabel = "FILE", description = "The recovery kit.")
        private Path file = Path.of("");

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "The secret half of the recovery key.")
        private Path secret = Path.of("");

        @Override
        public Integer call() throws IOException {
            try {
                var key = RecoveryKey.parse(Files.readString(secret));
                var written = RecoveryKit.restore(Files.readString(file), key, data.keys());
                print(Map.of("folder", data.keys().toString(), "written", written));
                return CommandLine.DONE;
            } catch (IllegalArgumentException notAKey) {
                throw new ParameterException(
                        command(), "The secret half of a recovery key " + notAKey.getMessage() + ".");
            }
        }
    }
}
