package dev.conduct.quality;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.CommitRuns.Aside;
import dev.conduct.quality.CommitRuns.Asked;
import dev.conduct.quality.CommitRuns.CommitRun;
import dev.conduct.quality.CommitRuns.Which;
import dev.conduct.work.FactSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `fix_proof`: every test that is linked to the item, or to what it is linked to as its fix, passed in the run of CI,
/// put aside or not, and nothing else that counts failed. Without a linked test there is none. So a release is proved
/// by the tests of everything that it fixes.
@Component
class FixProofFacts implements FactSource {

    private static final String KIND = "fix_proof";

    /// An item, and what it fixes.
    private static final String FIXED = """
            (select asked.item as key union all
             select other collate "default" from work.link where item = asked.item and kind = 'fixes') fixed""";

    private final JdbcClient database;
    private final Procedures procedures;
    private final CommitRuns runs;

    FixProofFacts(JdbcClient database, Procedures procedures, CommitRuns runs) {
        this.database = database;
        this.procedures = procedures;
        this.runs = runs;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return RunFacts.place(wanted, Set.of(KIND));
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var linked = linked(questions.stream()
                .filter(question -> RunFacts.known(procedures, question, KIND))
                .toList());
        if (linked.isEmpty()) {
            return Map.of();
        }
        var found = runs.of(RunFacts.asked(linked), "tests", Which.CI);
        var aside = runs.aside(found.values());
        var proved = proved(linked, found);
        return RunFacts.of(linked, found, (question, run) -> {
            var put = aside.getOrDefault(run, Aside.NONE);
            return RunFacts.fact(KIND, proved.contains(question) && CommitRuns.green(run, put), run, put.says());
        });
    }

    private List<Question> linked(List<Question> questions) {
        var items = new HashSet<String>();
        database.sql("""
                        select asked.item
                          from unnest(:items::text[], :products::text[], :moments::timestamptz[]) asked(item, product, at)
                          cross join lateral %s
                          join quality.test_link l
                            on l.item = fixed.key and l.product = asked.product and l.linked_at <= asked.at
                        """.formatted(FIXED))
                .param("items", questions.stream().map(Question::item).toArray(String[]::new))
                .param("products", questions.stream().map(Question::product).toArray(String[]::new))
                .param(
                        "moments",
                        questions.stream()
                                .map(question -> question.at().toString())
                                .toArray(String[]::new))
                .query(row -> {
                    items.add(row.getString("item"));
                });
        return questions.stream()
                .filter(question -> items.contains(question.item()))
                .toList();
    }

    /// Those all of whose linked tests passed in their run and did not fail in it.
    private Set<Question> proved(List<Question> linked, Map<Asked, CommitRun> found) {
        var asked = linked.stream()
                .filter(question -> found.containsKey(RunFacts.asked(question)))
                .toList();
        var ran = new ArrayList<CommitRun>();
        asked.forEach(question -> ran.add(Objects.requireNonNull(found.get(RunFacts.asked(question)))));
        var proved = new HashSet<Question>();
        database.sql("""
                        select run.n
                          from %s
                          join unnest(:items::text[]) with ordinality asked(item, n) on asked.n = run.n
                          cross join lateral %s
                          join quality.test_link l
                            on l.item = fixed.key and l.product = run.product and l.linked_at <= run.until
                          cross join lateral (
                               select coalesce(bool_or(t.outcome = 'passed')
                                        and not bool_or(t.outcome in ('failed', 'errored', 'flaky')), false) as passed
                                 from quality.report r join quality.test_case t on t.report = r.id
                                where r.product = run.product and r.family = 'tests' and r.environment = ''
                                  and r.commit = run.commit and r.build = run.build and r.received_at <= run.until
                                  and t.test = l.test) test
                         group by run.n
                        having bool_and(test.passed)
                        """.formatted(CommitRuns.RUNS, FIXED))
                .params(CommitRuns.columns(ran))
                .param("items", asked.stream().map(Question::item).toArray(String[]::new))
                .query(row -> {
                    proved.add(asked.get(row.getInt("n") - 1));
                });
        return proved;
    }
}
