package dev.conduct.checks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.nodes.MappingNode;

/// Reads the text of a check. Whatever is wrong with it is told at once, each with its line.
final class DefinitionReader {

    static final String FIELD = "definition";
    static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final int MOST = 64 * 1024;
    private static final int MOST_STEPS = 100;
    private static final Pattern MOCKED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private DefinitionReader() {}

    /// @throws Problem 400 with each mistake and its line
    static Definition read(String text) {
        PlainText.checked(FIELD, text, MOST);
        var mistakes = new ArrayList<Part.Mistake>();
        var root = root(text, mistakes);
        var definition = root == null ? null : definition(new Part(root, mistakes), mistakes);
        if (definition == null || !mistakes.isEmpty()) {
            throw Problem.badInput(mistakes.stream()
                    .map(mistake ->
                            new FieldProblem(FIELD, "not_a_check", "Line " + mistake.line() + ": " + mistake.says()))
                    .toList());
        }
        return definition;
    }

    private static @Nullable MappingNode root(String text, List<Part.Mistake> mistakes) {
        try {
            for (var event : yaml().parse(new StringReader(text))) {
                if (event instanceof AliasEvent alias) {
                    // What stands for itself would be read for ever.
                    mistakes.add(new Part.Mistake(
                            alias.getStartMark().getLine() + 1,
                            "*" + alias.getAnchor() + " stands for another place." + " Write it out."));
                    return null;
                }
            }
            var read = yaml().compose(new StringReader(text));
            if (read instanceof MappingNode mapping) {
                return mapping;
            }
            mistakes.add(new Part.Mistake(1, "the text holds no check. Begin with title: and what it is called."));
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            mistakes.add(new Part.Mistake(
                    mark == null ? 1 : mark.getLine() + 1,
                    "this is not YAML: " + Objects.requireNonNullElse(broken.getProblem(), "it cannot be read") + "."));
        } catch (YAMLException broken) {
            mistakes.add(new Part.Mistake(1, "this is not YAML: " + broken.getMessage()));
        }
        return null;
    }

    private static Yaml yaml() {
        var options = new LoaderOptions();
        options.setNestingDepthLimit(30);
        options.setCodePointLimit(MOST);
        return new Yaml(new SafeConstructor(options));
    }

    private static Definition definition(Part part, List<Part.Mistake> mistakes) {
        part.only("title", "environment", "every", "mocked", "values", "build", "steps");
        var environment = part.needed("environment", "Write where it looks, such as staging.");
        if (!environment.isBlank() && !ENVIRONMENT.matcher(environment).matches()) {
            part.wrong("environment must be letters, digits, dots and dashes, at most 64.");
        }
        var title = part.needed("title", "Write what is right while the check passes.");
        if (title.length() > 200) {
            part.wrong("title has more than 200 characters. Shorten it.");
        }
        if (part.texts("mocked").size() > 50
                || !part.texts("mocked").stream()
                        .allMatch(name -> MOCKED.matcher(name).matches())) {
            part.wrong("mocked must be at most 50 names of letters, digits, spaces, dots and dashes, each at most 64.");
        }
        var values = part.pairs("values");
        values.keySet().stream()
                .filter(name -> !NAME.matcher(name).matches())
                .forEach(name -> part.wrong("values: " + name + " must be a letter and then letters, digits or _."));
        var steps = StepReader.all(part, "steps", 0);
        if (steps.isEmpty() && mistakes.isEmpty()) {
            part.wrong("steps is missing. Write at least one.");
        }
        if (StepReader.count(steps) > MOST_STEPS) {
            part.wrong("steps: there are more than " + MOST_STEPS + ". Make several checks of them.");
        }
        var definition =
                new Definition(title, environment, every(part), part.texts("mocked"), values, build(part), steps);
        if (definition.drill() && definition.every() != null) {
            part.wrong("every: a check that breaks something runs only when asked. Take the line away.");
        }
        return definition;
    }

    private static @Nullable Duration every(Part part) {
        var every = part.span("every");
        if (every != null && (every.compareTo(SHORTEST) < 0 || every.compareTo(Duration.ofDays(31)) > 0)) {
            part.wrong("every must be between 1 min and 31 d.");
        }
        return every;
    }

    private static Definition.@Nullable Build build(Part part) {
        if (!part.has("build")) {
            return null;
        }
        var build = part.under("build");
        build.only("http", "headers", "commit", "number", "timeout", "plain");
        var commit = build.needed("commit", "Write where it stands in the answer, such as /commit.");
        for (var pointer : List.of(commit, build.text("number"))) {
            if (!pointer.isEmpty() && !pointer.startsWith("/")) {
                build.wrong(pointer + " must be a JSON pointer: it begins with a slash.");
            }
        }
        return new Definition.Build(StepReader.http(build, "Which build runs there"), commit, build.text("number"));
    }
}
