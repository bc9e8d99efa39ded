package dev.conduct.procedure;

import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// The versions this installation has adopted, kept for ever.
@Component
public class Procedures {

    /// The version in force at a moment.
    public Procedure at(Instant moment) {
        throw new UnsupportedOperationException("being built");
    }

    /// @throws dev.conduct.kernel.Problem 404 when this installation never adopted it
    public Procedure version(String version) {
        throw new UnsupportedOperationException("being built");
    }

    /// All adopted versions, newest first.
    public List<Procedure> all() {
        throw new UnsupportedOperationException("being built");
    }
}
