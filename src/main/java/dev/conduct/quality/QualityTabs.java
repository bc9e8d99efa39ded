package dev.conduct.quality;

/// The parts of a product's quality, as tabs over its pages.
///
/// @param here `runs`, `all`, `coverage`, `code`, `flaky`, `components`
record QualityTabs(String product, String here) {}
