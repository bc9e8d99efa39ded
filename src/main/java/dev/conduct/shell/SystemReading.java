package dev.conduct.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a module can say of how the installation is. Found by injection, shown on the page about the system.
public interface SystemReading {

    List<Reading> readings(Words words);

    /// @param group heading it stands under: `Server`, `Database`, `Disk`, `Ledger`, `Queues`
    /// @param tone `clear`, `caution` or `stop`; null for a number that is neither good nor bad
    /// @param href where more is to be seen, null for nowhere
    record Reading(
            String group,
            String name,
            String value,
            @Nullable String tone,
            @Nullable String href) {

        public static Reading of(String group, String name, String value) {
            return new Reading(group, name, value, null, null);
        }

        public static Reading judged(String group, String name, String value, boolean well) {
            return new Reading(group, name, value, well ? "clear" : "stop", null);
        }
    }
}
