package dev.conduct.cli;

import dev.conduct.identity.Clients;
import dev.conduct.identity.Scope;
import dev.conduct.kernel.Problem;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// The programs that call the API.
@Command(
        name = "client",
        description = "Makes clients of the API.",
        mixinStandardHelpOptions = true,
        subcommands = ClientCommand.Create.class)
final class ClientCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Say what to do with clients: client create NAME.");
    }

    /// Prints the id and the secret, which is kept nowhere else.
    @Command(
            name = "create",
            description = "Makes a client, an actor of its own; prints its id and its secret, this once.",
            mixinStandardHelpOptions = true)
    static final class Create implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private DataOption data = new DataOption();

        @Parameters(index = "0", paramLabel = "NAME", description = "What the client is called in histories.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                split = ",",
                paramLabel = "ROLE",
                description = "Roles of the procedure, separated by commas.")
        private List<String> roles = List.of();

        @Option(
                names = "--scope",
                split = ",",
                paramLabel = "SCOPE",
                defaultValue = "read,write,administer,metrics",
                description = "What its tokens open at most: read, write, administer, metrics; all when left out.")
        private List<String> scopes = List.of();

        @Override
        public Integer call() {
            var wanted = roles.stream().map(String::strip).collect(Collectors.toSet());
            return Inside.the(data.settings(), context -> {
                var key = create(context.getBean(Clients.class), wanted);
                var answer = new LinkedHashMap<String, String>();
                answer.put("client_id", key.clientId());
                answer.put("client_secret", key.clientSecret());
                var words = command().commandLine();
                words.getOut().println(new JsonMapper().writeValueAsString(answer));
                words.getOut().flush();
                words.getErr()
                        .println("Keep the secret: it is shown this once, and ends on "
                                + LocalDate.ofInstant(key.expiresAt(), ZoneOffset.UTC) + ".");
                words.getErr().flush();
                return CommandLine.DONE;
            });
        }

        private Clients.Key create(Clients clients, Set<String> wanted) {
            try {
                return clients.create(name, wanted, Scope.of(scopes), "system:cli", "cli");
            } catch (Problem refused) {
                if (refused.errors().isEmpty()) {
                    throw refused;
                }
                throw new ParameterException(
                        command().commandLine(), refused.errors().getFirst().says());
            }
        }

        private CommandSpec command() {
            return Objects.requireNonNull(spec);
        }
    }
}
