package dev.conduct.testing;

import dev.conduct.procedure.Case;
import dev.conduct.testing.TestRunLists.Ended;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the gates learn from test plans about the commit in force.
///
/// - `plan_run`: of every regression plan, the last run that ended on this commit passed: something passed, nothing
///   failed, was blocked or left open. While none of them was run on it, the last run of another commit is told.
/// - `points_covered`: every integration point of the product has an owner and a case. It speaks of the catalogue as it
///   is, whatever the commit.
@Component
class PlanFacts implements FactSource {

    private static final String ACTOR = "system:testing";
    private static final int NAMED = 5;

    private final JdbcClient database;
    private final TestRunLists runs;

    PlanFacts(JdbcClient database, TestRunLists runs) {
        this.database = database;
        this.runs = runs;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return switch (wanted.kind()) {
            case "plan_run" -> Optional.of(new Place("Test plans", "/testing/" + wanted.product()));
            case "points_covered" -> Optional.of(new Place("Catalogue", "/testing/" + wanted.product() + "/catalogue"));
            default -> Optional.empty();
        };
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var facts = plans(Question.of("plan_run", questions));
        var pointed = Question.of("points_covered", questions);
        var points = points(products(pointed));
        for (var question : pointed) {
            var told = points.get(question.product());
            if (told != null) {
                facts.computeIfAbsent(question, unused -> new ArrayList<>()).add(told.fact(question));
            }
        }
        return facts;
    }

    private record Needed(String product, UUID id, String title) {}

    private static String[] products(Collection<Question> questions) {
        return questions.stream().map(Question::product).distinct().toArray(String[]::new);
    }

    private Map<Question, List<Case.Fact>> plans(Collection<Question> questions) {
        if (questions.isEmpty()) {
            return new HashMap<>();
        }
        var needed = database
                .sql("""
                        select product, id, title from testing.plan
                         where product = any (:products) and regression and not retired order by id
                        """)
                .param("products", products(questions))
                .query((row, number) ->
                        new Needed(row.getString("product"), row.getObject("id", UUID.class), row.getString("title")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Needed::product));
        var ran = last(questions, needed, Question::commit);
        var elsewhere = last(
                questions.stream()
                        .filter(question -> !ran.containsKey(question))
                        .toList(),
                needed,
                question -> "");
        var failed = runs.failed(
                ran.values().stream()
                        .flatMap(found -> found.values().stream())
                        .filter(run -> !run.green())
                        .map(TestRun::id)
                        .distinct()
                        .toList(),
                NAMED);
        var facts = new HashMap<Question, List<Case.Fact>>();
        ran.forEach((question, found) -> facts.put(
                question,
                new ArrayList<>(List.of(done(needed.getOrDefault(question.product(), List.of()), found, failed)))));
        elsewhere.forEach((question, found) -> facts.put(
                question,
                found.values().stream()
                        .map(run -> fact(run, run.green(), ""))
                        .collect(Collectors.toCollection(ArrayList::new))));
        return facts;
    }

    /// The last run of each plan of each question's product, by plan; questions without any are left out.
    private Map<Question, Map<UUID, TestRun>> last(
            Collection<Question> questions, Map<String, List<Needed>> needed, Function<Question, String> commit) {
        var asked = new LinkedHashMap<Ended, List<Question>>();
        for (var question : questions) {
            for (var plan : needed.getOrDefault(question.product(), List.of())) {
                asked.computeIfAbsent(
                                new Ended(plan.id(), commit.apply(question), question.at()),
                                unused -> new ArrayList<>())
                        .add(question);
            }
        }
        var ended = runs.lastEnded(List.copyOf(asked.keySet()));
        var last = new HashMap<Question, Map<UUID, TestRun>>();
        asked.forEach((one, those) -> {
            var run = ended.get(one);
            if (run != null) {
                those.forEach(question -> last.computeIfAbsent(question, unused -> new LinkedHashMap<>())
                        .put(one.plan(), run));
            }
        });
        return last;
    }

    private static Case.Fact done(List<Needed> needed, Map<UUID, TestRun> ran, Map<UUID, List<String>> failed) {
        var wanting = new ArrayList<String>();
        needed.stream()
                .filter(plan -> !ran.containsKey(plan.id()))
                .forEach(plan -> wanting.add("No run of " + plan.title()));
        ran.values().stream()
                .filter(run -> !run.green())
                .forEach(run ->
                        wanting.add(run.title() + ": " + failures(run, failed.getOrDefault(run.id(), List.of()))));
        var last = ran.values().stream()
                .reduce((one, other) -> ended(other).isAfter(ended(one)) ? other : one)
                .orElseThrow();
        return fact(last, wanting.isEmpty(), String.join("; ", wanting));
    }

    private static Case.Fact fact(TestRun run, boolean passed, String words) {
        return new Case.Fact(
                "plan_run",
                passed,
                run.commit(),
                run.build().isEmpty() ? null : run.build(),
                ended(run),
                run.endedBy() == null ? ACTOR : run.endedBy(),
                Set.of(),
                ("testrun:" + run.id() + " " + words).strip(),
                false);
    }

    private static Instant ended(TestRun run) {
        return run.endedAt() == null ? run.startedAt() : run.endedAt();
    }

    /// The cases that hold it, by number.
    private static String failures(TestRun run, List<String> failed) {
        return failed.isEmpty()
                ? run.word()
                : failed.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (failed.size() > NAMED ? " and more failed" : " failed");
    }

    /// How many integration points a product has, and how many of them are holes.
    private record Points(long all, long holes) {

        Case.Fact fact(Question question) {
            return new Case.Fact(
                    "points_covered",
                    holes == 0,
                    question.commit(),
                    null,
                    question.at(),
                    ACTOR,
                    Set.of(),
                    "catalogue:" + question.product()
                            + (holes == 0
                                    ? ""
                                    : " " + holes + " of " + all + " integration points lack an owner or a case"),
                    false);
        }
    }

    private Map<String, Points> points(String[] products) {
        var points = new HashMap<String, Points>();
        if (products.length == 0) {
            return points;
        }
        database.sql("""
                        select p.product, count(*) as points,
                               count(*) filter (where p.owner = '' or one.number is null) as holes
                          from testing.point p
                          left join lateral (
                               select c.number
                                 from testing.case_version v
                                 join testing.test_case c on c.id = v.test_case and c.version = v.version
                                  and not c.retired
                                 join testing.plan n on n.id = c.plan and not n.retired
                                where v.point = p.id limit 1) one on true
                         where p.product = any (:products) and not p.retired
                         group by p.product
                        """).param("products", products).query(row -> {
            points.put(row.getString("product"), new Points(row.getLong("points"), row.getLong("holes")));
        });
        return points;
    }
}
