/// Conduct runs a software company's standard operating procedure, and proves that it was followed.
/// Each package below is one application module; ARCHITECTURE.md has the map.
@NullMarked
package dev.conduct;

import org.jspecify.annotations.NullMarked;
