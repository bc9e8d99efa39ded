package dev.conduct.shell;

import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;

/// How bodies are read: no member twice, at most 1 MB, nested at most 64 deep.
@Configuration
class StrictJson {

    private static final long LARGEST = 1_048_576;
    private static final int DEEPEST = 64;

    @Bean
    JsonFactoryBuilderCustomizer strict() {
        return factory -> factory.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(LARGEST)
                        .maxNestingDepth(DEEPEST)
                        .build());
    }
}
