package dev.conduct.work;

import org.jspecify.annotations.Nullable;

/// Somebody who knows a component, and how we know.
///
/// @param id actor id
/// @param because a sentence: "Owns doc-render; fixed 4 bugs in it, the last on 5 March."
public record Expert(
        String id, String name, String because, boolean owner, long fixes, java.time.@Nullable Instant last) {}
