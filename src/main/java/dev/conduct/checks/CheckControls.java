package dev.conduct.checks;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clause that this module holds for products that have checks. IT-4 and IT-5 ask for more than it does: discovery
/// in Kubernetes and Compose, a failover, transactions over several databases.
@Configuration
class CheckControls {

    @Bean
    PlatformControl apisAreChecked() {
        return new PlatformControl(
                "IT-3",
                "fact",
                "Checks of HTTP APIs that the server runs itself: flows, status, schema, latency, errors and credentials",
                "dev.conduct.checks.ChecksTest");
    }
}
