package dev.conduct.cli;

import java.util.Map;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/// Logs as the server does (warnings, on standard error), for a command that runs without the application.
final class Logs {

    private Logs() {}

    static void likeTheServers() {
        var settings = new StandardEnvironment();
        settings.getPropertySources()
                .addFirst(new MapPropertySource("logs", Map.of("logging.structured.format.console", "ecs")));
        var logs = LoggingSystem.get(Logs.class.getClassLoader());
        logs.beforeInitialize();
        logs.initialize(new LoggingInitializationContext(settings), null, null);
    }
}
