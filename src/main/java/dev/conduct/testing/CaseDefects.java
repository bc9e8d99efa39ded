package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Attachments;
import dev.conduct.work.Items;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.multipart.MultipartFile;

/// Defects reported of cases that did not pass, through the one door, filled in from the case and the run.
@Component
class CaseDefects {

    private static final int TITLE = 180;

    private final TestRuns runs;
    private final TestRunLists lists;
    private final CaseLists cases;
    private final TestedProducts tested;
    private final Items items;
    private final Attachments attachments;
    private final Procedures procedures;
    private final Book book;

    CaseDefects(
            TestRuns runs,
            TestRunLists lists,
            CaseLists cases,
            TestedProducts tested,
            Items items,
            Attachments attachments,
            Procedures procedures,
            Book book) {
        this.runs = runs;
        this.lists = lists;
        this.cases = cases;
        this.tested = tested;
        this.items = items;
        this.attachments = attachments;
        this.procedures = procedures;
        this.book = book;
    }

    /// What a defect is reported as, and how much it may hurt.
    ///
    /// @param begin what its button says
    /// @param component name of the field that takes a component, empty for none
    /// @param severities the words of the procedure, the worst first
    record Form(String type, String begin, String field, String component, List<String> severities) {}

    /// Null when the procedure has no line that asks for a severity and is open to this actor.
    @Nullable
    Form form(String product, Actor actor) {
        for (var type : procedures.at(book.now()).types().values()) {
            var severity = type.field(ItemType.Meaning.SEVERITY);
            var open = type.reporters().isEmpty() || actor.on(product).hasAny(type.reporters());
            var others = type.fields().values().stream()
                    .anyMatch(field -> field.required() && field.meaning() != ItemType.Meaning.SEVERITY);
            if (severity.isPresent() && open && !others) {
                return new Form(
                        type.name(),
                        type.begin(),
                        severity.get().name(),
                        type.fields().values().stream()
                                .filter(field -> field.kind() == ItemType.FieldKind.COMPONENT)
                                .map(ItemType.Field::name)
                                .findFirst()
                                .orElse(""),
                        severity.get().options());
            }
        }
        return null;
    }

    /// Reports a defect of a case in a run, and links the two.
    ///
    /// @param severity a word of the procedure
    /// @param note what was seen
    /// @return the key of the record
    /// @throws Problem 403 for who may not test, 404 without the run or the case, and as `Items` refuses
    @Transactional
    public String report(UUID run, int number, String severity, String note, Actor actor) {
        var found = lists.visible(run, actor);
        tested.test(found.product(), actor);
        var of = lists.runCase(run, number).orElseThrow(() -> Problem.notFound("This case of the run"));
        var form = form(found.product(), actor);
        if (form == null) {
            throw Problem.conflict("no_line", "The procedure has no line on which a defect can be reported.");
        }
        new Checks().among("severity", severity, form.severities()).done();
        var version = cases.visible(of.key(), of.version(), actor);
        var fields = new java.util.HashMap<String, Object>(Map.of(form.field(), severity));
        if (!form.component().isEmpty() && !version.text().component().isEmpty()) {
            fields.put(form.component(), version.text().component());
        }
        var item = items.report(
                new Items.Report(
                        form.type(),
                        found.product(),
                        title(version),
                        description(found, of, version, note),
                        fields,
                        null,
                        null),
                actor);
        runs.defect(run, of, item.key(), actor);
        items.notice(
                new Items.Notice(
                        item.key(),
                        "testcase.link",
                        null,
                        Map.of("case", of.key(), "version", of.version(), "run", run.toString()),
                        null),
                actor);
        return item.key();
    }

    /// Attaches what was pasted to the record that was reported.
    void attach(String item, @Nullable List<MultipartFile> files, Actor actor) {
        for (var file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                attachments.attach(
                        item, Objects.requireNonNullElse(file.getOriginalFilename(), "screenshot.png"), file, actor);
            }
        }
    }

    private static String title(TestCase version) {
        var title = "Case fails: " + version.text().title();
        return title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "\u2026";
    }

    private String description(TestRun run, RunCase of, TestCase version, String note) {
        var results = lists.steps(run.id(), of.testCase()).stream()
                .collect(Collectors.toMap(TestRunLists.StepResult::step, step -> step));
        var steps = version.text().steps();
        var told = IntStream.range(0, steps.size())
                .mapToObj(at -> line(at + 1, steps.get(at), results.get(at + 1)))
                .collect(Collectors.joining("\n"));
        return "Case " + of.key() + " version " + of.version() + ", run " + run.title() + ", commit " + run.commit()
                + (run.build().isEmpty() ? "" : ", build " + run.build())
                + (run.environment().isEmpty() ? "" : ", " + run.environment()) + "."
                + part("Mocked", String.join(", ", run.mocked()))
                + part("Preconditions", version.text().preconditions())
                + part("Data", DataSet.written(version.text().data()))
                + part("Steps", told)
                + part("Seen", note.isBlank() ? of.note() : note.strip());
    }

    private static String line(int number, Step step, TestRunLists.@Nullable StepResult result) {
        return number + ". " + step.action() + (step.expected().isEmpty() ? "" : " (expected: " + step.expected() + ")")
                + (result == null || result.verdict().isEmpty() ? "" : " **" + result.verdict() + "**")
                + (result == null || result.note().isEmpty()
                        ? ""
                        : ": " + result.note().replace('\n', ' '));
    }

    private static String part(String title, String text) {
        return text.isBlank() ? "" : "\n\n**" + title + "**\n\n" + text;
    }
}
