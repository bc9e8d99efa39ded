package dev.conduct.openapi;

import dev.conduct.procedure.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What calls of the API name: made by other calls, one more each time where a call uses it up.
final class Made {

    static final String BOUNDARY = "----conduct";

    private static final AtomicInteger COUNT = new AtomicInteger(100);

    final Program program;
    final String product;
    final String item;
    final String approver;
    private final Program colleague;
    private final Program manager;
    private final Program tester;

    Made(Function<Set<String>, Program> programs, Set<String> everyRole) {
        program = programs.apply(everyRole);
        colleague = programs.apply(everyRole);
        manager = programs.apply(Set.of("project_manager"));
        tester = programs.apply(Set.of("qa"));
        product = "D" + next();
        program.made("/api/v1/products", Map.of("key", product, "name", "Described"));
        program.made("/api/v1/products/" + product + "/components", Map.of("name", "editor"));
        program.made(
                "/api/v1/products/" + product + "/integration-parts",
                Map.of("name", "payments", "kind", "third_party"));
        item = bug();
        program.made(itemPath("/evidence"), Map.of("kind", "local_test", "verdict", "passed"));
        program.made(itemPath("/comments"), Map.of("text", "Hello"));
        program.made(itemPath("/links"), Map.of("kind", "blocks", "other", bug()));
        approver = "approver" + next() + "@example.org";
        program.made("/api/v1/people", Map.of("name", "Ada", "email", approver, "roles", List.of("administrator")));
    }

    /// A number that nothing has yet.
    static int next() {
        return COUNT.incrementAndGet();
    }

    String itemPath(String rest) {
        return "/api/v1/items/" + item + rest;
    }

    String view() {
        var wanted = Map.of("type", "bug", "title", newView(), "query", "is:open");
        return program.made("/api/v1/views", wanted).get("id").asString();
    }

    /// One name more; nobody keeps more than a dozen.
    String newView() {
        var kept = program.send("GET", "/api/v1/views?type=bug&limit=200", null, null);
        for (var view : Program.JSON.readTree(kept.body()).get("items")) {
            if (view.get("mine").asBoolean()) {
                program.send("DELETE", "/api/v1/views/" + view.get("id").asString(), null, null);
            }
        }
        return "View " + next();
    }

    String proposed() {
        return colleague
                .made("/api/v1/standards", Map.of("title", "Written", "body", "So.", "roles", List.of("auditor")))
                .get("id")
                .asString();
    }

    String standardInForce() {
        var id = proposed();
        program.json("POST", "/api/v1/standards/" + id + "/approval", Map.of("digest", digest(id)));
        return id;
    }

    /// The same for every one that is proposed here.
    String digest(String standard) {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/standards/" + standard, null, null)
                        .body())
                .get("proposed_digest")
                .asString();
    }

    /// A test that a report told of, by the digest of its suite and its name.
    String tested() {
        var name = "links" + next();
        program.send(
                "POST",
                "/api/v1/reports?commit=a1b2c3d4&product=" + product,
                "application/octet-stream",
                "<testsuite><testcase classname=\"sample.Test\" name=\"" + name + "\"/></testsuite>");
        try {
            var digest = ByteBuffer.wrap(MessageDigest.getInstance("MD5")
                    .digest(("sample.Test\u001f" + name).getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong(), digest.getLong()).toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String said() {
        return program.made(itemPath("/comments"), Map.of("text", "Hello, number " + next()))
                .get("id")
                .asString();
    }

    String check() {
        var name = "check-" + next();
        program.json(
                "PUT",
                "/api/v1/products/" + product + "/checks/" + name,
                Map.of("definition", "title: Known\nenvironment: here\nsteps:\n  - dns: localhost\n"));
        return name;
    }

    String mock() {
        var name = "mock-" + next();
        program.json(
                "PUT",
                "/api/v1/products/" + product + "/mocks/" + name,
                Map.of("external", "payments", "mappings", Map.of("response", Map.of("status", 200))));
        return name;
    }

    String productWithEditor() {
        var key = anotherProduct();
        program.made("/api/v1/products/" + key + "/components", Map.of("name", "editor"));
        return key;
    }

    String anotherProduct() {
        var key = "D" + next();
        program.made("/api/v1/products", Map.of("key", key, "name", "Described"));
        return key;
    }

    String restricted() {
        var bug = bug();
        program.json("PUT", "/api/v1/items/" + bug + "/readers", Map.of("readers", List.of("role:qa")));
        return bug;
    }

    String person(Set<String> roles) {
        var email = "rosa" + next() + "@example.org";
        return program.made("/api/v1/people", Map.of("name", "Rosa", "email", email, "roles", roles))
                .get("id")
                .asString();
    }

    String toBeErased() {
        var person = person(Set.of("qa"));
        var _ = colleague.send("POST", "/api/v1/people/" + person + "/erasure", null, null);
        return person;
    }

    String team() {
        return program.made("/api/v1/teams", Map.of("name", "Crew " + next()))
                .get("id")
                .asString();
    }

    String bug() {
        var fields = Map.of("severity", "high");
        return program.made(
                        "/api/v1/items",
                        Map.of("type", "bug", "product", product, "title", "It breaks", "fields", fields))
                .get("key")
                .asString();
    }

    String inFix() {
        var bug = bug();
        move(bug, program, "log", Map.of("kind", "functional", "component", "editor", "expected", "a", "actual", "b"));
        move(bug, manager, "assess", Map.of("severity", "high"));
        move(bug, tester, "assess", Map.of("impact", "Everybody"));
        move(bug, manager, "triage", Map.of("priority", "high"));
        move(bug, program, "assign", Map.of("assignee", "me"));
        move(bug, program, "start_fix", Map.of());
        return bug;
    }

    static void move(String bug, Program by, String transition, Map<String, String> fields) {
        by.made("/api/v1/items/" + bug + "/transitions", Map.of("transition", transition, "fields", fields));
    }

    String asked(String bug) {
        var reason = "The test machine is down and payments stand still.";
        return colleague
                .made(
                        "/api/v1/items/" + bug + "/overrides",
                        Map.of("transition", "submit_fix", "gate", "tested_locally", "reason", reason))
                .get("id")
                .asString();
    }

    String owed() {
        var bug = inFix();
        var id = asked(bug);
        program.made("/api/v1/items/" + bug + "/overrides/" + id + "/approval", Map.of());
        move(bug, program, "submit_fix", Map.of("fix_commit", "a1b2c3d4", "root_cause", "Off by one"));
        program.made(
                "/api/v1/items/" + bug + "/evidence",
                Map.of("kind", "local_test", "verdict", "passed", "commit", "a1b2c3d4"));
        return id;
    }

    String inForce() {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/procedure", null, null).body())
                .get("version")
                .asString();
    }

    static Map<String, String> pack(String version) {
        return PackFiles.standard().files().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        it -> new String(it.getValue(), StandardCharsets.UTF_8)
                                .replace("version: \"2026.11\"", "version: \"" + version + "\"")));
    }

    String attached() {
        var type = "multipart/form-data; boundary=" + BOUNDARY;
        var made = program.send("POST", itemPath("/attachments"), type, upload());
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    String reported() {
        var path = "/api/v1/reports?commit=a1b2c3d4&product=" + product;
        var made = program.send("POST", path, "application/octet-stream", report());
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    String attachedTo(String report) {
        var path = "/api/v1/reports/" + report + "/attachments?name=editor.log";
        var made = program.send("POST", path, "application/octet-stream", "saved");
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    static String report() {
        return "<testsuite><testcase name=\"the editor saves " + next() + "\"/></testsuite>";
    }

    static String upload() {
        try {
            return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"jira.json\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n"
                    + Files.readString(Path.of("src/test/resources/importer/jira-search.json"))
                            .replace("PAY-", "PAY" + next() + "-")
                    + "\r\n--" + BOUNDARY + "--\r\n";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
