package dev.conduct.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Who the sample company is and what goes wrong there, as written in `demo/company.yaml` and `demo/stories.yaml`.
record Company(String name, List<Member> people, List<Ware> products, Tales tales) {

    record Member(String name, String email, List<String> roles) {}

    record Ware(String key, String name, List<Part> parts) {}

    record Part(String name, boolean critical, List<String> owners) {}

    /// @param waiting what is said while nothing happens
    /// @param reasons why a signal should be passed all the same
    record Tales(
            List<String> customers,
            List<String> places,
            List<String> managers,
            List<String> developers,
            List<String> testers,
            List<String> waiting,
            List<String> reasons,
            List<String> approvals,
            List<String> refusals,
            List<String> settlements,
            List<Tale> tales) {}

    /// A kind of bug; `{who}`, `{where}` and `{n}` are filled in each time it is met.
    record Tale(
            String title,
            String component,
            String severity,
            String kind,
            String steps,
            String expected,
            String actual,
            String cause,
            String lesson) {}

    static Company read() {
        var company = yaml("demo/company.yaml");
        var stories = yaml("demo/stories.yaml");
        return new Company(
                text(company, "name"),
                maps(company, "people").stream()
                        .map(person -> new Member(text(person, "name"), text(person, "email"), texts(person, "roles")))
                        .toList(),
                maps(company, "products").stream().map(Company::ware).toList(),
                new Tales(
                        texts(stories, "customers"),
                        texts(stories, "places"),
                        texts(stories, "managers"),
                        texts(stories, "developers"),
                        texts(stories, "testers"),
                        texts(stories, "waiting"),
                        texts(stories, "reasons"),
                        texts(stories, "approvals"),
                        texts(stories, "refusals"),
                        texts(stories, "settlements"),
                        maps(stories, "stories").stream().map(Company::tale).toList()));
    }

    private static Ware ware(Map<String, Object> product) {
        var parts = maps(product, "components").stream()
                .map(part ->
                        new Part(text(part, "name"), Boolean.TRUE.equals(part.get("critical")), texts(part, "owners")))
                .toList();
        return new Ware(text(product, "key"), text(product, "name"), parts);
    }

    private static Tale tale(Map<String, Object> story) {
        return new Tale(
                text(story, "title"),
                text(story, "component"),
                text(story, "severity"),
                text(story, "kind"),
                text(story, "steps"),
                text(story, "expected"),
                text(story, "actual"),
                text(story, "cause"),
                text(story, "lesson"));
    }

    private static Map<String, Object> yaml(String path) {
        try (var in = new ClassPathResource(path).getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException missing) {
            throw new IllegalStateException(path + " is not in the jar", missing);
        }
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.get(name));
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> map, String name) {
        return (List<String>) map.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Map<String, Object> map, String name) {
        return (List<Map<String, Object>>) map.getOrDefault(name, List.of());
    }
}
