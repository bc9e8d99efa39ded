package dev.conduct.shell;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a module does by the clock, for the page about the system. Found by injection.
public interface ScheduledWork {

    List<Work> work();

    /// Does it at once, in the caller's thread.
    ///
    /// @param id as `work` gave it; what is not of this module is left alone
    /// @return false when it is not of this module
    boolean now(String id);

    /// @param id small letters and dashes
    /// @param title what it does: "Warn, break and escalate clocks"
    /// @param last when it was last done, null when not since this server began
    /// @param next when it is to be done, null when nothing is to come
    /// @param trouble why the last time failed, null when it did not
    record Work(
            String id,
            String title,
            @Nullable Instant last,
            @Nullable Instant next,
            @Nullable String trouble) {}
}
