package dev.conduct.procedure;

import dev.conduct.kernel.Problem;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/// The versions this installation has adopted, kept for ever.
@Component
public class Procedures {

    private final Procedure standard = PackCheck.check(PackFiles.standard()).orThrow();

    /// The version in force at a moment.
    public Procedure at(Instant moment) {
        return standard;
    }

    /// @throws dev.conduct.kernel.Problem 404 when this installation never adopted it
    public Procedure version(String version) {
        if (!version.equals(standard.version())) {
            throw Problem.notFound("The procedure version " + version);
        }
        return standard;
    }

    /// All adopted versions, newest first.
    public List<Procedure> all() {
        return List.of(standard);
    }
}
