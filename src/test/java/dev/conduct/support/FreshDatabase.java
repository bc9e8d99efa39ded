package dev.conduct.support;

import dev.conduct.database.TestCluster;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Gives each application context of the tests a database of its own.
class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = TestCluster.get().freshDatabase();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("fresh database", settings));
    }
}
