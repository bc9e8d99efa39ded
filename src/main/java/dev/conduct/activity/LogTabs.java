package dev.conduct.activity;

/// The sections of the log, for whoever reads all of it; others have the first alone.
///
/// @param here `events`, `heads` or `state`
record LogTabs(String here, boolean all) {}
