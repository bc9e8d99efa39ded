package dev.conduct.quality.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.quality.reading.Measurement.FileCoverage;
import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Part;
import dev.conduct.quality.reading.Measurement.Sample;
import dev.conduct.quality.reading.Measurement.Severity;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingsTest {

    @ParameterizedTest
    @CsvSource({
        "junit.xml,JUNIT,tests=7 passed=2 flaky=1 failed=2 errored=1 skipped=1 retries=3 troubles=1",
        "testng.xml,TESTNG,tests=2 passed=0 flaky=1 failed=1 retries=1 troubles=1",
        "nunit.xml,NUNIT,tests=3 passed=1 failed=1 skipped=1",
        "xunit.xml,XUNIT_NET,tests=3 passed=1 failed=1 skipped=1 troubles=1",
        "trx.xml,TRX,tests=5 passed=2 failed=1 errored=1 skipped=1 troubles=1",
        "cucumber.json,CUCUMBER,tests=4 passed=1 failed=1 errored=1 skipped=1",
        "go-test.json,GO_TEST,tests=3 passed=1 failed=1 skipped=1 troubles=1",
        "newman.json,NEWMAN,tests=2 passed=1 failed=1 troubles=2",
        "jacoco.xml,JACOCO,files=1 lines=3 lines_covered=2 branches=4 branches_covered=3 statements=10",
        "cobertura.xml,COBERTURA,files=2 lines=3 lines_covered=2 branches=2 branches_covered=1",
        "lcov.info,LCOV,files=2 lines=3 lines_covered=2 branches=2 branches_covered=1",
        "clover.xml,CLOVER,files=1 lines=4 lines_covered=3 branches=2 branches_covered=1",
        "istanbul.json,ISTANBUL,files=1 lines=2 lines_covered=1 branches=2 branches_covered=1 statements=3",
        "go-cover.out,GO_COVER,files=2 lines=6 lines_covered=4 statements=4 statements_covered=3",
        "jmeter.csv,JMETER_CSV,samples=2 failed=1",
        "jmeter.xml,JMETER_XML,samples=2 failed=1 samples_within=1",
        "gatling.json,GATLING,samples=10 failed=1",
        "k6.json,K6,samples=20 failed=2 thresholds=2 thresholds_failed=1 checks=6 checks_failed=1",
        "artillery.json,ARTILLERY,samples=30 failed=3",
        "sarif.json,SARIF,findings=4 high=1 medium=1 low=1 info=1 suppressed=1",
        "zap.xml,ZAP,findings=1 medium=1 instances=2",
        "trivy.json,TRIVY,findings=3 critical=2 high=1",
        "dependency-check.xml,DEPENDENCY_CHECK,findings=2 high=1 low=1 suppressed=1",
        "checkstyle.xml,CHECKSTYLE,findings=2 high=1 medium=1",
        "pmd.xml,PMD,findings=4 high=1 medium=3 suppressed=1",
        "spotbugs.xml,SPOTBUGS,findings=2 high=1 low=1",
        "eslint.json,ESLINT,findings=3 high=2 medium=1 suppressed=1",
        "cpd.xml,CPD,findings=1 low=1 instances=2",
        "jdepend.xml,JDEPEND,findings=2 medium=2"
    })
    void each_kind_is_told_by_its_content_and_added_up(String file, ReportKind kind, String totals) {
        var read = Fixtures.read(file);

        assertThat(read.kind()).isEqualTo(kind);
        for (var total : totals.split(" ")) {
            var parts = total.split("=");
            assertThat(read.totals()).containsEntry(parts[0], Long.valueOf(parts[1]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "checkstyle.xml,line=\"12\",line=\"99\"",
        "checkstyle.xml,length is 180,length is 190",
        "checkstyle.xml,/build/shop/src,/home/runner/work/shop/src",
        "pmd.xml,beginline=\"20\",beginline=\"70\"",
        "spotbugs.xml,start=\"31\" end=\"31\",start=\"77\" end=\"77\"",
        "eslint.json,\"line\":4,\"line\":40",
        "cpd.xml,line=\"20\",line=\"66\""
    })
    void a_finding_that_moved_is_told_again(String file, String was, String now) {
        var before = Fixtures.read(file).of(Finding.class);

        var after = Fixtures.read(file, text -> text.replace(was, now)).of(Finding.class);

        assertThat(after).isNotEqualTo(before);
        assertThat(after)
                .extracting(Finding::print)
                .isEqualTo(before.stream().map(Finding::print).toList());
    }

    @Test
    void a_flaky_case_is_neither_a_pass_nor_a_failure() {
        var races = Fixtures.read("junit.xml").of(TestCase.class).stream()
                .filter(test -> test.name().equals("races"))
                .findFirst()
                .orElseThrow();

        assertThat(races)
                .isEqualTo(new TestCase(
                        "shop.CartTest", "races", Outcome.FLAKY, Duration.ofMillis(300), 2, "once\ntrace"));
    }

    @Test
    void a_time_that_is_no_number_is_unknown() {
        assertThat(Fixtures.read("junit.xml").of(TestCase.class))
                .filteredOn(test -> test.name().equals("pays"))
                .singleElement()
                .extracting(TestCase::took)
                .isNull();
    }

    @Test
    void failures_that_a_suite_declares_and_does_not_list_are_trouble() {
        assertThat(Fixtures.read("junit.xml").of(Trouble.class))
                .extracting(Trouble::where)
                .containsExactly("silent");
    }

    @Test
    void a_line_that_several_classes_name_counts_once() {
        var cart = Fixtures.read("cobertura.xml").of(FileCoverage.class).getFirst();

        assertThat(cart.path()).isEqualTo("shop/Cart.cs");
        assertThat(cart.lines().total()).isEqualTo(2);
        assertThat(cart.lines().hit()).isEqualTo(2);
        assertThat(cart.branches()).isEqualTo(new Part(1, 2));
    }

    @Test
    void quoted_cells_of_jmeter_may_hold_commas_quotes_and_lines() {
        assertThat(Fixtures.read("jmeter.csv").of(Sample.class))
                .containsExactly(
                        new Sample("Home, page", true, 1_700_000_000_000L, 120, false),
                        new Sample("Cart", false, 1_700_000_000_100L, 80, false));
    }

    @Test
    void a_load_summary_has_its_percentiles() {
        assertThat(Fixtures.read("gatling.json").of(LoadSummary.class).getFirst())
                .isEqualTo(new LoadSummary("All Requests", 10, 1, 1, 5, 4, 9, 12, 20));
    }

    @Test
    void a_finding_keeps_its_print_when_it_moves_to_another_line() {
        var here = Fixtures.read("sarif.json").of(Finding.class).getFirst();
        var moved = Fixtures.text(new String(Fixtures.bytes("sarif.json"), StandardCharsets.UTF_8)
                        .replace("\"startLine\":3", "\"startLine\":30"))
                .of(Finding.class)
                .getFirst();

        assertThat(here.severity()).isEqualTo(Severity.HIGH);
        assertThat(moved.line()).isEqualTo(30);
        assertThat(moved.print()).isEqualTo(here.print());
    }

    @Test
    void gzip_is_unpacked() throws IOException {
        assertThat(Fixtures.read(packed(Fixtures.bytes("junit.xml"))).totals())
                .isEqualTo(Fixtures.read("junit.xml").totals());
    }

    @Test
    void what_unpacks_out_of_all_proportion_is_refused() {
        assertThatThrownBy(() -> Fixtures.read(
                        packed(("<testsuite><system-out>" + " ".repeat(20 << 20) + "</system-out></testsuite>")
                                .getBytes(StandardCharsets.UTF_8))))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<CoverageSession/> | OpenCover",
                "<html><body/></html> | an HTML page",
                "<unheard/> | root element <unheard>",
                "{\"bomFormat\":\"CycloneDX\"} | CycloneDX",
                "{\"a\":{\"b\":1}} | the names a, a.b",
                "[] | without a single name",
                "hello | plain text",
                "'' | an empty file"
            })
    void anything_else_is_refused_by_its_name_and_with_what_is_accepted(String text, String looksLike) {
        assertThatThrownBy(() -> Fixtures.text(text))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("This looks like ")
                .hasMessageContaining(looksLike)
                .hasMessageContaining("tests: JUnit XML")
                .hasMessageContaining("findings: SARIF");
    }

    @Test
    void entities_are_not_expanded() {
        assertThatThrownBy(() -> Fixtures.text("""
                        <!DOCTYPE testsuite [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                        <testsuite><testcase name="a"><failure>&x;</failure></testcase></testsuite>"""))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("well-formed XML");
    }

    @Test
    void a_name_without_end_is_refused_and_a_long_output_is_not() {
        var output = "<testsuite><testcase name='a'><system-out>" + "x".repeat(3 << 20)
                + "</system-out></testcase></testsuite>";

        assertThat(Fixtures.text(output).totals()).containsAllEntriesOf(Map.of("tests", 1L, "passed", 1L));
        assertThatThrownBy(() -> Fixtures.text("<testsuite><testcase name='" + "x".repeat(3 << 20) + "'/></testsuite>"))
                .isInstanceOf(Problem.class);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
