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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `fix_proof`: every test that is linked to the item, or to what it is linked to as its fix, passed in the run of CI,
/// put aside or not, and nothing else that counts failed. Without a linked test there is none. So a release is proved
/// by the tests of everything that it fixes, of whatever product, and by none while one of its fixes has no test.
@Component
class FixProofFacts implements FactSource {

    private static final String KIND = "fix_proof";

    /// An item, and what it fixed at a moment. The keys of links are sorted otherwise than those of tests: left as they
    /// are, no index finds the tests.
    private static final String FIXED = """
            (select asked.item as key, true as own union all
             select other collate "default", false from work.link
              where item = asked.item and kind = 'fixes' and at <= %s) fixed""";

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
        var linked = linked(RunFacts.about(KIND, questions, procedures));
        if (linked.isEmpty()) {
            return Map.of();
        }
        var found = runs.of(RunFacts.asked(linked), "tests", Which.CI);
        var aside = runs.aside(found.values());
        var proved = proved(linked, found);
        return RunFacts.of(linked, found, (question, run) -> {
            var put = aside.getOrDefault(run, Aside.NONE);
            var proof = proved.getOrDefault(question, Proof.NONE);
            return RunFacts.fact(
                    KIND,
                    proof.passed() && CommitRuns.green(run, put),
                    run,
                    Stream.of(proof.says(), put.says())
                            .filter(says -> !says.isEmpty())
                            .collect(Collectors.joining("; ")));
        });
    }

    private List<Question> linked(List<Question> questions) {
        var items = new HashSet<String>();
        if (questions.isEmpty()) {
            return questions;
        }
        database.sql("""
                        select asked.item
                          from unnest(:items::text[], :moments::timestamptz[]) asked(item, at)
                          cross join lateral %s
                          join quality.test_link l
                            on l.item = fixed.key and l.linked_at <= asked.at
                        """.formatted(FIXED.formatted("asked.at")))
                .param("items", questions.stream().map(Question::item).toArray(String[]::new))
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

    /// What the linked tests of an item and of its fixes say.
    ///
    /// @param passed whether each of its fixes has tests, and all of them passed in its run and did not fail in it
    /// @param bare how many of its fixes have no test. Which they are is not said: not everybody may see them all
    private record Proof(boolean passed, long bare) {

        static final Proof NONE = new Proof(false, 0);

        String says() {
            return bare == 0 ? "" : "Fixes without a linked test: " + bare;
        }
    }

    private Map<Question, Proof> proved(List<Question> linked, Map<Asked, CommitRun> found) {
        var asked = linked.stream()
                .filter(question -> found.containsKey(RunFacts.asked(question)))
                .toList();
        var ran = new ArrayList<CommitRun>();
        asked.forEach(question -> ran.add(Objects.requireNonNull(found.get(RunFacts.asked(question)))));
        var proved = new HashMap<Question, Proof>();
        database.sql("""
                        select run.n,
                               bool_and(case when l.test is null then fixed.own else test.passed end)
                                 and count(l.test) > 0 as passed,
                               count(*) filter (where l.test is null and not fixed.own) as bare
                          from %s
                          join unnest(:items::text[]) with ordinality asked(item, n) on asked.n = run.n
                          cross join lateral %s
                          left join quality.test_link l on l.item = fixed.key and l.linked_at <= run.until
                          cross join lateral (
                               select coalesce(bool_or(t.outcome = 'passed')
                                        and not bool_or(t.outcome in ('failed', 'errored', 'flaky')), false) as passed
                                 from quality.report r join quality.test_case t on t.report = r.id
                                where r.product = run.product and r.family = 'tests' and r.environment = ''
                                  and r.commit = run.commit and r.build = run.build and r.received_at <= run.until
                                  and t.test = l.test) test
                         group by run.n
                        """.formatted(CommitRuns.RUNS, FIXED.formatted("run.until")))
                .params(CommitRuns.columns(ran))
                .param("items", asked.stream().map(Question::item).toArray(String[]::new))
                .query(row -> {
                    proved.put(
                            asked.get(row.getInt("n") - 1), new Proof(row.getBoolean("passed"), row.getLong("bare")));
                });
        return proved;
    }
}
