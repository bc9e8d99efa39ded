package dev.conduct.cli;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.People;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./conduct erase`: asks that a person be forgotten. An administrator does it, on the page or by the API.
@Command(
        name = "erase",
        description = "Asks for the erasure of a person; an administrator does it, under Administration, Erasures.",
        mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "PERSON", description = "Id, e-mail address or name.")
    private String person = "";

    @Override
    public Integer call() {
        var words = Objects.requireNonNull(spec).commandLine();
        return Inside.the(data.settings(), context -> {
            var found = context.getBean(People.class)
                    .resolve(person)
                    .orElseThrow(() -> new ParameterException(
                            words, "Nobody, or more than one, is called " + person + ". Give the e-mail address."));
            context.getBean(Erasures.class)
                    .ask(found.id(), new Actor("system:cli", "the command line", Set.of(), "cli"));
            words.getOut().println(new JsonMapper().writeValueAsString(Map.of("person", found.id(), "asked", true)));
            words.getOut().flush();
            words.getErr().println("Asked for. An administrator does it: Administration, Encryption keys, Erasures.");
            words.getErr().flush();
            return CommandLine.DONE;
        });
    }
}
