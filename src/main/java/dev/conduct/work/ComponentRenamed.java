package dev.conduct.work;

/// A component is called otherwise from now on. Published in the same transaction, so that tables which name it change
/// together with it or not at all.
public record ComponentRenamed(String product, String from, String to) {}
