package dev.conduct.acceptance;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clauses that this module holds, each as far as the test named shows it.
@Configuration
class AcceptanceControls {

    private static final String TEST = "dev.conduct.acceptance.AcceptanceTest";

    @Bean
    PlatformControl acceptanceInStaging() {
        return new PlatformControl(
                "UAT-1", "record", "Acceptance: sessions on a named build with invited clients", TEST);
    }

    @Bean
    PlatformControl feedbackDecided() {
        return new PlatformControl("UAT-2", "record", "Acceptance: feedback accepted, rejected or deferred", TEST);
    }

    @Bean
    PlatformControl criteriaKept() {
        return new PlatformControl(
                "UAT-3", "record", "Acceptance: criteria and a signed verdict per stakeholder", TEST);
    }

    @Bean
    PlatformControl signedByThemselves() {
        return new PlatformControl("UAT-3", "role", "Acceptance: only who was invited signs, by a second factor", TEST);
    }
}
