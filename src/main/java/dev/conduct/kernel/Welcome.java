package dev.conduct.kernel;

import java.util.Optional;

/// A line that the operator reads on standard output when the server has started, for example the set-up link of a
/// first run. Each module that has one declares a bean.
public interface Welcome {

    /// @param address where the server is reached, without a slash at the end
    Optional<String> line(String address);
}
