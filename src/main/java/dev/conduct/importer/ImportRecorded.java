package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// The ledger's entry about an import as a whole; what it brought stands in the events of each item.
final class ImportRecorded {

    private ImportRecorded() {}

    static NewEvent of(UUID id, Imports.Order order, LossAccount account, Actor importer, Instant now) {
        return new NewEvent(
                now,
                importer.id(),
                "import",
                "import.run",
                "product:" + order.product(),
                // The version every product has: an earlier one after it would look like an event that was moved.
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(
                        "import", id.toString(),
                        "format", order.format().word(),
                        "read", (long) account.read(),
                        "imported", (long) account.imported(),
                        "merged", (long) account.merged(),
                        "refused", (long) account.refused(),
                        "events", account.events()),
                Map.of("files", order.files().stream().map(Imports.Source::name).collect(Collectors.joining("\n"))));
    }

    static NewEvent undone(Run run, Run.Undone undone, Actor by, Instant now) {
        return new NewEvent(
                now,
                by.id(),
                "import",
                "import.undo",
                "product:" + run.product(),
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("import", run.id().toString(), "withdrawn", undone.withdrawn(), "kept", undone.left()),
                Map.of());
    }
}
