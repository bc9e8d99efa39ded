package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.PlatformControl;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.work.Standings;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The register, a clause, the parameters.
@Controller
class RegisterPages implements NavigationEntry {

    static final Duration LATELY = Duration.ofDays(30);

    private static final int WEEKS = 12;
    private static final int LISTED = 20;
    private static final int LONGEST = 200;

    private final Procedures procedures;
    private final People people;
    private final List<PlatformControl> platform;
    private final UseRows rows;
    private final Standings standings;
    private final StepOfReading reading;
    private final InstantSource time;

    RegisterPages(
            Procedures procedures,
            People people,
            List<PlatformControl> platform,
            UseRows rows,
            Standings standings,
            StepOfReading reading,
            InstantSource time) {
        this.procedures = procedures;
        this.people = people;
        this.platform = platform;
        this.rows = rows;
        this.standings = standings;
        this.reading = reading;
        this.time = time;
    }

    @GetMapping("/procedure")
    RegisterView register(
            @RequestParam(name = "chapter", required = false) @Nullable String chapter,
            @RequestParam(name = "q", defaultValue = "") String words,
            Actor actor) {
        reading.read(actor);
        return register(chapter, words);
    }

    RegisterView register(@Nullable String chapter, String words) {
        var procedure = procedures.at(time.instant());
        var coverage = Coverage.of(procedure, platform);
        var chosen = chapter == null
                        || coverage.stream()
                                .noneMatch(it -> it.clause().chapter().equals(chapter))
                ? null
                : chapter;
        var looked = words.strip().substring(0, Math.min(LONGEST, words.strip().length()));
        return new RegisterView(
                procedure,
                approver(procedure),
                coverage,
                coverage.stream()
                        .filter(it -> chosen == null || it.clause().chapter().equals(chosen))
                        .filter(it -> holds(it.clause(), looked))
                        .toList(),
                lately(),
                chosen,
                looked,
                Tabs.of(procedure, procedures, "/procedure"));
    }

    @GetMapping("/procedure/clauses/{id}")
    ClauseView clause(@PathVariable("id") String id, Actor reader) {
        var procedure = procedures.at(time.instant());
        var held = Coverage.of(procedure, platform).stream()
                .filter(it -> it.clause().id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The clause " + id));
        var deviations = rows.deviations(id, time.instant().minus(LATELY), LISTED);
        var titles = standings.titles(
                deviations.stream().map(UseFold.Deviation::item).distinct().toList(), reader);
        return new ClauseView(
                procedure,
                held,
                RuleControl.all(procedure).stream()
                        .filter(it -> it.clause().equals(id))
                        .toList(),
                lately(),
                weeks(id),
                deviations.stream().filter(it -> titles.containsKey(it.item())).toList(),
                titles);
    }

    @GetMapping("/procedure/parameters")
    ParametersView parameters() {
        var procedure = procedures.at(time.instant());
        return new ParametersView(procedure, Tabs.of(procedure, procedures, "/procedure/parameters"));
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return new Entry("Rule book", 10, "Procedure", "/procedure", "book-open-text", null, "p");
    }

    private Uses lately() {
        return Uses.of(rows.since(day(time.instant().minus(LATELY))));
    }

    private List<ClauseView.Week> weeks(String clause) {
        var first = day(time.instant())
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .minusWeeks(WEEKS - 1);
        var counted = rows.weeks(clause, first);
        return IntStream.range(0, WEEKS)
                .mapToObj(first::plusWeeks)
                .map(monday -> new ClauseView.Week(monday, counted.getOrDefault(monday, RuleUse.none(clause, ""))))
                .toList();
    }

    private @Nullable String approver(Procedure procedure) {
        var approvedBy = procedure.approvedBy();
        return approvedBy == null
                ? null
                : people.find(approvedBy).map(People.Person::name).orElse(approvedBy);
    }

    /// Every word stands somewhere in the clause.
    private static boolean holds(Procedure.Clause clause, String words) {
        var text = (clause.id() + " " + clause.ref() + " " + clause.title() + " " + clause.text())
                .toLowerCase(Locale.ROOT);
        return List.of(words.toLowerCase(Locale.ROOT).split("\\s+")).stream().allMatch(text::contains);
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return List.of(
                new Beneath("Parameters of the procedure", "/procedure/parameters", "book-open-text"),
                new Beneath("Gates that only observe", "/procedure/observed", "book-open-text"),
                new Beneath("Versions of the procedure", "/procedure/versions", "book-open-text"));
    }
}
