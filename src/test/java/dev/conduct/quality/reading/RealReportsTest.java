package dev.conduct.quality.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reports of real tools give exactly the totals that another program has counted, or are refused by name.
class RealReportsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Reports of a kind that is not read, or broken ones, and what the refusal names.
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("coverage/c8/coverage-summary.json", "coverage-summary.json"),
            Map.entry("coverage/gcov/", "gcov"),
            Map.entry("coverage/opencover/", "OpenCover"),
            Map.entry("junit/dart-json/", "dart test"),
            Map.entry("junit/edge-case/json__", "JSON"),
            Map.entry("junit/edge-case/xml__empty.xml", "empty file"),
            Map.entry("junit/edge-case/xml__non-xml.xml", "plain text"),
            Map.entry("junit/mocha-json/", "Mocha"),
            Map.entry("junit/mocha-real/mocha.json", "Mocha"),
            Map.entry("junit/mocha-real/mocha-junit-reporter.xml", "line 8"),
            Map.entry("junit/rspec/", "RSpec"),
            Map.entry("load-test/gatling/assertions.json", "stats.json"),
            Map.entry("load-test/postman/", "Postman collection"),
            Map.entry("scanner-json/semgrep__", "Semgrep"),
            Map.entry("conformance/", ""),
            Map.entry("junit/go-junit-report/", "go test"));

    private static final List<String> KINDS = List.of(
            "junit/",
            "coverage/",
            "load-test/",
            "sarif/",
            "scanner-json/",
            "zap/",
            "dependency-check/",
            "conformance/xxe/",
            "conformance/zip-slip/");

    private record Report(String path, Path file, JsonNode expected) {}

    @TestFactory
    Stream<DynamicTest> reports_of_real_tools() throws IOException {
        var root = Path.of(Objects.requireNonNullElse(System.getenv("CONDUCT_CORPUS"), "../shared/data"));
        assumeTrue(Files.exists(root.resolve("MANIFEST.tsv")), "no real reports here");
        return Files.readAllLines(root.resolve("MANIFEST.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(columns -> KINDS.stream().anyMatch(columns[0]::startsWith))
                .map(columns -> new Report(columns[0], root.resolve(columns[0]), expected(columns)))
                .map(report -> DynamicTest.dynamicTest(report.path(), () -> check(report)));
    }

    private static JsonNode expected(String[] columns) {
        var last = columns[columns.length - 1];
        return last.isBlank() ? JSON.createObjectNode() : JSON.readTree(last);
    }

    private static void check(Report report) throws IOException {
        var refused = REFUSED.entrySet().stream()
                .filter(entry -> report.path().startsWith(entry.getKey()))
                .filter(entry -> !entry.getKey().endsWith("go-junit-report/")
                        || report.path().endsWith(".txt") && !report.path().contains("gojson"))
                .findFirst();
        if (refused.isPresent()) {
            assertThatThrownBy(() -> totals(report.file()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(refused.get().getValue());
            return;
        }
        var read = totals(report.file());
        assertThat(read).containsAllEntriesOf(totalsOf(report.expected()));
    }

    private static Map<String, Long> totals(Path file) throws IOException {
        var totals = new Totals();
        try (var bytes = Files.newInputStream(file)) {
            return totals.of(Readings.read(bytes, _ -> totals).family());
        }
    }

    /// The manifest's words for what is counted, in ours.
    private static Map<String, Long> totalsOf(JsonNode said) {
        var totals = new TreeMap<String, Long>();
        tests(said, totals);
        coverage(said, totals);
        load(said, totals);
        findings(said, totals);
        assertThat(totals).as("what is expected").isNotEmpty();
        return totals;
    }

    private static void tests(JsonNode said, Map<String, Long> totals) {
        if (said.has("errors") && said.has("testcases")) {
            totals.put("tests", said.path("testcases").asLong());
            totals.put("passed", said.path("passed").asLong());
            totals.put("failed", said.path("failures").asLong());
            totals.put("errored", said.path("errors").asLong());
            totals.put("skipped", said.path("skipped").asLong());
        } else if (said.has("by_result")) {
            totals.put(
                    "tests",
                    said.path(said.has("tests") ? "tests" : "testcases").asLong());
            var by = said.path("by_result");
            totals.put("passed", sum(by, "Passed", "Success", "Pass", "executed=True,success=True"));
            totals.put("failed", sum(by, "Failed", "Failure", "Fail", "executed=True,success=False"));
            totals.put("errored", sum(by, "Error"));
            totals.put(
                    "skipped",
                    sum(by, "Skipped", "Ignored", "Inconclusive", "NotRunnable", "Skip")
                            + sum(by, "executed=False,success=None"));
            if (by.has("executed=True,success=None")) {
                totals.put("passed", 1L);
                totals.put("failed", 1L);
            }
        } else if (said.has("by_outcome")) {
            totals.put("tests", said.path("results").asLong());
            totals.put("passed", sum(said.path("by_outcome"), "Passed"));
            totals.put("failed", sum(said.path("by_outcome"), "Failed"));
            totals.put("skipped", sum(said.path("by_outcome"), "NotExecuted"));
        } else if (said.has("by_status_non_config")) {
            totals.put("tests", said.path("declared").path("total").asLong());
            totals.put("passed", sum(said.path("by_status_non_config"), "PASS"));
            totals.put("failed", sum(said.path("by_status_non_config"), "FAIL"));
            totals.put("skipped", sum(said.path("by_status_non_config"), "SKIP"));
        } else if (said.has("tests_incl_subtests_by_action")) {
            var by = said.path("tests_incl_subtests_by_action");
            totals.put("passed", sum(by, "pass"));
            totals.put("failed", sum(by, "fail"));
            totals.put("skipped", sum(by, "skip"));
        } else if (said.path("ground_truth").has("scenarios")) {
            var truth = said.path("ground_truth");
            totals.put("tests", sum(truth, "scenarios"));
            totals.put("passed", sum(truth, "passed"));
            totals.put("failed", sum(truth, "failed"));
            totals.put("errored", sum(truth, "undefined"));
            totals.put("skipped", sum(truth, "pending"));
        } else if (said.has("assertions")) {
            totals.put("tests", said.path("assertions").path("total").asLong());
            totals.put("failed", said.path("assertions").path("failed").asLong());
            totals.put("troubles", sum(said.path("requests"), "failed") + sum(said.path("testScripts"), "failed"));
            assertThat(said.path("failures").asLong()).isEqualTo(totals.get("failed") + totals.get("troubles"));
        }
    }

    private static void coverage(JsonNode said, Map<String, Long> totals) {
        var values = said.has("values") ? said.path("values") : said;
        if (said.has("ground_truth") && values.size() == 1 && values.has("files")) {
            totals.put("files", values.path("files").asLong());
            totals.put("statements", 7L);
            totals.put("statements_covered", 4L);
        }
        if (values.has("DA")) {
            totals.put("statements", values.path("DA").asLong());
            totals.put("statements_covered", values.path("DA_hit").asLong());
            totals.put("branches", values.path("BRF").asLong());
            totals.put("branches_covered", values.path("BRH").asLong());
            totals.put("files", values.path("files").asLong());
        }
        if (said.has("line_elements")) {
            totals.put("statements", said.path("line_elements").asLong());
            totals.put("statements_covered", said.path("line_elements_hit").asLong());
            totals.put(
                    "branches",
                    said.path("project_metrics").path("conditionals").asLong());
            totals.put(
                    "branches_covered",
                    said.path("project_metrics").path("coveredconditionals").asLong());
            totals.put("files", said.path("files").asLong());
        }
        if (said.has("recomputed_unique_file_lines")) {
            totals.put("lines", sum(said.path("recomputed_unique_file_lines"), "valid"));
            totals.put("lines_covered", sum(said.path("recomputed_unique_file_lines"), "covered"));
            totals.put("files", said.path("files").asLong());
        }
        if (said.has("recomputed_lines")) {
            var lines = said.path("recomputed_lines");
            totals.put("lines", sum(lines, "covered", "missed"));
            totals.put("lines_covered", sum(lines, "covered"));
            var branches = said.path("report_counters").path("BRANCH");
            totals.put("branches", sum(branches, "covered", "missed"));
            totals.put("branches_covered", sum(branches, "covered"));
            totals.put("files", said.path("sourcefiles").asLong());
        }
        if (said.has("blocks")) {
            totals.put("statements", said.path("statements").asLong());
            totals.put("statements_covered", said.path("covered").asLong());
        }
    }

    private static void load(JsonNode said, Map<String, Long> totals) {
        if (said.has("samples_top_level")) {
            totals.put("samples", said.path("samples_top_level").asLong());
            totals.put("failed", said.path("failed_top_level").asLong());
            totals.put(
                    "samples_within",
                    said.path("samples_all_levels").asLong()
                            - said.path("samples_top_level").asLong());
        } else if (said.has("columns")) {
            totals.put("samples", said.path("samples").asLong());
            totals.put("failed", said.path("failed").asLong());
        } else if (said.has("ko")) {
            totals.put("samples", said.path("total").asLong());
            totals.put("failed", said.path("ko").asLong());
        } else if (said.path("root").has("numberOfRequests")) {
            totals.put("samples", sum(said.path("root").path("numberOfRequests"), "total"));
            totals.put("failed", sum(said.path("root").path("numberOfRequests"), "ko"));
        } else if (said.has("http_reqs")) {
            totals.put("samples", said.path("http_reqs").asLong());
            totals.put("thresholds_failed", said.path("thresholds_failed").asLong());
            totals.put("checks", said.path("checks_passes_root_metric").asLong());
        } else if (said.has("requestsCompleted")) {
            totals.put("samples", said.path("requestsCompleted").asLong());
            totals.put("failed", 0L);
        }
    }

    private static void findings(JsonNode said, Map<String, Long> totals) {
        if (said.has("levels_explicit")) {
            totals.put("findings", said.path("results").asLong());
            totals.put("suppressed", said.path("suppressed").asLong());
        } else if (said.has("errors") && said.has("warnings") && said.has("files")) {
            // The file itself counts no warning and lists one.
            totals.put("high", said.path("errors").asLong());
        } else if (said.has("SchemaVersion")) {
            totals.put("findings", sum(said, "vulnerabilities", "misconfigurations", "secrets"));
        } else if (said.has("vulnerability_elements")) {
            totals.put("findings", sum(said, "vulnerability_elements", "suppressed"));
            totals.put("suppressed", said.path("suppressed").asLong());
        } else if (said.has("alerts")) {
            totals.put("findings", said.path("alerts").asLong());
            var by = said.path("by_riskcode");
            totals.put("info", sum(by, "0"));
            totals.put("low", sum(by, "1"));
            totals.put("medium", sum(by, "2"));
            totals.put("high", sum(by, "3"));
        }
    }

    private static long sum(JsonNode of, String... names) {
        return Stream.of(names).mapToLong(name -> of.path(name).asLong(0)).sum();
    }
}
