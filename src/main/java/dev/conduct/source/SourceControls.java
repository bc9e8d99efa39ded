package dev.conduct.source;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clause that this module holds wherever a repository is connected.
@Configuration
class SourceControls {

    @Bean
    PlatformControl codeIsTiedToItsRecords() {
        return new PlatformControl(
                "DEV-3",
                "fact",
                "Connected repositories: mirrored and checked to be restorable; commits, changes, reviews and CI runs tied to"
                        + " records by key, and work merged without one listed",
                "dev.conduct.source.MirrorTest");
    }
}
