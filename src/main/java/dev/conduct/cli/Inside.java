package dev.conduct.cli;

import java.util.Map;
import java.util.function.ToIntFunction;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;

/// Runs a command's work inside the application, without its web server: beside a running server on the same data
/// folder, or with a database of its own for as long as the command takes. Beans are made when they are asked for, so
/// that nothing of the pages is, and no schedule runs.
final class Inside {

    private Inside() {}

    /// @param work returns the exit status
    static int the(Map<String, Object> settings, ToIntFunction<ApplicationContext> work) {
        var application = new SpringApplicationBuilder(Application.source())
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .properties(
                        "conduct.guest=true",
                        "conduct.listening=false",
                        "conduct.scheduling=false",
                        "logging.level.root=ERROR",
                        "logging.level.dev.conduct=WARN");
        try (var context = application.run(Application.arguments(settings))) {
            return work.applyAsInt(context);
        }
    }
}
