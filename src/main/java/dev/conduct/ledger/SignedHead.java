package dev.conduct.ledger;

import java.time.Instant;
import java.util.List;

/// A checkpoint that was signed.
///
/// @param size events under it
/// @param root in hex
/// @param witnesses names of those that have signed it too
public record SignedHead(long size, String root, Instant at, List<String> witnesses) {}
