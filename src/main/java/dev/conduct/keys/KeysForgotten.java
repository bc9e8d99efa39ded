package dev.conduct.keys;

/// A subject's key was destroyed, by this node or another: whoever remembers what such keys opened forgets it.
public record KeysForgotten() {}
