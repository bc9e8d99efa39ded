package dev.conduct.mocks;

import java.time.Instant;
import java.util.UUID;

/// What stands in for an external.
///
/// @param name in addresses, unlike any other of the product
/// @param external a part of the catalogue
/// @param externalName as it was called when the mock was written
/// @param token stands in its address
/// @param stubs of the version in force
record Mock(
        UUID id,
        String product,
        String name,
        UUID external,
        String externalName,
        int version,
        String token,
        boolean retired,
        int stubs,
        Instant changedAt,
        String changedBy) {

    /// Behind the address of the server.
    String path() {
        return MockServing.PATH + "/" + token;
    }

    /// As runs say it.
    String says() {
        return externalName + ": " + name + ", version " + version;
    }
}
