package dev.conduct.importer;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Brings history along. Goes in batches, each a transaction of its own: what breaks off half-way is completed by
/// running it again, and what is already here is not taken twice.
@Component
public class Imports {

    /// @param overlays laid over the format's own mapping, one after the other
    public record Order(ImportFormat format, String product, List<Source> files, List<Overlay> overlays) {}

    /// @param name for messages
    /// @param yaml as in `docs/guide/import.md`
    public record Overlay(String name, String yaml) {}

    /// @param name as people know the file; `path` is where its bytes are
    public record Source(String name, Path path) {}

    private final Items items;
    private final Products products;
    private final People people;
    private final Roles roles;
    private final Procedures procedures;
    private final Ledger ledger;
    private final Runs runs;
    private final Readers readers;
    private final InstantSource time;
    private final TransactionTemplate transactions;

    Imports(
            Items items,
            Products products,
            People people,
            Roles roles,
            Procedures procedures,
            Ledger ledger,
            Runs runs,
            Readers readers,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.roles = roles;
        this.procedures = procedures;
        this.ledger = ledger;
        this.runs = runs;
        this.readers = readers;
        this.time = time;
        this.transactions = new TransactionTemplate(transactions);
        // Each batch lasts by itself, also where the request that brings it is a transaction.
        this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// Imports, and records that it was done.
    ///
    /// @throws Problem when the actor may not, or the product or a word of the mapping is not known
    public LossAccount run(Order order, Actor importer) {
        var translation = translation(order, importer);
        var id = Ids.next(time.instant());
        runs.add(id, importer.id(), order, Run.State.RUNNING, 0);
        try {
            // What is here already is found whoever may see it.
            return readers.system(() -> read(id, order, translation, importer));
        } catch (Problem refused) {
            runs.failed(id, refused.says());
            throw refused;
        }
    }

    /// Runs what stands among the runs already.
    LossAccount goOn(UUID id, Order order, Actor importer) {
        return read(id, order, translation(order, importer), importer);
    }

    /// Gives the account that `run` would give now, and leaves nothing behind.
    public LossAccount rehearse(Order order, Actor importer) {
        // What is here already is found whoever may see it.
        return readers.system(() -> read(order, translation(order, importer), importer, null));
    }

    /// Takes back what a run brought: whatever nobody has touched since.
    Run.Undone undo(Run run, Actor by) {
        require(by);
        var actor = importing(by);
        var kept = new ArrayList<Run.Left>();
        var withdrawn = 0L;
        var handled = 0L;
        var after = "";
        for (var part = runs.items(run.id(), after, Batch.ISSUES);
                !part.isEmpty();
                part = runs.items(run.id(), after, Batch.ISSUES)) {
            var versions = part;
            var left = Objects.requireNonNull(transactions.execute(
                    _ -> items.withdraw(run.id().toString(), versions, keys -> runs.ofRun(run.id(), keys), actor)));
            left.forEach((key, why) -> kept.add(new Run.Left(key, why)));
            withdrawn += versions.size() - left.size();
            handled += versions.size();
            after = new ArrayList<>(versions.keySet()).getLast();
            runs.handled(run.id(), handled);
        }
        var undone = new Run.Undone(
                withdrawn, kept.size(), List.copyOf(kept.subList(0, Math.min(kept.size(), Run.MOST_LEFT))));
        transactions.executeWithoutResult(_ -> {
            runs.undone(run.id(), undone);
            ledger.append(ImportRecorded.undone(run, undone, actor, time.instant()));
        });
        return undone;
    }

    private LossAccount read(UUID id, Order order, Translation translation, Actor importer) {
        var account = read(order, translation, importer, new Progress(runs, id));
        transactions.executeWithoutResult(_ -> {
            runs.imported(id, account);
            ledger.append(ImportRecorded.of(id, order, account, importer, time.instant()));
        });
        return account;
    }

    private static Actor importing(Actor importer) {
        return importer.by("import");
    }

    void require(Actor importer) {
        if (!roles.may(importer, Right.IMPORT)) {
            throw Problem.forbidden(
                    "not_your_role", "An import is for " + roles.titles(Right.IMPORT) + ". Ask one of them.");
        }
    }

    private Translation translation(Order order, Actor importer) {
        require(importer);
        if (products.find(order.product()).isEmpty()) {
            throw Problem.badInput(
                    "product", "unknown_product", "`" + order.product() + "` is not a product. Make it first.");
        }
        var procedure = procedures.at(time.instant());
        var mapping = Fitting.read(order.format(), order.overlays(), procedure);
        var type = procedure.types().get(mapping.type());
        if (type == null) {
            throw Problem.badInput(
                    "type",
                    "unknown_type",
                    "`" + mapping.type() + "` is not one of "
                            + String.join(", ", procedure.types().keySet()) + ".");
        }
        return new Translation(new Vocabulary(mapping, type), order.product(), time.instant());
    }

    /// @param progress null for a rehearsal
    private LossAccount read(Order order, Translation translation, Actor importer, @Nullable Progress progress) {
        var mapping = translation.mapping();
        var batch = new Batch(items, products, people, transactions, translation, importing(importer), progress);
        for (var source : order.files()) {
            var file = new SourceFile(source.name(), source.path());
            try {
                file.refuseArchive();
                order.format().reader().read(file, mapping, batch);
            } catch (IOException unreadable) {
                throw Problem.badInput(source.name(), "unreadable_file", "cannot be read: " + unreadable.getMessage());
            }
        }
        return batch.finish();
    }
}
