package dev.conduct.cli;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// Roles of people, company-wide or for one product.
@Command(
        name = "role",
        description = "Gives people roles, company-wide or for one product, and takes them away.",
        mixinStandardHelpOptions = true)
final class RoleCommand implements Runnable {

    private static final Actor ACTOR = new Actor("system:cli", "Command line", Set.of(), "cli");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "Say what to do: role grant PERSON ROLE, or role revoke PERSON ROLE.");
    }

    @Command(description = "Gives somebody a role; prints what they hold then.", mixinStandardHelpOptions = true)
    int grant(
            @Parameters(paramLabel = "PERSON", description = "Id or e-mail address.") String person,
            @Parameters(paramLabel = "ROLE", description = "A role of the procedure.") String role,
            @Option(names = "--product", paramLabel = "KEY", description = "For this product only.") @Nullable
                    String product,
            @Mixin DataOption data) {
        return change(data, person, (grants, id) -> grants.grant(id, new Grants.Grant(role, product), ACTOR));
    }

    @Command(description = "Takes a role away; prints what they hold then.", mixinStandardHelpOptions = true)
    int revoke(
            @Parameters(paramLabel = "PERSON", description = "Id or e-mail address.") String person,
            @Parameters(paramLabel = "ROLE", description = "A role of the procedure.") String role,
            @Option(names = "--product", paramLabel = "KEY", description = "Held for this product.") @Nullable
                    String product,
            @Mixin DataOption data) {
        return change(data, person, (grants, id) -> grants.revoke(id, new Grants.Grant(role, product), ACTOR));
    }

    private interface Change {
        void of(Grants grants, String person);
    }

    private int change(DataOption data, String person, Change change) {
        return Inside.the(data.settings(), context -> {
            var known = context.getBean(People.class).resolve(person);
            if (known.isEmpty()) {
                throw Problem.notFound("The person " + person);
            }
            var grants = context.getBean(Grants.class);
            var id = known.get().id();
            change.of(grants, id);
            print(grants.of(id));
            return CommandLine.DONE;
        });
    }

    private void print(List<Grants.Grant> held) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(new JsonMapper().writeValueAsString(held));
        out.flush();
    }
}
