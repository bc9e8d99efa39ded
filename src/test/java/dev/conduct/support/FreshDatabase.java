package dev.conduct.support;

import dev.conduct.database.TestCluster;
import java.util.HashMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/// Gives each application context of the tests a database of its own, and what the ones before it read of the classes.
class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /// By this name Spring Boot looks for one before it makes its own.
    private static final String READERS = "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

    private static final int MOST = 8192;
    private static final MetadataReaderFactory READ = read();

    private static MetadataReaderFactory read() {
        var factory = new CachingMetadataReaderFactory(FreshDatabase.class.getClassLoader());
        factory.setCacheLimit(MOST);
        return factory;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = new HashMap<String, Object>(TestCluster.get().freshDatabase());
        // A copy of a database that these very migrations have just made.
        settings.put("spring.flyway.validate-on-migrate", false);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("fresh database", settings));
        if (context instanceof GenericApplicationContext registry) {
            registry.registerBean(READERS, MetadataReaderFactory.class, () -> READ);
        }
    }
}
