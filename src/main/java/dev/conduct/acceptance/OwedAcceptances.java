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
    private final Procedures procedures;
    private final InstantSource time;

    OwedAcceptances(JdbcClient database, Procedures procedures, InstantSource time) {
        this.database = database;
        this.procedures = procedures;
        this.time = time;
    }

    @Override
    public List<Owed> of(Actor actor) {
        if (actor.outside() || !actor.id().startsWith("person:")) {
            return List.of();
        }
        return database.sql("""
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
                .query((row, number) -> owed(
                        "/acceptance/" + row.getString("product") + "/" + row.getString("id"),
                        row.getString("title"),
                        row.getString("build"),
                        row.getLong("undecided")))
                .list();
    }

    private Owed owed(String href, String title, String build, long undecided) {
        return undecided == 0
                ? new Owed("Sign " + title, href, "Your verdict on " + build + " is asked.", clause("UAT-1"), null)
                : new Owed(
                        "Decide what was said of " + title,
                        href,
                        undecided == 1 ? "One remark is not decided." : undecided + " remarks are not decided.",
                        clause("UAT-2"),
                        null);
    }

    private String clause(String id) {
        var clause = procedures.at(time.instant()).clauses().get(id);
        return clause == null ? "" : clause.ref();
    }
}
