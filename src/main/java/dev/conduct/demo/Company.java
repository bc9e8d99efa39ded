package dev.conduct.demo;

import dev.conduct.identity.DemoScript;
import java.util.List;

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
        var company = DemoScript.read("company.yaml");
        var stories = DemoScript.read("stories.yaml");
        return new Company(
                company.text("name"),
                company.parts("people").stream()
                        .map(person -> new Member(person.text("name"), person.text("email"), person.texts("roles")))
                        .toList(),
                company.parts("products").stream().map(Company::ware).toList(),
                new Tales(
                        stories.texts("customers"),
                        stories.texts("places"),
                        stories.texts("managers"),
                        stories.texts("developers"),
                        stories.texts("testers"),
                        stories.texts("waiting"),
                        stories.texts("reasons"),
                        stories.texts("approvals"),
                        stories.texts("refusals"),
                        stories.texts("settlements"),
                        stories.parts("stories").stream().map(Company::tale).toList()));
    }

    private static Ware ware(DemoScript product) {
        var parts = product.parts("components").stream()
                .map(part -> new Part(part.text("name"), part.yes("critical"), part.texts("owners")))
                .toList();
        return new Ware(product.text("key"), product.text("name"), parts);
    }

    private static Tale tale(DemoScript story) {
        return new Tale(
                story.text("title"),
                story.text("component"),
                story.text("severity"),
                story.text("kind"),
                story.text("steps"),
                story.text("expected"),
                story.text("actual"),
                story.text("cause"),
                story.text("lesson"));
    }
}
