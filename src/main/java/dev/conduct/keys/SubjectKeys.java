package dev.conduct.keys;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The keys of subjects are themselves encrypted, and so a store: rotating their purpose wraps each anew, and touches
/// nothing that they closed.
@Configuration
class SubjectKeys {

    @Bean
    SealedStore subjectKeyStore(SealedColumns columns) {
        return columns.of(Purpose.SUBJECTS, "Keys of subjects", "keys.subject", "wrapped", "name");
    }
}
