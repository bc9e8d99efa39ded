package dev.conduct.openapi;

import dev.conduct.identity.Clients;
import dev.conduct.openapi.Description.Operation;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Valid calls: the document's examples, with what names something that must exist or be new put in.
final class Samples {

    private static final String BOUNDARY = Made.BOUNDARY;

    final Program program;
    private final Clients.Key client;
    private final Made made;
    private final String product;
    private final String item;
    private final String approver;
    private final TestPlanSamples plans;

    /// What the calls are about is made first, and sealed, so that there is something to prove.
    Samples(Function<Set<String>, Program> programs, Set<String> everyRole, Clients.Key client) {
        this.client = client;
        made = new Made(programs, everyRole);
        program = made.program;
        product = made.product;
        item = made.item;
        approver = made.approver;
        plans = new TestPlanSamples(program, product);
        Awaitility.await()
                .until(() ->
                        program.send("GET", itemPath("/bundle"), null, null).statusCode() == 200);
    }

    String itemPath(String rest) {
        return made.itemPath(rest);
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
            case "changeItem" -> body.put("title", "Title " + Made.next());
            case "changeItems" -> body.putArray("keys").add(made.bug());
            case "createItem" -> body.put("product", product);
            case "createTeam", "createOrganisation" -> body.put("name", "Crew " + Made.next());
            case "joinTeam" -> body.put("person", approver);
            case "assignOrganisation" -> body.remove("organisation");
            case "grantRole", "grantTeamRole" -> body.remove("product");
            case "createView" -> body.put("title", made.newView());
            case "createProduct" -> body.put("key", "D" + Made.next());
            case "createComponent" -> body.put("name", "component " + Made.next());
            case "link" -> body.put("other", made.bug());
            case "invitePerson" -> body.put("email", "rosa" + Made.next() + "@example.org");
            case "adoptProcedure" -> {
                body.set("files", Program.JSON.valueToTree(Made.pack("2027." + Made.next())));
                body.put("approved_by", approver);
            }
            case "approveStandard" -> body.put("digest", made.digest(made.proposed()));
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
        var upload = Made.upload();
        var report = Made.report();
        return () -> {
            var boundary = BOUNDARY + Made.next();
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
        return send(caller, operation, path, body, new Upload(BOUNDARY, Made.upload(), Made.report()), headers);
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
            case "askForOverride" -> Map.of("key", made.inFix());
            case "changeView", "removeView" -> Map.of("id", made.view());
            case "getTestBreak" -> Map.of("key", product, "id", made.tested());
            case "linkTest" -> Map.of("key", made.bug(), "id", made.tested());
            case "unlinkTest" -> {
                var bug = made.bug();
                var test = made.tested();
                program.send("PUT", "/api/v1/items/" + bug + "/tests/" + test, null, null);
                yield Map.of("key", bug, "id", test);
            }
            case "getStandard", "proposeStandardVersion", "approveStandard" -> Map.of("id", made.proposed());
            case "recordTraining", "retireStandard", "listReadersOfStandard" -> Map.of("id", made.standardInForce());
            case "moveItem" -> Map.of("key", made.bug());
            case "approveOverride", "declineOverride" -> {
                var bug = made.inFix();
                yield Map.of("key", bug, "id", made.asked(bug));
            }
            case "getAttachment" -> Map.of("key", item, "id", made.attached());
            case "reword", "unsay" -> Map.of("key", item, "id", made.said());
            case "showProduct" -> Map.of("key", made.anotherProduct());
            case "changeComponent" -> Map.of("key", made.productWithEditor());
            case "restrictItem" -> Map.of("key", made.bug());
            case "openItem" -> Map.of("key", made.restricted());
            case "listRolesOfPerson", "assignOrganisation", "grantRole" -> Map.of("id", made.person(Set.of("qa")));
            case "revokeRole" -> Map.of("id", made.person(Set.of("qa", "auditor")));
            case "askErasure" -> Map.of("id", made.person(Set.of("qa")));
            case "withdrawErasure", "approveErasure" -> Map.of("id", made.toBeErased());
            case "joinTeam", "grantTeamRole" -> Map.of("id", made.team());
            case "leaveTeam" -> {
                var team = made.team();
                var person = made.person(Set.of("qa"));
                program.json("POST", "/api/v1/teams/" + team + "/members", Map.of("person", person));
                yield Map.of("id", team, "person", person);
            }
            case "revokeTeamRole" -> {
                var team = made.team();
                program.json("POST", "/api/v1/teams/" + team + "/roles", Map.of("role", "auditor"));
                yield Map.of("id", team);
            }
            case "settleDuty" -> Map.of("id", made.owed());
            case "getReport", "attachToReport", "listAttachmentsOfReport" -> Map.of("id", made.reported());
            case "getAttachmentOfReport" -> {
                var report = made.reported();
                yield Map.of("id", report, "file", made.attachedTo(report));
            }
            case "writeCheck" -> Map.of("key", product, "check", "written-" + Made.next());
            case "getCheck", "retireCheck", "listCheckRuns", "runCheck" ->
                Map.of("key", product, "check", made.check());
            case "writeMock" -> Map.of("key", product, "mock", "written-" + Made.next());
            case "getMock", "retireMock", "resetMock", "listMockRequests" ->
                Map.of("key", product, "mock", made.mock());
            case "getCheckRun" -> {
                var check = made.check();
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
                                made.inForce(),
                                "field",
                                "severity");
            }
        };
    }

    private static String nobody(String path) {
        return path.startsWith("/api/v1/products/") ? "NONE" : "NONE-99999";
    }

    private String value(Operation operation, JsonNode parameter) {
        var name = parameter.get("name").asString();
        return switch (operation.id() + " " + name) {
            case "compareVersions from", "compareVersions to" -> made.inForce();
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
}
