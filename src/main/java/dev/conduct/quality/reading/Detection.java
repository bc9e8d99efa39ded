package dev.conduct.quality.reading;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import tools.jackson.core.JacksonException;

/// Tells the kind of a report by how it begins, never by its name.
final class Detection {

    /// So much of the beginning is looked at.
    static final int WINDOW = 1 << 16;

    private static final Map<String, String> OTHER_XML = Map.ofEntries(
            Map.entry("CoverageSession", "an OpenCover coverage report"),
            Map.entry("issues", "an Android Lint or Detekt report"),
            Map.entry("bom", "a CycloneDX bill of materials"),
            Map.entry("html", "an HTML page"),
            Map.entry("svg", "an SVG picture"),
            Map.entry("project", "a Maven or Ant project file"),
            Map.entry("rss", "a news feed"),
            Map.entry("NessusClientData_v2", "a Nessus scan"));

    private Detection() {}

    static ReportKind of(byte[] head) {
        var start = 0;
        while (start < head.length && ignorable(head[start])) {
            start++;
        }
        if (start == head.length) {
            throw Refusal.unknown("an empty file");
        }
        return switch (head[start]) {
            case '<' -> xml(head);
            case '{', '[' -> json(head);
            default -> text(head, start);
        };
    }

    /// White space, byte order marks, and the empty halves of UTF-16.
    private static boolean ignorable(byte letter) {
        return letter == 0
                || Character.isWhitespace(letter)
                || letter <= (byte) 0xBF && letter >= (byte) 0xBB
                || letter == (byte) 0xEF
                || letter == (byte) 0xFE
                || letter == (byte) 0xFF;
    }

    private static ReportKind xml(byte[] head) {
        try {
            var xml = Xml.of(new ByteArrayInputStream(head));
            return switch (xml.name()) {
                case "testsuites", "testsuite" -> ReportKind.JUNIT;
                case "testng-results" -> ReportKind.TESTNG;
                case "test-run", "test-results" -> ReportKind.NUNIT;
                case "assemblies", "assembly" -> ReportKind.XUNIT_NET;
                case "TestRun" -> ReportKind.TRX;
                case "report" -> report(xml);
                case "coverage" -> coverage(xml);
                case "testResults" -> ReportKind.JMETER_XML;
                case "OWASPZAPReport" -> ReportKind.ZAP;
                case "analysis" -> ReportKind.DEPENDENCY_CHECK;
                case "checkstyle" -> ReportKind.CHECKSTYLE;
                case "pmd" -> ReportKind.PMD;
                case "pmd-cpd" -> ReportKind.CPD;
                case "BugCollection" -> ReportKind.SPOTBUGS;
                case "JDepend" -> ReportKind.JDEPEND;
                default ->
                    throw Refusal.unknown(OTHER_XML.getOrDefault(
                            xml.name(), "XML with the root element <" + Text.bounded(xml.name(), 60) + ">"));
            };
        } catch (XMLStreamException | RuntimeException broken) {
            throw Readings.told(broken);
        }
    }

    private static ReportKind report(Xml xml) {
        if (xml.has("name") && !xml.has("id")) {
            return ReportKind.JACOCO;
        }
        throw Refusal.unknown("an XML report of a tool nobody here knows");
    }

    private static ReportKind coverage(Xml xml) {
        if (xml.has("clover") || xml.has("generated") && !xml.has("line-rate")) {
            return ReportKind.CLOVER;
        }
        if (xml.has("line-rate") || xml.has("lines-valid") || xml.has("branch-rate")) {
            return ReportKind.COBERTURA;
        }
        throw Refusal.unknown(
                xml.has("version") ? "SonarQube's generic coverage" : "a coverage report of a tool nobody here knows");
    }

    private static ReportKind json(byte[] head) {
        var seen = outline(head);
        if (seen.contains("runs") && (seen.contains("version") || seen.contains("$schema"))) {
            return ReportKind.SARIF;
        }
        if (seen.contains("SchemaVersion") || seen.contains("ArtifactName")) {
            return ReportKind.TRIVY;
        }
        if (seen.contains("collection") && (seen.contains("run") || seen.contains("collection.item"))) {
            return ReportKind.NEWMAN;
        }
        if (seen.contains("metrics") && (seen.contains("root_group") || seen.contains("metrics.iterations"))) {
            return ReportKind.K6;
        }
        if (seen.contains("aggregate.counters") || seen.contains("aggregate.codes")) {
            return ReportKind.ARTILLERY;
        }
        if (seen.contains("stats.numberOfRequests") || seen.contains("numberOfRequests.total")) {
            return ReportKind.GATLING;
        }
        if (seen.contains("Action") && (seen.contains("Package") || seen.contains("Time"))) {
            return ReportKind.GO_TEST;
        }
        if (seen.contains("[].filePath") && seen.contains("[].messages")) {
            return ReportKind.ESLINT;
        }
        if (seen.contains("[].elements") || seen.contains("[].keyword")) {
            return ReportKind.CUCUMBER;
        }
        if (seen.contains("*.statementMap") || seen.contains("total.statements")) {
            return ReportKind.ISTANBUL;
        }
        throw Refusal.unknown(otherJson(seen));
    }

    private static String otherJson(Set<String> seen) {
        if (seen.contains("stats.passes") || seen.contains("stats.suites")) {
            return "Mocha's JSON (its xunit reporter writes what is accepted)";
        }
        if (seen.contains("examples")) {
            return "RSpec's JSON (rspec_junit_formatter writes what is accepted)";
        }
        if (seen.contains("protocolVersion") || seen.contains("testID") || seen.contains("suite.platform")) {
            return "the events of dart test (--file-reporter with junitreport writes what is accepted)";
        }
        if (seen.contains("numTotalTests")) {
            return "Jest's JSON (jest-junit writes what is accepted)";
        }
        if (seen.contains("results") && (seen.contains("paths") || seen.contains("errors"))) {
            return "a Semgrep report (semgrep --sarif writes what is accepted)";
        }
        if (seen.contains("simulation") && seen.contains("assertions")) {
            return "Gatling's assertions.json (stats.json of the same run is accepted)";
        }
        if (seen.contains("info") && seen.contains("item")) {
            return "a Postman collection, not the result of running it";
        }
        if (seen.contains("bomFormat")) {
            return "a CycloneDX bill of materials";
        }
        if (seen.contains("spdxVersion")) {
            return "an SPDX bill of materials";
        }
        if (seen.contains("openapi") || seen.contains("swagger")) {
            return "an OpenAPI document";
        }
        return seen.isEmpty()
                ? "JSON without a single name"
                : "JSON with the names "
                        + Text.bounded(String.join(", ", seen.stream().limit(5).toList()), 120);
    }

    /// Names of the first document, two levels deep; `[]` for the elements of a list, `*` for any name.
    private static Set<String> outline(byte[] head) {
        var seen = new LinkedHashSet<String>();
        try {
            var json = Json.of(new ByteArrayInputStream(head));
            if (json.nextDocument()) {
                json.members(name -> {
                    seen.add(name);
                    json.members(inner -> {
                        seen.add(name + "." + inner);
                        seen.add("*." + inner);
                    });
                });
                json.elements(() -> json.members(inner -> seen.add("[]." + inner)));
            }
        } catch (JacksonException | dev.conduct.kernel.Problem cut) {
            if (head.length < WINDOW) {
                throw Readings.told(cut);
            }
        }
        return seen;
    }

    private static ReportKind text(byte[] head, int start) {
        var text = new String(head, start, Math.min(head.length - start, 8192), StandardCharsets.UTF_8);
        var first = text.lines().findFirst().orElse("").strip();
        if (first.startsWith("TN:") || first.startsWith("SF:")) {
            return ReportKind.LCOV;
        }
        if (first.startsWith("mode: ")) {
            return ReportKind.GO_COVER;
        }
        if (first.matches(".*\\blabel\\b.*") && first.matches(".*\\bsuccess\\b.*") && first.contains(",")) {
            return ReportKind.JMETER_CSV;
        }
        throw Refusal.unknown(otherText(head, text, first));
    }

    private static String otherText(byte[] head, String text, String first) {
        if (head.length > 3 && head[0] == 'P' && head[1] == 'K') {
            return "a ZIP archive (send the reports in it one by one)";
        }
        if (first.matches("\\s*-:\\s*0:Source:.*")) {
            return "a gcov listing (lcov or gcovr make an accepted report of it)";
        }
        if (text.startsWith("=== RUN")
                || text.contains("\n--- PASS")
                || text.contains("\nok  \t")
                || first.startsWith("ok ")) {
            return "the plain output of go test (go test -json writes what is accepted)";
        }
        var plain = first.chars().noneMatch(letter -> letter < ' ' && letter != '\t');
        return plain ? "plain text" : "binary data";
    }
}
