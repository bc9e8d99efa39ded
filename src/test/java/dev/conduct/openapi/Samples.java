package dev.conduct.openapi;

import dev.conduct.identity.Clients;
import dev.conduct.openapi.Description.Operation;
import dev.conduct.procedure.PackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Valid calls: the document's examples, with what names something that must exist or be new put in.
final class Samples {

    private static final AtomicInteger COUNT = new AtomicInteger(100);
    private static final String BOUNDARY = "----conduct";

    final Program program;
    private final Program colleague;
    private final Program manager;
    private final Program tester;
    private final Clients.Key client;
    private final String product;
    private final String item;
    private final String other;
    private final String approver;
    private final TestPlanSamples plans;

    /// What the calls are about is made first, and sealed, so that there is something to prove.
    Samples(Function<Set<String>, Program> programs, Set<String> everyRole, Clients.Key client) {
        program = programs.apply(everyRole);
        colleague = programs.apply(everyRole);
        manager = programs.apply(Set.of("project_manager"));
        tester = programs.apply(Set.of("qa"));
        this.client = client;
        product = "D" + COUNT.incrementAndGet();
        program.made("/api/v1/products", Map.of("key", product, "name", "Described"));
        program.made("/api/v1/products/" + product + "/components", Map.of("name", "editor"));
        program.made(
                "/api/v1/products/" + product + "/integration-parts",
                Map.of("name", "payments", "kind", "third_party"));
        plans = new TestPlanSamples(program, product);
        item = bug();
        other = bug();
        program.made(itemPath("/evidence"), Map.of("kind", "local_test", "verdict", "passed"));
        program.made(itemPath("/comments"), Map.of("text", "Hello"));
        program.made(itemPath("/links"), Map.of("kind", "blocks", "other", other));
        approver = "approver" + COUNT.incrementAndGet() + "@example.org";
        program.made("/api/v1/people", Map.of("name", "Ada", "email", approver, "roles", List.of("administrator")));
        Awaitility.await()
                .until(() ->
                        program.send("GET", itemPath("/bundle"), null, null).statusCode() == 200);
    }

    private String bug() {
        var fields = Map.of("severity", "high");
        return program.made(
                        "/api/v1/items",
                        Map.of("type", "bug", "product", product, "title", "It breaks", "fields", fields))
                .get("key")
                .asString();
    }

    String itemPath(String rest) {
        return "/api/v1/items/" + item + rest;
    }

    /// The example of the document; what it names is put in. Null where no JSON is asked for.
    @Nullable
    JsonNode body(Operation operation) {
        if (!operation.takesJson()) {
            return null;
        }
        var body =
                (ObjectNode) operation.body("application/json").get("example").deepCopy();
        switch (operation.id()) {
            case "changeItem" -> body.put("title", "Title " + COUNT.incrementAndGet());
            case "changeItems" -> body.putArray("keys").add(bug());
            case "createItem" -> body.put("product", product);
            case "createTeam", "createOrganisation" -> body.put("name", "Crew " + COUNT.incrementAndGet());
            case "joinTeam" -> body.put("person", approver);
            case "assignOrganisation" -> body.remove("organisation");
            case "grantRole", "grantTeamRole" -> body.remove("product");
            case "createProduct" -> body.put("key", "D" + COUNT.incrementAndGet());
            case "createComponent" -> body.put("name", "component " + COUNT.incrementAndGet());
            case "link" -> body.put("other", bug());
            case "invitePerson" -> body.put("email", "rosa" + COUNT.incrementAndGet() + "@example.org");
            case "adoptProcedure" -> {
                body.set("files", Program.JSON.valueToTree(pack("2027." + COUNT.incrementAndGet())));
                body.put("approved_by", approver);
            }
            case "approveStandard" -> body.put("digest", digest(proposed()));
            case "proposeStandard" -> body.remove("product");
            case "recordTraining" -> body.put("person", approver);
            default -> plans.complete(operation.id(), body);
        }
        return body;
    }

    /// What is so already would be no change.
    void beforeChange(Operation operation) {
        switch (operation.id()) {
            case "watch", "addWatcher" -> program.send("DELETE", itemPath("/watchers/me"), null, null);
            case "unwatch" -> program.send("PUT", itemPath("/watchers/me"), null, null);
            default -> {
                // every call of it is one
            }
        }
    }

    HttpResponse<String> call(Operation operation, @Nullable JsonNode body, String... headers) {
        return callAs(program, operation, body, headers);
    }

    HttpResponse<String> callAs(Program caller, Operation operation, @Nullable JsonNode body, String... headers) {
        return send(caller, operation, path(operation, false), body, headers);
    }

    /// One request to be sent again and again; of an upload, the boundary between the parts is another each time.
    Supplier<HttpResponse<String>> repeatable(Operation operation, String... headers) {
        var path = path(operation, false);
        var body = body(operation);
        var upload = upload();
        var report = report();
        return () -> {
            var boundary = BOUNDARY + COUNT.incrementAndGet();
            return send(
                    program,
                    operation,
                    path,
                    body,
                    new Upload(boundary, upload.replace(BOUNDARY, boundary), report),
                    headers);
        };
    }

    /// With names that nothing bears.
    HttpResponse<String> callNowhere(Operation operation) {
        return send(program, operation, path(operation, true), body(operation));
    }

    private record Upload(String boundary, String parts, String report) {}

    private HttpResponse<String> send(
            Program caller, Operation operation, String path, @Nullable JsonNode body, String... headers) {
        return send(caller, operation, path, body, new Upload(BOUNDARY, upload(), report()), headers);
    }

    private HttpResponse<String> send(
            Program caller,
            Operation operation,
            String path,
            @Nullable JsonNode body,
            Upload upload,
            String... headers) {
        if (!operation.body("multipart/form-data").isMissingNode()) {
            return caller.send(
                    operation.method(),
                    path,
                    "multipart/form-data; boundary=" + upload.boundary(),
                    upload.parts(),
                    headers);
        }
        if (!operation.body("application/octet-stream").isMissingNode()) {
            return caller.send(operation.method(), path, "application/octet-stream", upload.report(), headers);
        }
        if (!operation.body("application/x-www-form-urlencoded").isMissingNode()) {
            return caller.send(
                    operation.method(),
                    path,
                    "application/x-www-form-urlencoded",
                    (operation.id().equals("getToken") ? "grant_type=client_credentials" : "token=" + token())
                            + "&client_id=" + client.clientId() + "&client_secret=" + client.clientSecret(),
                    headers);
        }
        return caller.send(
                operation.method(),
                path,
                body == null ? null : "application/json",
                body == null ? null : body.toString(),
                headers);
    }

    /// One of the client's own, fresh, since a call may use it up.
    private String token() {
        var form = "grant_type=client_credentials&client_id=" + client.clientId() + "&client_secret="
                + client.clientSecret();
        return Program.JSON
                .readTree(program.send("POST", "/oauth2/token", "application/x-www-form-urlencoded", form)
                        .body())
                .get("access_token")
                .asString();
    }

    private String path(Operation operation, boolean nowhere) {
        var path = operation.path();
        var names = nowhere
                ? Map.ofEntries(
                        Map.entry("key", nobody(path)),
                        Map.entry("id", UUID.randomUUID().toString()),
                        Map.entry("file", UUID.randomUUID().toString()),
                        Map.entry("person", "person:" + UUID.randomUUID()),
                        Map.entry("version", "NONE"),
                        Map.entry("field", "severity"),
                        Map.entry("check", "none"),
                        Map.entry("mock", "none"),
                        Map.entry("run", UUID.randomUUID().toString()),
                        Map.entry("number", "1"),
                        Map.entry("feedback", UUID.randomUUID().toString()))
                : names(operation);
        var query = new StringBuilder();
        for (var parameter : operation.parameters()) {
            var name = parameter.get("name").asString();
            if (parameter.get("in").asString().equals("path")) {
                path = path.replace(
                        "{" + name + "}",
                        Objects.requireNonNull(
                                names.get(name), () -> "Say here which " + name + " there is for " + operation.name()));
            } else if (parameter.get("in").asString().equals("query")
                    && parameter.path("required").asBoolean(false)) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value(operation, parameter), StandardCharsets.UTF_8));
            }
        }
        return path + query;
    }

    /// What the path names, made when the call uses it up.
    private Map<String, String> names(Operation operation) {
        return switch (operation.id()) {
            case "askForOverride" -> Map.of("key", inFix());
            case "getTestBreak" -> Map.of("key", product, "id", tested());
            case "linkTest" -> Map.of("key", bug(), "id", tested());
            case "unlinkTest" -> {
                var bug = bug();
                var test = tested();
                program.send("PUT", "/api/v1/items/" + bug + "/tests/" + test, null, null);
                yield Map.of("key", bug, "id", test);
            }
            case "getStandard", "proposeStandardVersion", "approveStandard" -> Map.of("id", proposed());
            case "recordTraining", "retireStandard", "listReadersOfStandard" -> Map.of("id", standardInForce());
            case "moveItem" -> Map.of("key", bug());
            case "approveOverride", "declineOverride" -> {
                var bug = inFix();
                yield Map.of("key", bug, "id", asked(bug));
            }
            case "getAttachment" -> Map.of("key", item, "id", attached());
            case "reword", "unsay" -> Map.of("key", item, "id", said());
            case "showProduct" -> Map.of("key", anotherProduct());
            case "changeComponent" -> Map.of("key", productWithEditor());
            case "restrictItem" -> Map.of("key", bug());
            case "openItem" -> Map.of("key", restricted());
            case "listRolesOfPerson", "assignOrganisation", "grantRole" -> Map.of("id", person(Set.of("qa")));
            case "revokeRole" -> Map.of("id", person(Set.of("qa", "auditor")));
            case "askErasure" -> Map.of("id", person(Set.of("qa")));
            case "withdrawErasure", "approveErasure" -> Map.of("id", toBeErased());
            case "joinTeam", "grantTeamRole" -> Map.of("id", team());
            case "leaveTeam" -> {
                var team = team();
                var person = person(Set.of("qa"));
                program.json("POST", "/api/v1/teams/" + team + "/members", Map.of("person", person));
                yield Map.of("id", team, "person", person);
            }
            case "revokeTeamRole" -> {
                var team = team();
                program.json("POST", "/api/v1/teams/" + team + "/roles", Map.of("role", "auditor"));
                yield Map.of("id", team);
            }
            case "settleDuty" -> Map.of("id", owed());
            case "getReport", "attachToReport", "listAttachmentsOfReport" -> Map.of("id", reported());
            case "getAttachmentOfReport" -> {
                var report = reported();
                yield Map.of("id", report, "file", attachedTo(report));
            }
            case "writeCheck" -> Map.of("key", product, "check", "written-" + COUNT.incrementAndGet());
            case "getCheck", "retireCheck", "listCheckRuns", "runCheck" -> Map.of("key", product, "check", check());
            case "writeMock" -> Map.of("key", product, "mock", "written-" + COUNT.incrementAndGet());
            case "getMock", "retireMock", "resetMock", "listMockRequests" -> Map.of("key", product, "mock", mock());
            case "getCheckRun" -> {
                var check = check();
                var runs = "/api/v1/products/" + product + "/checks/" + check + "/runs";
                var run = program.made(runs, Map.of()).get("id").asString();
                yield Map.of("key", product, "check", check, "run", run);
            }
            default -> {
                var named = plans.names(operation.id());
                yield named != null
                        ? named
                        : Map.of(
                                "key",
                                operation.path().startsWith("/api/v1/products/") ? product : item,
                                "version",
                                inForce(),
                                "field",
                                "severity");
            }
        };
    }

    private String proposed() {
        return colleague
                .made("/api/v1/standards", Map.of("title", "Written", "body", "So.", "roles", List.of("auditor")))
                .get("id")
                .asString();
    }

    private String standardInForce() {
        var id = proposed();
        program.json("POST", "/api/v1/standards/" + id + "/approval", Map.of("digest", digest(id)));
        return id;
    }

    /// The same for every one that is proposed here.
    private String digest(String standard) {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/standards/" + standard, null, null)
                        .body())
                .get("proposed_digest")
                .asString();
    }

    /// A test that a report told of, by the digest of its suite and its name.
    private String tested() {
        var name = "links" + COUNT.incrementAndGet();
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

    private String said() {
        return program.made(itemPath("/comments"), Map.of("text", "Hello, number " + COUNT.incrementAndGet()))
                .get("id")
                .asString();
    }

    private String check() {
        var name = "check-" + COUNT.incrementAndGet();
        program.json(
                "PUT",
                "/api/v1/products/" + product + "/checks/" + name,
                Map.of("definition", "title: Known\nenvironment: here\nsteps:\n  - dns: localhost\n"));
        return name;
    }

    private String mock() {
        var name = "mock-" + COUNT.incrementAndGet();
        program.json(
                "PUT",
                "/api/v1/products/" + product + "/mocks/" + name,
                Map.of("external", "payments", "mappings", Map.of("response", Map.of("status", 200))));
        return name;
    }

    private String productWithEditor() {
        var key = anotherProduct();
        program.made("/api/v1/products/" + key + "/components", Map.of("name", "editor"));
        return key;
    }

    private String anotherProduct() {
        var key = "D" + COUNT.incrementAndGet();
        program.made("/api/v1/products", Map.of("key", key, "name", "Described"));
        return key;
    }

    private String restricted() {
        var bug = bug();
        program.json("PUT", "/api/v1/items/" + bug + "/readers", Map.of("readers", List.of("role:qa")));
        return bug;
    }

    private String person(Set<String> roles) {
        var email = "rosa" + COUNT.incrementAndGet() + "@example.org";
        return program.made("/api/v1/people", Map.of("name", "Rosa", "email", email, "roles", roles))
                .get("id")
                .asString();
    }

    private String toBeErased() {
        var person = person(Set.of("qa"));
        var _ = colleague.send("POST", "/api/v1/people/" + person + "/erasure", null, null);
        return person;
    }

    private String team() {
        return program.made("/api/v1/teams", Map.of("name", "Crew " + COUNT.incrementAndGet()))
                .get("id")
                .asString();
    }

    private static String nobody(String path) {
        return path.startsWith("/api/v1/products/") ? "NONE" : "NONE-99999";
    }

    private String inFix() {
        var bug = bug();
        move(bug, program, "log", Map.of("kind", "functional", "component", "editor", "expected", "a", "actual", "b"));
        move(bug, manager, "assess", Map.of("severity", "high"));
        move(bug, tester, "assess", Map.of("impact", "Everybody"));
        move(bug, manager, "triage", Map.of("priority", "high"));
        move(bug, program, "assign", Map.of("assignee", "me"));
        move(bug, program, "start_fix", Map.of());
        return bug;
    }

    private static void move(String bug, Program by, String transition, Map<String, String> fields) {
        by.made("/api/v1/items/" + bug + "/transitions", Map.of("transition", transition, "fields", fields));
    }

    private String asked(String bug) {
        var reason = "The test machine is down and payments stand still.";
        return colleague
                .made(
                        "/api/v1/items/" + bug + "/overrides",
                        Map.of("transition", "submit_fix", "gate", "tested_locally", "reason", reason))
                .get("id")
                .asString();
    }

    private String owed() {
        var bug = inFix();
        var id = asked(bug);
        program.made("/api/v1/items/" + bug + "/overrides/" + id + "/approval", Map.of());
        move(bug, program, "submit_fix", Map.of("fix_commit", "a1b2c3d4", "root_cause", "Off by one"));
        program.made(
                "/api/v1/items/" + bug + "/evidence",
                Map.of("kind", "local_test", "verdict", "passed", "commit", "a1b2c3d4"));
        return id;
    }

    private String value(Operation operation, JsonNode parameter) {
        var name = parameter.get("name").asString();
        return switch (operation.id() + " " + name) {
            case "compareVersions from", "compareVersions to" -> inForce();
            case "importHistory product", "sendReport product" -> product;
            default -> example(operation, parameter);
        };
    }

    private static String example(Operation operation, JsonNode parameter) {
        var example = parameter.has("example")
                ? parameter.get("example")
                : parameter.path("schema").path("example");
        if (example.isMissingNode()) {
            throw new AssertionError(operation.name() + " has no example for " + parameter.get("name"));
        }
        return example.asString();
    }

    private String inForce() {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/procedure", null, null).body())
                .get("version")
                .asString();
    }

    private static Map<String, String> pack(String version) {
        return PackFiles.standard().files().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        it -> new String(it.getValue(), StandardCharsets.UTF_8)
                                .replace("version: \"2026.11\"", "version: \"" + version + "\"")));
    }

    private String attached() {
        var type = "multipart/form-data; boundary=" + BOUNDARY;
        var made = program.send("POST", itemPath("/attachments"), type, upload());
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    private String reported() {
        var path = "/api/v1/reports?commit=a1b2c3d4&product=" + product;
        var made = program.send("POST", path, "application/octet-stream", report());
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    private String attachedTo(String report) {
        var path = "/api/v1/reports/" + report + "/attachments?name=editor.log";
        var made = program.send("POST", path, "application/octet-stream", "saved");
        return Program.JSON.readTree(made.body()).get("id").asString();
    }

    private static String report() {
        return "<testsuite><testcase name=\"the editor saves " + COUNT.incrementAndGet() + "\"/></testsuite>";
    }

    private static String upload() {
        try {
            return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"jira.json\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n"
                    + Files.readString(Path.of("src/test/resources/importer/jira-search.json"))
                            .replace("PAY-", "PAY" + COUNT.incrementAndGet() + "-")
                    + "\r\n--" + BOUNDARY + "--\r\n";
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
