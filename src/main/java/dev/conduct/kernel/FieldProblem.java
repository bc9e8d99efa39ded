package dev.conduct.kernel;

/// One thing wrong with one part of an input.
///
/// @param field the name or path of the part, as the sender wrote it (`fields.severity`, `line 12`)
/// @param code stable and machine-readable, snake_case
/// @param says a sentence for people: what is wrong and what to write instead
public record FieldProblem(String field, String code, String says) {}
