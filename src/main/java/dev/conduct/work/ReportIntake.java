package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.io.InputStream;
import java.util.UUID;

/// Takes in what tools report of a commit, for whoever lets such reports come in by a door of its own. What they say
/// is no business of that door.
public interface ReportIntake {

    /// What a report is of. Empty where nobody says.
    ///
    /// @param from who sent it, as the ledger names objects
    record Of(String product, String commit, String branch, String build, String environment, String from) {}

    /// @param fresh false when the same bytes of the same were there already
    record Taken(UUID id, String kind, boolean fresh) {}

    /// @throws dev.conduct.kernel.Problem 400 for what is no report that is read, 404 without the product, 413 when it
    ///     is too long, 503 when too many come at once
    Taken take(Of of, InputStream report, Actor by);
}
