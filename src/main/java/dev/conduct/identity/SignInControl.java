package dev.conduct.identity;

import dev.conduct.procedure.PlatformControl;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clause that sign-in holds. Not claimed by a demo, in which one click signs in.
@Configuration
@ConditionalOnProperty(name = "conduct.demo", havingValue = "false", matchIfMissing = true)
class SignInControl {

    @Bean
    PlatformControl everySignInTakesTwoFactors() {
        return new PlatformControl(
                "DP-2",
                "platform",
                "Sign-in: a password and an authenticator or recovery code, on every route; programs by tokens of an hour",
                "dev.conduct.identity.SignInTest");
    }
}
