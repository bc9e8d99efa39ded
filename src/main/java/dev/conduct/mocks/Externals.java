package dev.conduct.mocks;

import java.util.List;
import java.util.UUID;

/// What a product leans on, for which a mock may stand in: told by the module that keeps the catalogue.
public interface Externals {

    /// Those in use, by name.
    List<External> of(String product);

    record External(UUID id, String name) {}
}
