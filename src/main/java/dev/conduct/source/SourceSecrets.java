package dev.conduct.source;

import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where this module keeps what [dev.conduct.keys.Secrets] closed, so that it is brought under new keys.
@Configuration
class SourceSecrets {

    static final String REPOSITORY = "source.repository";
    static final String DELIVERY = "source.delivery";

    @Bean
    SealedStore webhookSecrets(SealedColumns columns) {
        return columns.of("Secrets of webhooks", REPOSITORY, "secret", "id");
    }

    @Bean
    SealedStore mirrorTokens(SealedColumns columns) {
        return columns.of("Tokens of repositories", REPOSITORY, "token", "id");
    }

    @Bean
    SealedStore webhookBodies(SealedColumns columns) {
        return columns.of("What webhooks brought", DELIVERY, "body", "id");
    }
}
