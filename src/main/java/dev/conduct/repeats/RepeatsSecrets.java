package dev.conduct.repeats;

import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where this module keeps what [dev.conduct.keys.Secrets] closed, so that it is brought under new keys.
@Configuration
class RepeatsSecrets {

    @Bean
    SealedStore keptAnswerBodies(SealedColumns columns) {
        return columns.of("Answers kept for a day", "repeats.answer", "body", "actor", "key");
    }
}
