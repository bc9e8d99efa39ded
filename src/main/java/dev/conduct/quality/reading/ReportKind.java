package dev.conduct.quality.reading;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The reports that are read.
public enum ReportKind {
    JUNIT(Family.TESTS, "JUnit XML", JunitReader::new),
    TESTNG(Family.TESTS, "TestNG XML", TestngReader::new),
    NUNIT(Family.TESTS, "NUnit XML", NunitReader::new),
    XUNIT_NET(Family.TESTS, "xUnit.net XML", XunitNetReader::new),
    TRX(Family.TESTS, "TRX", TrxReader::new),
    CUCUMBER(Family.TESTS, "Cucumber JSON", CucumberReader::new),
    GO_TEST(Family.TESTS, "go test JSON", GoTestReader::new),
    NEWMAN(Family.TESTS, "Newman JSON", NewmanReader::new),
    JACOCO(Family.COVERAGE, "JaCoCo XML", JacocoReader::new),
    COBERTURA(Family.COVERAGE, "Cobertura XML", CoberturaReader::new),
    LCOV(Family.COVERAGE, "LCOV", LcovReader::new),
    CLOVER(Family.COVERAGE, "Clover XML", CloverReader::new),
    ISTANBUL(Family.COVERAGE, "Istanbul JSON", IstanbulReader::new),
    GO_COVER(Family.COVERAGE, "Go coverprofile", GoCoverReader::new),
    JMETER_CSV(Family.LOAD, "JMeter CSV", JmeterCsvReader::new),
    JMETER_XML(Family.LOAD, "JMeter XML", JmeterXmlReader::new),
    GATLING(Family.LOAD, "Gatling stats.json", GatlingReader::new),
    K6(Family.LOAD, "k6 summary JSON", K6Reader::new),
    ARTILLERY(Family.LOAD, "Artillery JSON", ArtilleryReader::new),
    SARIF(Family.FINDINGS, "SARIF", SarifReader::new),
    ZAP(Family.FINDINGS, "ZAP XML", ZapReader::new),
    TRIVY(Family.FINDINGS, "Trivy JSON", TrivyReader::new),
    DEPENDENCY_CHECK(Family.FINDINGS, "OWASP Dependency-Check XML", DependencyCheckReader::new),
    CHECKSTYLE(Family.FINDINGS, "Checkstyle XML", CheckstyleReader::new),
    PMD(Family.FINDINGS, "PMD XML", PmdReader::new),
    SPOTBUGS(Family.FINDINGS, "SpotBugs XML", SpotbugsReader::new),
    ESLINT(Family.FINDINGS, "ESLint JSON", EslintReader::new),
    CPD(Family.FINDINGS, "CPD XML", CpdReader::new),
    JDEPEND(Family.FINDINGS, "JDepend XML", JdependReader::new);

    /// What a report is about.
    public enum Family {
        TESTS,
        COVERAGE,
        LOAD,
        FINDINGS
    }

    private final Family family;
    private final String title;
    private final Supplier<KindReader> reader;

    ReportKind(Family family, String title, Supplier<KindReader> reader) {
        this.family = family;
        this.title = title;
        this.reader = reader;
    }

    public Family family() {
        return family;
    }

    public String title() {
        return title;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    KindReader reader() {
        return reader.get();
    }

    static String accepted() {
        return EnumSet.allOf(Family.class).stream().map(ReportKind::accepted).collect(Collectors.joining("; "));
    }

    private static String accepted(Family family) {
        return Arrays.stream(values())
                .filter(kind -> kind.family == family)
                .map(ReportKind::title)
                .collect(Collectors.joining(", ", family.name().toLowerCase(Locale.ROOT) + ": ", ""));
    }
}
