package dev.conduct.standards;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this module holds of a clause, as far as the test named shows it. Whether code follows a standard it cannot
/// tell: that is for findings of tools.
@Configuration
class StandardsControls {

    private static final String TEST = "dev.conduct.standards.StandardsTest";

    @Bean
    PlatformControl standardsWritten() {
        return new PlatformControl(
                "DEV-4", "record", "Standards: versions approved by a second person, who read them, trainings", TEST);
    }

    @Bean
    PlatformControl standardsOwed() {
        return new PlatformControl(
                "DEV-4", "duty", "My work: what somebody has still to read or to be trained in, and by when", TEST);
    }
}
