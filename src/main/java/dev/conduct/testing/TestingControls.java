package dev.conduct.testing;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clauses that this module holds, each as far as the test named shows it.
@Configuration
class TestingControls {

    private static final String API = "dev.conduct.testing.TestRunApiTest";

    @Bean
    PlatformControl integrationScope() {
        return new PlatformControl(
                "IT-1",
                "record",
                "Test plans: catalogue of parts, third parties and integration points, as a map",
                API);
    }

    @Bean
    PlatformControl integrationPlan() {
        return new PlatformControl("IT-2", "record", "Test plans: cases with versions, data sets and environment", API);
    }

    @Bean
    PlatformControl mockedExternals() {
        return new PlatformControl(
                "IT-6", "record", "Test plans: third parties name their mock, a run says what was mocked", API);
    }

    @Bean
    PlatformControl executionRecorded() {
        return new PlatformControl("IT-7", "record", "Test runs: verdicts, notes, time and defects step by step", API);
    }

    @Bean
    PlatformControl executionMixed() {
        return new PlatformControl("IT-7", "fact", "Test runs: automated cases take what CI told of the commit", API);
    }

    @Bean
    PlatformControl edgesRecorded() {
        return new PlatformControl(
                "IT-9", "record", "Test plans: cases tagged by edge class", "dev.conduct.testing.CaseCoverageTest");
    }

    @Bean
    PlatformControl edgesCounted() {
        return new PlatformControl(
                "IT-9",
                "fact",
                "Test plans: edge classes without a case are named",
                "dev.conduct.testing.CaseCoverageTest");
    }
}
