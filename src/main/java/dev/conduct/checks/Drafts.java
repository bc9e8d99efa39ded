package dev.conduct.checks;

import dev.conduct.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Makes the draft of a check from what describes an API already: an OpenAPI document or a Postman collection. The
/// draft is only a text in a form: nothing is kept before somebody has read it.
final class Drafts {

    private static final int MOST = 5 * 1024 * 1024;
    private static final int LONGEST = 60 * 1024;

    private Drafts() {}

    /// @param name proposed, in small letters
    record Draft(String name, String definition) {}

    /// What a document gives.
    ///
    /// @param notes what somebody has to look at, as comments above the text
    record Content(String title, Map<String, String> values, List<Map<String, Object>> steps, List<String> notes) {}

    /// @throws Problem 400 when it is neither, saying what it looks like
    static Draft of(byte[] file) {
        if (file.length > MOST) {
            throw Problem.tooLarge("file", "The file has more than 5 MB. Cut it into parts.");
        }
        var read = read(new String(file, StandardCharsets.UTF_8));
        var content = content(read);
        if (content.steps().isEmpty()) {
            throw Problem.badInput("file", "empty", "describes no call that a check could make.");
        }
        return new Draft(name(content.title()), written(content));
    }

    private static Content content(Tree document) {
        if (!document.text("openapi").isEmpty()) {
            if (!document.text("openapi").startsWith("3.")) {
                throw Problem.badInput(
                        "file", "not_known", "is OpenAPI " + document.text("openapi") + "; 3.0 to 3.2 are read.");
            }
            return OpenApiDraft.of(document);
        }
        if (!document.text("swagger").isEmpty()) {
            throw Problem.badInput("file", "not_known", "is Swagger 2.0. Convert it to OpenAPI 3 first.");
        }
        if (document.under("info").text("schema").contains("getpostman.com")) {
            return PostmanDraft.of(document);
        }
        throw Problem.badInput(
                "file", "not_known", "is neither an OpenAPI document nor a Postman collection of version 2.");
    }

    private static Tree read(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MOST);
        options.setNestingDepthLimit(60);
        options.setMaxAliasesForCollections(0);
        try {
            return new Tree(new Yaml(new SafeConstructor(options)).load(text));
        } catch (YAMLException broken) {
            throw Problem.badInput("file", "not_yaml", "is neither JSON nor YAML: " + broken.getMessage());
        }
    }

    private static String name(String title) {
        var name = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty()
                ? "imported"
                : name.substring(0, Math.min(50, name.length())).replaceAll("-+$", "");
    }

    private static String written(Content content) {
        var check = new LinkedHashMap<String, Object>();
        check.put("title", content.title().isBlank() ? "Imported" : content.title());
        check.put("environment", "staging");
        if (!content.values().isEmpty()) {
            check.put("values", content.values());
        }
        check.put("steps", content.steps());
        var options = new DumperOptions();
        options.setDereferenceAliases(true);
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        var yaml = new Yaml(options);
        var text = yaml.dump(check);
        if (text.length() > LONGEST) {
            content.steps().forEach(step -> {
                if (step.get("expect") instanceof Map<?, ?> expect) {
                    expect.remove("schema");
                }
            });
            content.notes().add("Schemas are left out: the text would be longer than a check may be.");
            text = yaml.dump(check);
        }
        while (text.length() > LONGEST && content.steps().size() > 1) {
            content.steps().removeLast();
            text = yaml.dump(check);
        }
        var notes = new StringBuilder("# A draft: read it, say where the server is, and keep what you want checked.\n");
        content.notes()
                .forEach(note ->
                        notes.append("# ").append(note.replaceAll("\\R", " ")).append('\n'));
        return notes + text;
    }
}
