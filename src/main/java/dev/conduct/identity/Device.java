package dev.conduct.identity;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a browser says it is, in words for a list: `Firefox on Linux`.
final class Device {

    private static final List<Map.Entry<String, String>> BROWSERS = List.of(
            Map.entry("Edg/", "Edge"),
            Map.entry("OPR/", "Opera"),
            Map.entry("Firefox/", "Firefox"),
            Map.entry("Chrome/", "Chrome"),
            Map.entry("Safari/", "Safari"));
    private static final List<Map.Entry<String, String>> SYSTEMS = List.of(
            Map.entry("Android", "Android"),
            Map.entry("iPhone", "iPhone"),
            Map.entry("iPad", "iPad"),
            Map.entry("Windows", "Windows"),
            Map.entry("Mac OS X", "macOS"),
            Map.entry("Linux", "Linux"));

    private Device() {}

    static String of(@Nullable String agent) {
        var given = agent == null ? "" : agent;
        var browser = first(BROWSERS, given);
        var system = first(SYSTEMS, given);
        if (browser.isEmpty() && system.isEmpty()) {
            return "Unknown browser";
        }
        return (browser.isEmpty() ? "Browser" : browser) + (system.isEmpty() ? "" : " on " + system);
    }

    private static String first(List<Map.Entry<String, String>> words, String agent) {
        return words.stream()
                .filter(word -> agent.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
