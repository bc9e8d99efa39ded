package dev.conduct.cli;

import java.util.Map;
import org.springframework.util.ClassUtils;

/// The Spring application, which stands in the root package above all modules.
final class Application {

    private Application() {}

    static Class<?> source() {
        return ClassUtils.resolveClassName("dev.conduct.ConductApplication", Application.class.getClassLoader());
    }

    /// What was typed goes before what the environment and the files say.
    static String[] arguments(Map<String, Object> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
    }
}
