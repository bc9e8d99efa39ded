package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Defects reported of failures, through the one door, each linked to the tests that show it.
@Component
class Defects {

    private static final int TITLE = 180;
    private static final int NAMED = 20;

    private final TestRows rows;
    private final RunRows runs;
    private final TestLinks links;
    private final SeenProducts seen;
    private final Items items;
    private final Procedures procedures;
    private final Recording recording;

    Defects(
            TestRows rows,
            RunRows runs,
            TestLinks links,
            SeenProducts seen,
            Items items,
            Procedures procedures,
            Recording recording) {
        this.rows = rows;
        this.runs = runs;
        this.links = links;
        this.seen = seen;
        this.items = items;
        this.procedures = procedures;
        this.recording = recording;
    }

    /// What a failure is reported as, and how much it may hurt.
    ///
    /// @param severities the words of the procedure, the worst first
    record Form(String type, String title, String field, List<String> severities) {}

    /// Null when the procedure has no line that asks for a severity and is open to this actor.
    @Nullable
    Form form(String product, Actor actor) {
        for (var type : procedures.at(recording.now()).types().values()) {
            var severity = type.field(ItemType.Meaning.SEVERITY);
            var open = type.reporters().isEmpty() || actor.on(product).hasAny(type.reporters());
            var others = type.fields().values().stream()
                    .anyMatch(field -> field.required() && field.meaning() != ItemType.Meaning.SEVERITY);
            if (severity.isPresent() && open && !others) {
                return new Form(
                        type.name(),
                        type.title(),
                        severity.get().name(),
                        severity.get().options());
            }
        }
        return null;
    }

    /// Reports what failed in this run with this shape, and links the tests.
    ///
    /// @return the key of the record
    /// @throws Problem 404 when nothing failed like this in the run, and as `Items` refuses
    @Transactional
    public String report(String product, UUID run, UUID shape, String severity, Actor actor) {
        seen.judge(product, actor);
        var form = form(product, actor);
        if (form == null) {
            throw Problem.conflict("no_line", "The procedure has no line on which a failure can be reported.");
        }
        var found = runs.find(product, run).orElseThrow(() -> Problem.notFound("This run"));
        var cause = Cause.of(rows.broken(run)).stream()
                .filter(one -> one.print().equals(shape))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("A failure of this shape in the run"));
        var item = items.report(
                new Items.Report(
                        form.type(),
                        product,
                        title(cause),
                        description(found, cause),
                        Map.of(form.field(), severity),
                        null,
                        null),
                actor);
        cause.failures().stream()
                .map(TestRows.Result::test)
                .distinct()
                .limit(NAMED)
                .forEach(test -> links.link(product, test, item.key(), actor));
        return item.key();
    }

    private static String title(Cause cause) {
        var title = "Test fails: " + cause.first().name() + (cause.message().isEmpty() ? "" : ", " + cause.message());
        return title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "\u2026";
    }

    private static String description(Run run, Cause cause) {
        var tests = cause.failures().stream()
                .map(test -> "- " + test.suite() + " " + test.name())
                .distinct()
                .limit(NAMED)
                .collect(Collectors.joining("\n"));
        var output = cause.first()
                .says()
                .lines()
                .limit(40)
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
        return "Commit " + run.commit() + (run.branch().isEmpty() ? "" : " of " + run.branch()) + ", "
                + cause.failures().size() + " failures of one cause:\n\n" + tests + "\n\n" + output;
    }
}
