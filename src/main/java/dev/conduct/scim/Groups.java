package dev.conduct.scim;

import dev.conduct.identity.Actor;
import dev.conduct.identity.CompanyDirectory;
import dev.conduct.identity.GroupRoles;
import dev.conduct.identity.People;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The groups of the directory and who is in them. Whoever comes or goes has at once what the group gives.
@Component
class Groups implements CompanyDirectory {

    private static final int MOST = 10_000;

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final ObjectProvider<GroupRoles> roles;
    private final ExternalIds externalIds;

    Groups(
            JdbcClient db,
            InstantSource time,
            People people,
            ObjectProvider<GroupRoles> roles,
            ExternalIds externalIds) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.roles = roles;
        this.externalIds = externalIds;
    }

    record Group(UUID id, String displayName, @Nullable String externalId, long version, Instant createdAt) {}

    record Member(UUID person, String name) {}

    /// @param members ids of people
    record Said(String displayName, @Nullable String externalId, Set<UUID> members) {}

    /// @param total of all, not only of these
    record Found(List<Group> groups, int total) {}

    private static final String SELECT = """
            select g.id, g.display_name, g.external_id, g.version, g.created_at from scim."group" g
            """;
    private static final String CONDITIONS = """
             where (cast(:name as text) is null or g.display_name = :name)
               and (cast(:external as text) is null or g.external_id = :external)
               and (cast(:id as text) is null or g.id::text = :id)
               and (cast(:member as text) is null or exists (
                    select 1 from scim.member m where m."group" = g.id and m.person::text = :member))
            """;

    Found find(Map<String, String> filter, int offset, int limit) {
        for (var name : filter.keySet()) {
            if (!Set.of("displayname", "externalid", "id", "members", "members.value")
                    .contains(name)) {
                throw ScimFilter.refusal("Groups have no attribute " + name + " to look for.");
            }
        }
        var groups = statement(SELECT + CONDITIONS + " order by g.created_at, g.id offset :offset limit :limit", filter)
                .param("offset", offset)
                .param("limit", limit)
                .query(Groups::group)
                .list();
        var total = statement("select count(*) from scim.\"group\" g" + CONDITIONS, filter)
                .query(Integer.class)
                .single();
        return new Found(groups, total);
    }

    private JdbcClient.StatementSpec statement(String sql, Map<String, String> filter) {
        return db.sql(sql)
                .param("name", filter.get("displayname"))
                .param("external", filter.get("externalid"))
                .param("id", filter.get("id"))
                .param("member", filter.getOrDefault("members.value", filter.get("members")));
    }

    Group one(String id) {
        return ProvisionedPeople.parsed(id)
                .flatMap(group -> db.sql(SELECT + " where g.id = :id")
                        .param("id", group)
                        .query(Groups::group)
                        .optional())
                .orElseThrow(() -> ScimRefusal.notFound("This group"));
    }

    /// Who is in these groups, by group.
    Map<UUID, List<Member>> members(Collection<UUID> groups) {
        record In(UUID group, UUID person) {}
        var all = db.sql("select m.\"group\", m.person from scim.member m where m.\"group\" = any(:groups)")
                .param("groups", groups.toArray(UUID[]::new))
                .query((row, number) -> new In(row.getObject("group", UUID.class), row.getObject("person", UUID.class)))
                .list();
        var known = people.byId(
                all.stream().map(in -> "person:" + in.person()).distinct().toList());
        return all.stream()
                .map(in -> Map.entry(
                        in.group(),
                        new Member(
                                in.person(),
                                Objects.requireNonNull(known.get("person:" + in.person()))
                                        .name())))
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing(Member::name).thenComparing(Member::person)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /// The groups these people are in, by person.
    Map<UUID, List<Group>> of(Collection<UUID> people) {
        record In(UUID person, Group group) {}
        return db
                .sql("""
                select m.person, g.id, g.display_name, g.external_id, g.version, g.created_at
                  from scim.member m
                  join scim."group" g on g.id = m."group"
                 where m.person = any(:people)
                 order by g.display_name
                """)
                .param("people", people.toArray(UUID[]::new))
                .query((row, number) -> new In(row.getObject("person", UUID.class), group(row, number)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(In::person, Collectors.mapping(In::group, Collectors.toList())));
    }

    @Transactional
    public Group add(Said said, Actor by) {
        var id = Ids.next(time.instant());
        try {
            db.sql("""
                    insert into scim."group" (id, display_name, external_id, created_at)
                    values (:id, :name, :external, :now)
                    """)
                    .param("id", id)
                    .param("name", name(said))
                    .param("external", said.externalId())
                    .param("now", time.instant().atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new ScimRefusal(409, "uniqueness", "Another group has this displayName or externalId.");
        }
        fill("group.create", id, 1, said.members(), by);
        return one(id.toString());
    }

    @Transactional
    public Group change(Group group, Said said, Actor by) {
        var changed = 0;
        try {
            changed = db.sql("""
                    update scim."group" set display_name = :name, external_id = :external, version = version + 1
                     where id = :id and version = :version
                    """)
                    .param("name", name(said))
                    .param("external", said.externalId())
                    .param("id", group.id())
                    .param("version", group.version())
                    .update();
        } catch (DuplicateKeyException taken) {
            throw new ScimRefusal(409, "uniqueness", "Another group has this displayName or externalId.");
        }
        if (changed == 0) {
            throw new ScimRefusal(412, null, "The group was changed meanwhile. Read it again.");
        }
        fill("group.change", group.id(), group.version() + 1, said.members(), by);
        if (!group.displayName().equals(said.displayName())) {
            align(said.members(), by);
        }
        return one(group.id().toString());
    }

    @Transactional
    public void remove(Group group, Actor by) {
        var members = membersOf(group.id());
        db.sql("delete from scim.\"group\" where id = :id")
                .param("id", group.id())
                .update();
        roles.getObject()
                .changed("group.remove", group.id(), group.version() + 1, Map.of("removed", members.size()), by);
        align(members, by);
    }

    private void fill(String action, UUID group, long version, Set<UUID> wanted, Actor by) {
        if (wanted.size() > MOST) {
            throw ScimRefusal.value("A group has at most " + MOST + " members.");
        }
        var before = membersOf(group);
        var changed = new TreeSet<>(before);
        changed.removeAll(wanted);
        db.sql("delete from scim.member where \"group\" = :group and person = any(:gone)")
                .param("group", group)
                .param("gone", changed.toArray(UUID[]::new))
                .update();
        var added = new TreeSet<>(wanted);
        added.removeAll(before);
        try {
            db.sql("insert into scim.member (\"group\", person) select :group, unnest(:added)")
                    .param("group", group)
                    .param("added", added.toArray(UUID[]::new))
                    .update();
        } catch (DataIntegrityViolationException nobody) {
            throw ScimRefusal.value("A member is no user here.");
        }
        var data = Map.<String, Object>of("added", added.size(), "removed", changed.size(), "members", wanted.size());
        roles.getObject().changed(action, group, version, data, by);
        changed.addAll(added);
        align(changed, by);
    }

    private void align(Collection<UUID> people, Actor by) {
        people.forEach(person -> roles.getObject().align("person:" + person, by));
    }

    private Set<UUID> membersOf(UUID group) {
        return new TreeSet<>(db.sql("select person from scim.member where \"group\" = :group")
                .param("group", group)
                .query(UUID.class)
                .list());
    }

    @Override
    public Collection<String> groupsOf(String person) {
        return db.sql("""
                select g.display_name from scim."group" g join scim.member m on m."group" = g.id
                 where m.person = cast(:person as uuid)
                """)
                .param("person", person.substring(person.indexOf(':') + 1))
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public Collection<String> members(String group) {
        return db.sql("""
                select 'person:' || m.person from scim.member m join scim."group" g on g.id = m."group"
                 where g.display_name = :name
                """)
                .param("name", group)
                .query((row, number) -> row.getString(1))
                .list();
    }

    @Override
    public Optional<String> person(String externalId) {
        return externalIds.called(externalId, false).stream()
                .map(person -> "person:" + person)
                .findFirst();
    }

    private static String name(Said said) {
        return PlainText.checked("displayName", said.displayName(), 300);
    }

    private static Group group(ResultSet row, int number) throws SQLException {
        return new Group(
                row.getObject("id", UUID.class),
                row.getString("display_name"),
                row.getString("external_id"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
