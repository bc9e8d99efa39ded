package dev.conduct.quality;

import java.util.Collection;
import java.util.List;

/// Knows the mocks of products, so that who sends a report may name them: told by the module that keeps them.
public interface MockedNames {

    /// The lines as a run says them: one that names a mock, or what it stands in for, with its version.
    List<String> named(String product, Collection<String> lines);
}
