package dev.conduct.work;

import dev.conduct.procedure.PlatformControl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The clause that the ledger holds, declared here since the ledger lies below the procedure.
@Configuration
class ActivityControl {

    @Bean
    PlatformControl everyActIsInTheLedger() {
        return new PlatformControl(
                "CMP-2",
                "platform",
                "Ledger: every change and sign-in is an entry of the sealed log, which `verify` checks without this server",
                "dev.conduct.openapi.OpenApiTest");
    }
}
