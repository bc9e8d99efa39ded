package dev.conduct.support;

import dev.conduct.ConductApplication;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Another application beside the test's own, on the same database and key folder: a second node, or the same one
/// after a restart. It goes by the same clock.
public final class SecondNode implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SecondNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static SecondNode beside(ConfigurableApplicationContext first, Map<String, Object> differing) {
        var settings = new HashMap<String, Object>(settings(first.getEnvironment()));
        settings.put("conduct.keys", settings.get("conduct.data") + "/keys");
        settings.put("conduct.data", settings.get("conduct.data") + "-second");
        settings.put("server.port", 0);
        settings.put("spring.jmx.enabled", false);
        settings.putAll(differing);
        var clock = first.getBean(TestClock.class);
        return new SecondNode(new SpringApplicationBuilder(ConductApplication.class)
                .initializers(context -> {
                    context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource("second node", settings));
                    context.addBeanFactoryPostProcessor(factory -> factory.registerSingleton("time", clock));
                })
                .run());
    }

    private static Map<String, Object> settings(ConfigurableEnvironment first) {
        if (first.getPropertySources().get("fresh database") instanceof MapPropertySource source) {
            return source.getSource();
        }
        throw new IllegalStateException("the test's application has no database of its own");
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
