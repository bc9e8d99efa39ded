/// Reads reports as streams: what kind one is, told by its content, and everything it measures, one thing at a
/// time. Memory does not grow with the length of a report; only coverage is kept until the end, one bit a line,
/// within a budget.
@NullMarked
package dev.conduct.quality.reading;

import org.jspecify.annotations.NullMarked;
