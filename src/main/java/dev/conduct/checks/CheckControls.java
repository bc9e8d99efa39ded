package dev.conduct.checks;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clauses that this module holds for products that have checks.
@Configuration
class CheckControls {

    private static final String CHECKED = "dev.conduct.checks.ChecksTest";

    @Bean
    PlatformControl apisAreChecked() {
        return new PlatformControl(
                "IT-3",
                "fact",
                "Checks of HTTP APIs that the server runs itself: flows, status, schema, latency, errors and credentials",
                CHECKED);
    }

    @Bean
    PlatformControl servicesAreChecked() {
        return new PlatformControl(
                "IT-4",
                "fact",
                "Checks of services: calls over REST, health over gRPC, names and ports, drills with one part broken",
                CHECKED);
    }

    @Bean
    PlatformControl databasesAreChecked() {
        return new PlatformControl(
                "IT-5",
                "fact",
                "Checks of a PostgreSQL: connects, writes and rolls back, counts rows, keeps the planner's cost in a budget",
                CHECKED);
    }
}
