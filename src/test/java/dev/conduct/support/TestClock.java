package dev.conduct.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/// Stands still until the test moves it. Begins on Monday 2026-11-23, 09:00 UTC; where several classes share one
/// application it goes on from where the last one left it, so reckon from `instant()`.
public final class TestClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-11-23T09:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void set(Instant moment) {
        now = moment;
    }

    public synchronized Instant advance(Duration duration) {
        now = now.plus(duration);
        return now;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {

        @Bean
        @Primary
        TestClock testClock() {
            return new TestClock();
        }
    }
}
