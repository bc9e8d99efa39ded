package dev.conduct.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one module adds to the sample company of `--demo`, through its own door. The demo finds these by injection, so
/// that it knows nothing of the modules that have something to tell.
public interface DemoChapter {

    /// Plans the acts of the year, before it is told.
    default void plan(Scene scene) {}

    /// Once the server serves, at every start: what holds only while it does.
    ///
    /// @param port at which it answers on this computer
    default void open(Scene scene, int port) {}

    /// The year while it is told.
    interface Scene {

        /// The present, at which the telling ends.
        Instant end();

        /// One of the company's people.
        Actor person(String email);

        /// The last record reported about a component so far, null while there is none.
        @Nullable
        String record(String component);

        /// Does something when the telling has come to that moment.
        void at(Instant moment, Runnable act);
    }
}
