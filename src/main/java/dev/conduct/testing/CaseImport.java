package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Brings cases into a plan: new ones are written, those that say something new get a version, and those that were
/// brought before as they are stay as they are. All of it or nothing.
@Component
class CaseImport {

    private static final int TEXT = 2_000_000;

    private final Cases cases;
    private final CaseLists lists;
    private final Plans plans;
    private final Catalogue catalogue;
    private final TestedProducts tested;

    CaseImport(Cases cases, CaseLists lists, Plans plans, Catalogue catalogue, TestedProducts tested) {
        this.cases = cases;
        this.lists = lists;
        this.plans = plans;
        this.catalogue = catalogue;
        this.tested = tested;
    }

    /// @param format `csv` or `annotations`
    /// @param columns of CSV, by field; empty to guess
    record Wanted(String format, String text, Map<String, String> columns) {

        List<CaseDraft> drafts() {
            return switch (format) {
                case "csv" -> CsvCases.read(text, columns.isEmpty() ? CsvCases.guess(CsvCases.header(text)) : columns);
                case "annotations" -> AnnotatedCases.read(text);
                default -> throw Problem.badInput("format", "unknown", "must be csv or annotations.");
            };
        }
    }

    /// What became of each case that was read: `read = created + changed + unchanged + refused`.
    ///
    /// @param dryRun whether nothing was written
    record Account(
            int read,
            int created,
            int changed,
            int unchanged,
            int refused,
            List<FieldProblem> errors,
            boolean dryRun) {}

    private record Planned(CaseDraft draft, CaseText text, String key) {}

    /// @param dryRun true: only says what would become of it
    /// @throws Problem 400 naming the line of each case that cannot be brought, when it is no dry run; 403 for who
    /// may
    ///     not, 404 without the plan
    @Transactional
    public Account run(UUID plan, Wanted wanted, boolean dryRun, Actor actor) {
        var found = plans.visible(plan, actor);
        tested.test(found.product(), actor);
        new Checks().text("text", wanted.text(), TEXT).done();
        var drafts = wanted.drafts();
        var points = points(found.product());
        var errors = new ArrayList<FieldProblem>();
        var planned = new ArrayList<Planned>();
        var unchanged = 0;
        var refused = 0;
        var seen = new HashSet<String>();
        for (var draft : drafts) {
            var there = lists.named(found.product(), draft.get("reference"))
                    .or(() -> draft.get("reference").isEmpty()
                            ? lists.titled(plan, draft.get("title"))
                            : java.util.Optional.empty());
            var text = draft.over(there.map(TestCase::text).orElse(CaseText.EMPTY), points)
                    .stripped();
            var faults = new ArrayList<>(
                    cases.faults(found.product(), there.map(TestCase::id).orElse(null), text, actor));
            if (!draft.get("point").isEmpty()
                    && !points.containsKey(draft.get("point").toLowerCase(Locale.ROOT))) {
                faults.add(
                        new FieldProblem("point", "unknown", "is no integration point of the catalogue, by its name."));
            }
            if (!seen.add(draft.get("reference").isEmpty() ? draft.get("title") : draft.get("reference"))) {
                faults.add(new FieldProblem("reference", "twice", "stands in the file twice."));
            }
            if (!faults.isEmpty()) {
                refused++;
                faults.forEach(fault -> errors.add(
                        new FieldProblem("line " + draft.line(), fault.code(), fault.field() + " " + fault.says())));
            } else if (there.filter(one -> one.text().equals(text)).isPresent()) {
                unchanged++;
            } else {
                planned.add(new Planned(draft, text, there.map(TestCase::key).orElse("")));
            }
        }
        if (!dryRun) {
            if (!errors.isEmpty()) {
                throw Problem.badInput(errors.stream().limit(100).toList());
            }
            planned.forEach(one -> write(plan, one, actor));
        }
        var created = (int) planned.stream().filter(one -> one.key().isEmpty()).count();
        return new Account(
                drafts.size(), created, planned.size() - created, unchanged, refused, List.copyOf(errors), dryRun);
    }

    private void write(UUID plan, Planned one, Actor actor) {
        if (one.key().isEmpty()) {
            cases.create(plan, one.text(), actor);
        } else {
            cases.change(one.key(), one.text(), null, actor);
        }
    }

    private Map<String, UUID> points(String product) {
        var points = new HashMap<String, UUID>();
        catalogue.points(product).forEach(point -> points.put(point.name().toLowerCase(Locale.ROOT), point.id()));
        return points;
    }
}
