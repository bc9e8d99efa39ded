/// The arithmetic of proof and the checker that uses it, on nothing but the JDK (and the PostgreSQL driver for a
/// data folder), so that an outsider can read it in an hour. The server uses the same arithmetic.
@NullMarked
@NamedInterface("verify")
package dev.conduct.ledger.verify;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
