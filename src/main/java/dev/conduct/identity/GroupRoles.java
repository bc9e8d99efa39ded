package dev.conduct.identity;

import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Which roles the members of a group of the company's directory hold, whether a sign-in names the group or SCIM does.
/// A role that some group gives is the directory's to give and to take; all others are left as people set them.
@Component
public class GroupRoles {

    private final JdbcClient db;
    private final InstantSource time;
    private final Roles roles;
    private final Accounts accounts;
    private final People people;
    private final List<CompanyDirectory> directories;
    private final Ledger ledger;

    GroupRoles(
            JdbcClient db,
            InstantSource time,
            Roles roles,
            Accounts accounts,
            People people,
            List<CompanyDirectory> directories,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.roles = roles;
        this.accounts = accounts;
        this.people = people;
        this.directories = directories;
        this.ledger = ledger;
    }

    /// @param group as the directory writes it
    public record GroupRole(String group, String role) {}

    public List<GroupRole> all() {
        return db.sql("select name as group, role from identity.group_role order by name, role")
                .query((row, number) -> new GroupRole(row.getString("group"), row.getString("role")))
                .list();
    }

    /// @throws Problem 400 when the group is empty or the role unknown
    @Transactional
    public void add(String group, String role, Actor by) {
        if (group.isBlank()) {
            throw Problem.badInput("group", "missing", "Name the group as your directory does.");
        }
        var name = PlainText.checked("group", group.strip(), 300);
        roles.checked(Set.of(role));
        db.sql("insert into identity.group_role (name, role) values (:name, :role) on conflict do nothing")
                .param("name", name)
                .param("role", role)
                .update();
        record(by, "group.add_role", role, name);
        members(name).forEach(person -> align(person, by));
    }

    /// People keep the role until it is taken from them.
    @Transactional
    public void remove(String group, String role, Actor by) {
        var removed = db.sql("delete from identity.group_role where name = :name and role = :role")
                .param("name", group)
                .param("role", role)
                .update();
        if (removed == 0) {
            throw Problem.notFound("This group");
        }
        record(by, "group.remove_role", role, group);
    }

    /// Gives a person what the groups they are in give, and takes what only other groups give.
    @Transactional
    public void align(String person, Actor by) {
        var given = db.sql("select role from identity.group_role where name = any(:groups)")
                .param("groups", groupsOf(person).toArray(String[]::new))
                .query(String.class)
                .list();
        var wanted = new TreeSet<>(people.find(person).orElseThrow().roles());
        wanted.removeAll(db.sql("select role from identity.group_role")
                .query(String.class)
                .list());
        wanted.addAll(given);
        accounts.align(person, wanted, by);
    }

    /// Records what the directory did to a group of its own.
    ///
    /// @param action `group.create`, `group.change` or `group.remove`
    /// @param data ids and counts alone: what a group is called may say something of people
    @Transactional
    public void changed(String action, UUID group, long version, Map<String, Object> data, Actor by) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "group:" + group,
                version,
                Outcome.SUCCESS,
                null,
                null,
                data,
                Map.of()));
    }

    /// Lets a person in again, with what their groups give now: they may have left some while the account was shut.
    @Transactional
    public void activate(String person, Actor by) {
        accounts.activate(person, by);
        align(person, by);
    }

    /// As the last sign-ins and the directory say.
    private Set<String> groupsOf(String person) {
        var groups = new TreeSet<>(db.sql("""
                select unnest(e.groups)
                  from identity.external_account e
                  join identity.provider p on p.issuer = e.issuer and p.gives_roles
                 where e.person = :person
                """)
                .param("person", ActorId.required(person))
                .query(String.class)
                .list());
        directories.forEach(directory -> groups.addAll(directory.groupsOf(person)));
        return groups;
    }

    private Set<String> members(String group) {
        var members = new TreeSet<>(
                db.sql("""
                select 'person:' || e.person
                  from identity.external_account e
                  join identity.provider p on p.issuer = e.issuer and p.gives_roles
                 where e.groups @> array[cast(:name as text)]
                """).param("name", group).query(String.class).list());
        directories.forEach(directory -> members.addAll(directory.members(group)));
        return members;
    }

    private void record(Actor by, String action, String role, String group) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "role:" + role,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("role", role),
                Map.of("group", group)));
    }
}
