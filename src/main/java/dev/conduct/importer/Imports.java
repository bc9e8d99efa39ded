package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
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
    private final InstantSource time;
    private final TransactionTemplate transactions;

    Imports(
            Items items,
            Products products,
            People people,
            Roles roles,
            Procedures procedures,
            Ledger ledger,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.roles = roles;
        this.procedures = procedures;
        this.ledger = ledger;
        this.time = time;
        this.transactions = new TransactionTemplate(transactions);
        // Each batch lasts by itself, also where the request that brings it is a transaction.
        this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// Imports, and records that it was done.
    ///
    /// @throws Problem when the actor may not, or the product or a word of the mapping is not known
    public LossAccount run(Order order, Actor importer) {
        var account = read(order, importer, false);
        transactions.executeWithoutResult(
                _ -> ledger.append(ImportRecorded.of(order, account, importer, time.instant())));
        return account;
    }

    /// Gives the account that `run` would give now, and leaves nothing behind.
    public LossAccount rehearse(Order order, Actor importer) {
        return read(order, importer, true);
    }

    private LossAccount read(Order order, Actor importer, boolean rehearsal) {
        if (!roles.may(importer, Right.IMPORT)) {
            throw Problem.forbidden(
                    "not_your_role", "An import is for " + roles.titles(Right.IMPORT) + ". Ask one of them.");
        }
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
        var translation = new Translation(new Vocabulary(mapping, type), order.product(), time.instant());
        var actor = new Actor(importer.id(), importer.name(), importer.roles(), "import");
        var batch = new Batch(items, products, people, transactions, translation, mapping.source(), actor, rehearsal);
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
