package dev.conduct.ledger.verify;

import java.util.List;

/// What was checked, and held.
///
/// @param entries how many entries were checked
/// @param size of the tree under the last signed checkpoint
/// @param root of that tree, in hex
/// @param checkpoints how many signed checkpoints fit
/// @param unsigned entries sealed after the last checkpoint, which no signature covers yet
/// @param erased values whose commitment stands and whose text is gone, as recorded
/// @param began how this log began anew, if it did; the last time first
/// @param codes whether the events' codes were checked too (their key was at hand)
public record Verdict(
        long entries,
        long size,
        String root,
        int checkpoints,
        long unsigned,
        long erased,
        List<Beginning> began,
        boolean codes) {}
