package dev.conduct.identity;

import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where this module keeps what [dev.conduct.keys.Secrets] closed, so that it is brought under new keys.
@Configuration
class IdentitySecrets {

    @Bean
    SealedStore authenticatorSeeds(SealedColumns columns) {
        return columns.of("Seeds of authenticators", "identity.authenticator", "secret", "person");
    }

    @Bean
    SealedStore nextAuthenticatorSeeds(SealedColumns columns) {
        return columns.of("Seeds of authenticators to come", "identity.authenticator", "next_secret", "person");
    }

    @Bean
    SealedStore tokenSigningKeys(SealedColumns columns) {
        return columns.of("Keys that sign tokens", "identity.signing_key", "private_key", "id");
    }

    @Bean
    SealedStore providerSecrets(SealedColumns columns) {
        return columns.of("Secrets of sign-on providers", "identity.provider", "client_secret", "id");
    }
}
