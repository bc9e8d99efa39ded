package dev.conduct.kernel;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one source of time, in milliseconds as the ledger writes it. Tests and the demo put their own in its place.
@Configuration
class TimeConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "conduct.demo", havingValue = "false", matchIfMissing = true)
    InstantSource time() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }
}
