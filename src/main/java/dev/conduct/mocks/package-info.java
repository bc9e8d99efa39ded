/// Mocks of externals: stub mappings in WireMock's format, uploaded by product, kept in versions and answered under an
/// address of their own, so that a part can be tested without what it leans on. What stood in is said by each run.
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "database", "ledger", "identity", "shell", "work", "quality"})
package dev.conduct.mocks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
