package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.PersonalDuties;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Acceptances that wait for somebody: for their verdict, or, of those they opened, for a decision on what was said.
@Component
class OwedAcceptances implements PersonalDuties {

    private final JdbcClient database;
    private final SessionLists lists;
    private final Procedures procedures;
    private final InstantSource time;

    OwedAcceptances(JdbcClient database, SessionLists lists, Procedures procedures, InstantSource time) {
        this.database = database;
        this.lists = lists;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public List<Owed> of(Actor actor) {
        if (actor.outside() || !actor.id().startsWith("person:")) {
            return List.of();
        }
        return database
                .sql("""
                        select s.product, s.id, s.title, s.build, 0 as undecided
                          from acceptance.invitation i join acceptance.session s on s.id = i.session
                         where i.person = :person and i.verdict = '' and s.closed_at is null
                         union all
                        select s.product, s.id, s.title, s.build, said.undecided
                          from acceptance.session s
                         cross join lateral (
                               select count(*) as undecided from acceptance.feedback
                                where session = s.id and decision = '') said
                         where s.opened_by = :person and s.closed_at is null and said.undecided > 0
                         order by 2 desc limit 50
                        """)
                .param("person", actor.id())
                .query((row, number) -> new Waiting(
                        row.getString("product"),
                        row.getString("id"),
                        row.getString("title"),
                        row.getString("build"),
                        row.getLong("undecided")))
                .list()
                .stream()
                .filter(waiting -> waiting.undecided() == 0 || lists.mayHold(waiting.product(), actor))
                .map(this::owed)
                .toList();
    }

    /// @param undecided 0 where a verdict is asked
    private record Waiting(String product, String id, String title, String build, long undecided) {}

    /// Whoever was asked signs where all do who were: they need not read the tests of the product.
    private Owed owed(Waiting waiting) {
        return waiting.undecided() == 0
                ? new Owed(
                        "Sign " + waiting.title(),
                        "/portal/acceptance/" + waiting.id(),
                        "Your verdict on " + waiting.build() + " is asked.",
                        clause("acceptance"),
                        null)
                : new Owed(
                        "Decide what was said of " + waiting.title(),
                        "/acceptance/" + waiting.product() + "/" + waiting.id(),
                        waiting.undecided() == 1
                                ? "One remark is not decided."
                                : waiting.undecided() + " remarks are not decided.",
                        clause("feedback"),
                        null);
    }

    private String clause(String kind) {
        return procedures.at(time.instant()).refOf(kind);
    }
}
