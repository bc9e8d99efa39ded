package dev.conduct.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A part of what is written about the sample company, in files under `demo/` of the jar.
public record DemoScript(Map<String, Object> told) {

    /// @param path below `demo/`
    public static DemoScript read(String path) {
        return new DemoScript(new Yaml(new SafeConstructor(new LoaderOptions())).load(words(path)));
    }

    /// A file as it is.
    ///
    /// @param path below `demo/`
    public static String words(String path) {
        try (var in = new ClassPathResource("demo/" + path).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new IllegalStateException("demo/" + path + " is not in the jar", missing);
        }
    }

    /// Empty when nothing is said.
    public String text(String name) {
        var value = told.get(name);
        return value == null ? "" : String.valueOf(value);
    }

    /// Zero when nothing is said.
    public int number(String name) {
        return told.get(name) instanceof Number number ? number.intValue() : 0;
    }

    public boolean yes(String name) {
        return Boolean.TRUE.equals(told.get(name));
    }

    public List<String> texts(String name) {
        return told.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /// Empty when nothing is said.
    @SuppressWarnings("unchecked")
    public DemoScript part(String name) {
        return new DemoScript(told.get(name) instanceof Map<?, ?> part ? (Map<String, Object>) part : Map.of());
    }

    @SuppressWarnings("unchecked")
    public List<DemoScript> parts(String name) {
        return told.get(name) instanceof List<?> list
                ? list.stream()
                        .map(part -> new DemoScript((Map<String, Object>) part))
                        .toList()
                : List.of();
    }
}
