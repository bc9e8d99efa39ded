package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Nearest;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Creation.
@Component
class Reports {

    private final Door door;
    private final NumberRows rows;
    private final Numbers numbers;
    private final FieldChecks checks;
    private final Procedures procedures;
    private final ArchivedProducts archives;
    private final Together together;

    Reports(
            Door door,
            NumberRows rows,
            Numbers numbers,
            FieldChecks checks,
            Procedures procedures,
            ArchivedProducts archives,
            Together together) {
        this.archives = archives;
        this.door = door;
        this.together = together;
        this.rows = rows;
        this.numbers = numbers;
        this.checks = checks;
        this.procedures = procedures;
    }

    Item report(Items.Report report, Actor who) {
        var actor = who.on(report.product());
        var at = door.moment(report.occurredAt(), actor);
        var procedure = procedures.at(at);
        var type = type(procedure, report.type());
        title(report.title());
        PlainText.checked("description", report.description(), FieldChecks.TEXT);
        requireVisible(report.product(), actor);
        if (archives.has(report.product())) {
            throw Problem.conflict(
                    "product_archived",
                    report.product()
                            + " is archived: nothing new is reported to it. Choose another product, or have it brought back under Products.");
        }
        var fields =
                checks.check(new FieldChecks.Subject(type, report.product(), actor, Set.of(), false), report.fields());
        required(type, fields);
        var telling = new Telling("item.report", at)
                .with("type", type.name())
                .with("state", type.initial())
                .with("roles", actor.roles().stream().sorted().toList())
                .judgedBy(type.clause(), procedure.version());
        var named = report.assignee() == null || report.assignee().isBlank() ? null : report.assignee();
        var rights = Rights.refusal(procedure, type.name(), actor, false);
        if (rights == null && named != null) {
            rights = Rights.assigning(type, null, actor);
        }
        if (rights != null) {
            throw refused(report, type, false, List.of(rights), telling, actor);
        }
        var assignee = named != null ? checks.assignee(named, null, actor) : null;
        telling.changes(fields);
        var unborn = new Case(
                "",
                type.name(),
                type.initial(),
                fields.seen(),
                assignee,
                actor.id(),
                at,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var verdict = Gates.judgeCreation(
                procedure, unborn, new Case.Attempt("report", actor.id(), actor.roles(), fields.seen(), assignee, at));
        if (!verdict.allowed()) {
            throw refused(report, type, verdict.role() == null, verdict.blockedBy(), telling, actor);
        }
        telling.deviating(verdict).words("title", report.title()).text("description", report.description());
        if (assignee != null) {
            telling.assigned(assignee);
        }
        if (Sight.of(actor).inside()) {
            telling.restricting(type, type.restricts(fields.set()), null, null);
        } else {
            telling.with("organisation", actor.membership().organisation());
        }
        var key = report.product() + "-" + number(report.product());
        var event = telling.of(key, 1, actor);
        return together.act(
                () -> Optional.of(new JoinedActs.Ready(null, event)).filter(JoinedActs.Ready::plain),
                () -> door.through(() -> door.begin(event)));
    }

    private GateClosed refused(
            Items.Report report,
            ItemType type,
            boolean byGates,
            List<dev.conduct.procedure.Reason> reasons,
            Telling telling,
            Actor actor) {
        if (!rows.productIsHere(report.product())) {
            throw unknownProduct();
        }
        var event = telling.refusedOf(report.product(), actor, reasons);
        return door.through(() -> {
            throw byGates
                    ? GateClosed.held(type.begin(), reasons, Map.of(), event)
                    : GateClosed.notTheirs(reasons.getFirst(), event);
        });
    }

    /// Who sees every product needs not be asked.
    private void requireVisible(String product, Actor actor) {
        var sight = Sight.of(actor);
        if (!sight.everyProduct() && !rows.productIsSeen(product, sight)) {
            throw unknownProduct();
        }
    }

    long number(String product) {
        var number = TransactionSynchronizationManager.isActualTransactionActive()
                ? rows.number(product, 1, false)
                : numbers.next(product);
        return number.orElseThrow(Reports::unknownProduct);
    }

    private static Problem unknownProduct() {
        return Problem.badInput("product", "unknown_product", "is no product here. Write the key of one, such as APP.");
    }

    static ItemType type(Procedure procedure, String name) {
        var type = procedure.types().get(name);
        if (type == null) {
            throw Problem.badInput(
                    "type",
                    "unknown_type",
                    "is no kind of work here; "
                            + Nearest.instead(
                                    Door.shown(name), procedure.types().keySet()) + ".");
        }
        return type;
    }

    static void title(String title) {
        if (title.isBlank()) {
            throw Problem.badInput("title", "missing", "is empty. Say in one line what it is about.");
        }
        FieldChecks.line("title", title, FieldChecks.TITLE);
    }

    private static void required(ItemType type, FieldChanges fields) {
        var missing = type.fields().values().stream()
                .filter(field -> field.required() && !fields.set().containsKey(field.name()))
                .map(field -> new FieldProblem(
                        "fields." + field.name(),
                        "missing",
                        field.options().isEmpty()
                                ? "is required."
                                : "is required; write one of " + String.join(", ", field.options()) + "."))
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.badInput(missing);
        }
    }
}
