package dev.conduct.checks;

import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `integration`: every check of the product that asks which commit runs there was done on the commit in force, and the
/// last time each was, it passed. One that was not done yet leaves it missing; one that failed says so at once.
@Component
class CheckFacts implements FactSource {

    static final String KIND = "integration";

    private final JdbcClient database;

    CheckFacts(JdbcClient database) {
        this.database = database;
    }

    /// @param done false: this check was not done on the commit asked for
    private record Last(boolean passed, String commit, String build, Instant at, boolean done) {}

    @Override
    public Optional<Place> place(Wanted wanted) {
        return wanted.kind().equals(KIND)
                ? Optional.of(new Place("Checks", "/checks/" + wanted.product()))
                : Optional.empty();
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var facts = new HashMap<Question, List<Case.Fact>>();
        var without = new ArrayList<Question>();
        last(Question.of(KIND, questions)).forEach((question, last) -> {
            if (last.stream().anyMatch(Last::done)) {
                told(last).ifPresent(fact -> facts.put(question, List.of(fact)));
            } else {
                without.add(question);
            }
        });
        facts.putAll(before(without));
        return facts;
    }

    private static Optional<Case.Fact> told(List<Last> last) {
        var done = last.stream().filter(Last::done).toList();
        var failed = done.stream().filter(one -> !one.passed()).toList();
        var builds = done.stream().map(Last::build).distinct().count();
        if (failed.isEmpty() && (done.size() < last.size() || builds > 1)) {
            // One was not done yet, or they looked at different builds of the commit.
            return Optional.empty();
        }
        var counting = new ArrayList<>(failed.isEmpty() ? done : failed);
        counting.sort(Comparator.comparing(Last::at));
        // It is as old as the oldest of the checks it rests on.
        var at = failed.isEmpty() ? counting.getFirst() : counting.getLast();
        return Optional.of(fact(failed.isEmpty(), at));
    }

    private static Case.Fact fact(boolean passed, Last last) {
        return new Case.Fact(
                KIND,
                passed,
                last.commit(),
                last.build().isEmpty() ? null : last.build(),
                last.at(),
                "system:checks",
                Set.of(),
                "checks",
                false);
    }

    /// What each check was last found to say of each commit.
    private Map<Question, List<Last>> last(List<Question> questions) {
        var last = new HashMap<Question, List<Last>>();
        if (questions.isEmpty()) {
            return last;
        }
        database.sql("""
                        select a.n, r.state = 'passed' as passed, coalesce(r.commit, '') as commit,
                               coalesce(r.build, '') as build, coalesce(r.ended_at, a.until) as at,
                               r.id is not null as done
                          from unnest(:products::text[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(product, wanted, until, n)
                          cross join lateral (
                               select distinct on (t.definition) t.definition, t.version, t.tied, t.drill, t.retired_at
                                  from checks.definition d
                                  join checks.text t on t.definition = d.id
                                 where d.product = a.product and t.written_at <= a.until
                                 order by t.definition, t.version desc) d
                          left join lateral (
                               select id, state, commit, build, ended_at
                                 from checks.run
                                where product = a.product and short = left(a.wanted, 7)
                                  and (starts_with(commit, a.wanted) or starts_with(a.wanted, commit))
                                  and definition = d.definition and version = d.version
                                  and commit <> '' and state in ('passed', 'failed')
                                  and ended_at <= a.until
                                order by ended_at desc limit 1) r on true
                         where d.tied and not d.drill and (d.retired_at is null or d.retired_at > a.until)
                        """).params(columns(questions)).query(row -> {
            last.computeIfAbsent(questions.get(row.getInt("n") - 1), unused -> new ArrayList<>())
                    .add(last(row));
        });
        return last;
    }

    /// The last of another commit, so that a refusal can say so.
    private Map<Question, List<Case.Fact>> before(List<Question> questions) {
        var before = new HashMap<Question, List<Case.Fact>>();
        if (questions.isEmpty()) {
            return before;
        }
        database.sql("""
                        select a.n, r.state = 'passed' as passed, r.commit, r.build, r.ended_at as at, true as done
                          from unnest(:products::text[], :wanted::text[], :moments::timestamptz[])
                               with ordinality a(product, wanted, until, n)
                          cross join lateral (
                               select state, commit, build, ended_at from checks.run
                                where product = a.product and commit <> '' and ended_at <= a.until
                                  and state in ('passed', 'failed')
                                order by ended_at desc limit 1) r
                        """).params(columns(questions)).query(row -> {
            var last = last(row);
            before.put(questions.get(row.getInt("n") - 1), List.of(fact(last.passed(), last)));
        });
        return before;
    }

    private static Map<String, Object> columns(List<Question> questions) {
        return Map.of(
                "products", questions.stream().map(Question::product).toArray(String[]::new),
                "wanted", questions.stream().map(Question::commit).toArray(String[]::new),
                "moments",
                        questions.stream()
                                .map(question -> question.at().toString())
                                .toArray(String[]::new));
    }

    private static Last last(ResultSet row) throws SQLException {
        return new Last(
                row.getBoolean("passed"),
                row.getString("commit"),
                row.getString("build"),
                CheckRows.moment(row, "at"),
                row.getBoolean("done"));
    }
}
