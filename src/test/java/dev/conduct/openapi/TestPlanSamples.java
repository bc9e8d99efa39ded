package dev.conduct.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What calls about test plans name, made when a call uses it up.
final class TestPlanSamples {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Program program;
    private final String product;

    TestPlanSamples(Program program, String product) {
        this.program = program;
        this.product = product;
    }

    void complete(String operation, ObjectNode body) {
        switch (operation) {
            case "createIntegrationPart", "changeIntegrationPart" -> body.put("name", name());
            case "createIntegrationPoint", "changeIntegrationPoint" ->
                body.put("from", part()).put("to", part());
            case "inviteToAcceptance" -> body.put("person", me());
            case "createTestCase", "changeTestCase" -> {
                body.remove("point");
                body.put("title", name()).put("reference", name()).put("automation", "");
            }
            default -> {
                // the example is complete
            }
        }
    }

    @Nullable
    Map<String, String> names(String operation) {
        return switch (operation) {
            case "changeIntegrationPart" -> Map.of("id", part());
            case "changeIntegrationPoint" -> Map.of("id", point());
            case "getTestPlan",
                    "changeTestPlan",
                    "listTestCases",
                    "createTestCase",
                    "startTestRun",
                    "importTestCases" -> Map.of("id", planWithCase());
            case "getTestCase", "changeTestCase", "listTestCaseVersions", "retireTestCase" ->
                Map.of("key", written(plan()));
            case "getTestRun", "listTestRunCases", "endTestRun" -> Map.of("id", run());
            case "getTestRunCase", "judgeTestRunCase", "reportTestRunDefect" -> {
                var run = run();
                yield Map.of("id", run, "number", number(run));
            }
            case "getAcceptanceSession", "inviteToAcceptance", "closeAcceptance" -> Map.of("id", acceptance());
            case "listAcceptanceFeedback", "sayInAcceptance" -> Map.of("id", asked());
            case "decideAcceptanceFeedback" -> {
                var session = asked();
                yield Map.of(
                        "id",
                        session,
                        "feedback",
                        made("/acceptance-sessions/" + session + "/feedback", Map.of("text", "Hm")));
            }
            case "takeTestRunResults" -> {
                var run = run();
                report();
                yield Map.of("id", run);
            }
            default -> null;
        };
    }

    private static String name() {
        return "sample " + COUNT.incrementAndGet();
    }

    private String made(String path, Object body) {
        return program.made("/api/v1" + path, body).get("id").asString();
    }

    private String part() {
        return made("/products/" + product + "/integration-parts", Map.of("name", name(), "kind", "service"));
    }

    private String point() {
        return made(
                "/products/" + product + "/integration-points",
                Map.of("from", part(), "to", part(), "name", name(), "kind", "call", "criticality", "high"));
    }

    private String plan() {
        return made("/products/" + product + "/test-plans", Map.of("title", name()));
    }

    private String planWithCase() {
        var plan = plan();
        written(plan);
        return plan;
    }

    private String written(String plan) {
        return program.made(
                        "/api/v1/test-plans/" + plan + "/cases",
                        Map.of(
                                "title",
                                name(),
                                "automation",
                                "sample.Test#runs" + COUNT.get(),
                                "steps",
                                List.of(Map.of("action", "Do it", "expected", "Done"))))
                .get("key")
                .asString();
    }

    private String run() {
        var plan = planWithCase();
        return made("/test-plans/" + plan + "/runs", Map.of("commit", "a1b2c3d4"));
    }

    private String acceptance() {
        return made(
                "/products/" + product + "/acceptance-sessions",
                Map.of("title", name(), "commit", "a1b2c3d4", "build", "1742", "criteria", List.of("It works")));
    }

    private String asked() {
        var session = acceptance();
        program.json("POST", "/api/v1/acceptance-sessions/" + session + "/invitations", Map.of("person", me()));
        return session;
    }

    private String me() {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/me", null, null).body())
                .get("id")
                .asString();
    }

    private String number(String run) {
        return Program.JSON
                .readTree(program.send("GET", "/api/v1/test-runs/" + run + "/cases", null, null)
                        .body())
                .get("items")
                .get(0)
                .get("number")
                .asString();
    }

    private void report() {
        var _ = program.send(
                "POST",
                "/api/v1/reports?commit=a1b2c3d4&product=" + product,
                "application/octet-stream",
                "<testsuite><testcase classname=\"sample.Test\" name=\"runs" + COUNT.get() + "\"/></testsuite>");
    }
}
