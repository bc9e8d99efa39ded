package dev.conduct.checks;

import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// `integration`: every check of the product that asks which commit runs there was done on the commit in force, and the
/// last time each was, it passed. One that was not done yet leaves it missing; one that failed says so at once.
@Component
class CheckFacts implements FactSource {

    static final String KIND = "integration";

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final JdbcClient database;

    CheckFacts(JdbcClient database) {
        this.database = database;
    }

    /// @param commit null: this check was not done on the commit asked for
    private record Last(boolean passed, String commit, String build, Instant at, boolean done) {}

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        var last = last(question, commit);
        if (last.isEmpty()) {
            return List.of();
        }
        var done = last.stream().filter(Last::done).toList();
        if (done.isEmpty()) {
            return before(question);
        }
        var failed = done.stream().filter(one -> !one.passed()).toList();
        var builds = done.stream().map(Last::build).distinct().count();
        if (failed.isEmpty() && (done.size() < last.size() || builds > 1)) {
            // One was not done yet, or they looked at different builds of the commit.
            return List.of();
        }
        var counting = new ArrayList<>(failed.isEmpty() ? done : failed);
        counting.sort(java.util.Comparator.comparing(Last::at));
        // It is as old as the oldest of the checks it rests on.
        var at = failed.isEmpty() ? counting.getFirst() : counting.getLast();
        return List.of(fact(failed.isEmpty(), at));
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

    private List<Last> last(Question question, String commit) {
        return database.sql("""
                        select r.state = 'passed' as passed, coalesce(r.commit, '') as commit,
                               coalesce(r.build, '') as build, coalesce(r.ended_at, :at) as at, r.id is not null as done
                          from (select distinct on (t.definition) t.definition, t.version, t.tied, t.drill, t.retired_at
                                  from checks.definition d
                                  join checks.text t on t.definition = d.id
                                 where d.product = :product and t.written_at <= :at
                                 order by t.definition, t.version desc) d
                          left join lateral (
                               select id, state, commit, build, ended_at
                                 from checks.run
                                where product = :product and left(commit, 7) = left(:commit, 7)
                                  and (starts_with(commit, :commit) or starts_with(:commit, commit))
                                  and definition = d.definition and version = d.version
                                  and commit <> '' and state in ('passed', 'failed')
                                  and ended_at <= :at
                                order by ended_at desc limit 1) r on true
                         where d.tied and not d.drill and (d.retired_at is null or d.retired_at > :at)
                        """)
                .param("product", question.product())
                .param("commit", commit)
                .param("at", CheckRows.at(question.at()))
                .query((row, number) -> new Last(
                        row.getBoolean("passed"),
                        row.getString("commit"),
                        row.getString("build"),
                        CheckRows.moment(row, "at"),
                        row.getBoolean("done")))
                .list();
    }

    /// The last of another commit, so that a refusal can say so.
    private List<Case.Fact> before(Question question) {
        return database.sql("""
                        select state = 'passed' as passed, commit, build, ended_at as at, true as done
                          from checks.run
                         where product = :product and commit <> '' and ended_at <= :at and state in ('passed', 'failed')
                         order by ended_at desc limit 1
                        """)
                .param("product", question.product())
                .param("at", CheckRows.at(question.at()))
                .query((row, number) -> fact(
                        row.getBoolean("passed"),
                        new Last(
                                true,
                                row.getString("commit"),
                                row.getString("build"),
                                CheckRows.moment(row, "at"),
                                true)))
                .list();
    }
}
