package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Named groups of people. Everybody in a team holds its roles; a team can know a component best, and be named among
/// those who may see a restricted item.
@Component
public class Teams {

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Grants grants;
    private final Ledger ledger;

    Teams(JdbcClient db, InstantSource time, People people, Grants grants, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.grants = grants;
        this.ledger = ledger;
    }

    /// @param members by name
    public record Team(String id, String name, List<People.Person> members, List<Grants.Grant> roles) {

        /// As lists of readers and of owners name it.
        public String reader() {
            return "team:" + id;
        }
    }

    /// All of them, by name.
    public List<Team> all() {
        return teams(null);
    }

    /// By id or name.
    public Optional<Team> find(String idOrName) {
        return teams(idOrName.strip()).stream().findFirst();
    }

    private List<Team> teams(@Nullable String named) {
        record Row(UUID id, String name, String[] members, String[] roles) {}
        var rows = db.sql("""
                select t.id, t.name,
                       array(select case when a.kind = 'client' then 'client:' else 'person:' end || a.id
                               from identity.team_member m join identity.actor a on a.id = m.member
                              where m.team = t.id) as members,
                       array(select coalesce(r.product, '') || '/' || r.role
                               from identity.team_role r where r.team = t.id order by 1) as roles
                  from identity.team t
                 where cast(:named as text) is null or t.id::text = :named or lower(t.name) = lower(:named)
                 order by t.name
                """)
                .param("named", named, java.sql.Types.VARCHAR)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        (String[]) row.getArray("members").getArray(),
                        (String[]) row.getArray("roles").getArray()))
                .list();
        var known = people.byId(
                rows.stream().flatMap(row -> Arrays.stream(row.members())).toList());
        return rows.stream()
                .map(row -> new Team(
                        row.id().toString(),
                        row.name(),
                        Arrays.stream(row.members())
                                .map(known::get)
                                .filter(java.util.Objects::nonNull)
                                .sorted(java.util.Comparator.comparing(People.Person::name))
                                .toList(),
                        Arrays.stream(row.roles()).map(Grants.Grant::read).toList()))
                .toList();
    }

    /// @throws Problem 400 for a bad name, 409 when there is one of that name
    @Transactional
    public Team create(String name, Actor by) {
        var faults = new ArrayList<FieldProblem>();
        var clean = Words.name(faults, "name", name);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var id = Ids.next(time.instant());
        try {
            db.sql("insert into identity.team (id, name, created_at) values (:id, :name, :now)")
                    .param("id", id)
                    .param("name", clean)
                    .param("now", Sql.time(time.instant()))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("team_exists", "There is a team of that name already.");
        }
        record("team.create", id, Map.of(), Map.of("name", clean), by);
        return find(id.toString()).orElseThrow();
    }

    /// Puts somebody in, or takes them out; the same twice is once.
    ///
    /// @throws Problem 404 without the team, 400 for somebody unknown
    @Transactional
    public Team member(String team, String member, boolean in, Actor by) {
        var found = required(team);
        var person = people.resolve(member)
                .orElseThrow(() -> Problem.badInput(
                        "member", "unknown_person", "names nobody here. Write an id or an e-mail address."));
        var changed = db.sql(in ? """
                        insert into identity.team_member (team, member, since) values (:team, :member, :now)
                        on conflict do nothing
                        """ : "delete from identity.team_member where team = :team and member = :member")
                .param("team", UUID.fromString(found.id()))
                .param("member", ActorId.required(person.id()))
                .param("now", Sql.time(time.instant()))
                .update();
        if (changed > 0) {
            record(
                    in ? "team.join" : "team.leave",
                    UUID.fromString(found.id()),
                    Map.of("member", person.id()),
                    Map.of(),
                    by);
        }
        return required(found.id());
    }

    /// Gives everybody in the team a role, or takes it away.
    ///
    /// @param product null for company-wide
    /// @throws Problem 404 without the team, 400 for a role or product that is not there
    @Transactional
    public Team role(String team, String role, @Nullable String product, boolean held, Actor by) {
        var found = required(team);
        if (held) {
            grants.check(role, product);
            grants.requireNoAdministration(role);
        }
        var changed = db.sql(held ? """
                        insert into identity.team_role (team, role, product, since) values (:team, :role, :product, :now)
                        on conflict do nothing
                        """ : """
                        delete from identity.team_role
                         where team = :team and role = :role and product is not distinct from :product
                        """)
                .param("team", UUID.fromString(found.id()))
                .param("role", role)
                .param("product", product, java.sql.Types.VARCHAR)
                .param("now", Sql.time(time.instant()))
                .update();
        if (changed > 0) {
            record(
                    held ? "team.grant" : "team.revoke",
                    UUID.fromString(found.id()),
                    new Grants.Grant(role, product).told(),
                    Map.of(),
                    by);
        }
        return required(found.id());
    }

    private Team required(String team) {
        return find(team).orElseThrow(() -> Problem.notFound("This team"));
    }

    private void record(String action, UUID team, Map<String, Object> data, Map<String, String> content, Actor by) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "team:" + team,
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
    }
}
