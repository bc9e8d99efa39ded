package dev.conduct.database;

/// Hears announcements that any node makes by `pg_notify(channel, …)` in a transaction that commits. Each module
/// declares its own as a bean.
public interface Hears {

    /// Lower-case letters and `_`.
    String channel();

    /// Must return at once: everybody's announcements wait meanwhile.
    ///
    /// @param said empty when announcements may have been missed: look at everything
    void heard(String said);
}
