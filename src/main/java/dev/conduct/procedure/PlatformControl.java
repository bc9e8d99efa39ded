package dev.conduct.procedure;

/// A clause that the platform itself holds, always: declared as a bean by the module that does it, so that the
/// coverage claims it only where that module runs.
///
/// @param clause the clause's id; one that the procedure does not know is left out
/// @param kind as the register says: platform, fact, duty, record, role
/// @param where what does it, for people
/// @param checked the test that shows it
public record PlatformControl(String clause, String kind, String where, String checked) {}
