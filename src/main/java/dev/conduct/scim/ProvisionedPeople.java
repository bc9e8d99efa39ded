package dev.conduct.scim;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Directory;
import dev.conduct.identity.Directory.Entry;
import dev.conduct.identity.Directory.Wanted;
import dev.conduct.identity.GroupRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The people as the directory sees and changes them.
@Component
class ProvisionedPeople {

    private final JdbcClient db;
    private final Directory directory;
    private final Accounts accounts;
    private final GroupRoles groupRoles;
    private final ExternalIds externalIds;

    ProvisionedPeople(
            JdbcClient db, Directory directory, Accounts accounts, GroupRoles groupRoles, ExternalIds externalIds) {
        this.db = db;
        this.directory = directory;
        this.accounts = accounts;
        this.groupRoles = groupRoles;
        this.externalIds = externalIds;
    }

    /// What the directory says of a person.
    record Said(String email, String name, @Nullable String externalId, boolean active) {}

    /// @param total of all, not only of these
    record Found(List<Entry> entries, int total) {}

    Found find(Map<String, String> filter, int offset, int limit) {
        var wanted = wanted(filter);
        var entries = limit == 0 ? List.<Entry>of() : directory.find(wanted, offset, limit);
        return new Found(entries, directory.count(wanted));
    }

    /// @throws ScimRefusal 404
    Entry one(String id) {
        return parsed(id)
                .filter(person -> !removed().contains(person))
                .flatMap(directory::of)
                .orElseThrow(() -> ScimRefusal.notFound("This user"));
    }

    /// What the directory calls these people, by id.
    Map<UUID, String> externalIds(List<Entry> entries) {
        return externalIds.of(entries.stream().map(ProvisionedPeople::id).toList());
    }

    /// Makes an account, or brings back the one of that address that the directory had taken away.
    ///
    /// @throws ScimRefusal 409 when the address or the external id is another's
    @Transactional
    public Entry add(Said said, Actor by) {
        var before = directory.find(new Wanted(said.email(), null, null, removed(), List.of()), 0, 1);
        UUID person;
        if (before.isEmpty()) {
            person = uuid(accounts.add(said.name(), said.email(), Set.of(), by).id());
        } else {
            person = id(before.getFirst());
            db.sql("update scim.person set removed = false where person = :person")
                    .param("person", person)
                    .update();
            accounts.correct("person:" + person, said.name(), said.email(), by);
            groupRoles.activate("person:" + person, by);
        }
        call(person, said.externalId());
        if (!said.active()) {
            accounts.deactivate("person:" + person, by);
        }
        return directory.of(person).orElseThrow();
    }

    @Transactional
    public Entry change(Entry entry, Said said, Actor by) {
        var id = entry.person().id();
        if (!said.name().equals(entry.person().name())
                || !said.email().equalsIgnoreCase(String.valueOf(entry.person().email()))) {
            accounts.correct(id, said.name(), said.email(), by);
        }
        call(id(entry), said.externalId());
        if (said.active() && !entry.person().active()) {
            groupRoles.activate(id, by);
        } else if (!said.active() && entry.person().active()) {
            accounts.deactivate(id, by);
        }
        return directory.of(id(entry)).orElseThrow();
    }

    /// The account is deactivated and kept: what somebody did stays theirs.
    @Transactional
    public void remove(Entry entry, Actor by) {
        if (entry.person().active()) {
            accounts.deactivate(entry.person().id(), by);
        }
        db.sql("""
                insert into scim.person (person, removed) values (:person, true)
                on conflict (person) do update set removed = true
                """).param("person", id(entry)).update();
        externalIds.keep(id(entry), null);
        db.sql("delete from scim.member where person = :person")
                .param("person", id(entry))
                .update();
    }

    private void call(UUID person, @Nullable String externalId) {
        try {
            db.sql("insert into scim.person (person) values (:person) on conflict do nothing")
                    .param("person", person)
                    .update();
            externalIds.keep(person, externalId);
        } catch (DuplicateKeyException taken) {
            throw new ScimRefusal(409, "uniqueness", "Another user has this externalId.");
        }
    }

    private Wanted wanted(Map<String, String> filter) {
        String email = null;
        String name = null;
        Boolean active = null;
        List<UUID> among = null;
        for (var term : filter.entrySet()) {
            switch (term.getKey()) {
                case "username", "emails", "emails.value" -> email = same(email, term.getValue());
                case "displayname", "name.formatted" -> name = same(name, term.getValue());
                case "active" -> active = Boolean.valueOf(term.getValue());
                case "id" ->
                    among = narrowed(
                            among, parsed(term.getValue()).map(List::of).orElse(List.of()));
                case "externalid" -> among = narrowed(among, externalIds.called(term.getValue(), true));
                default -> throw ScimFilter.refusal("Users have no attribute " + term.getKey() + " to look for.");
            }
        }
        return new Wanted(email, name, active, among, removed());
    }

    private List<UUID> removed() {
        return db.sql("select person from scim.person where removed")
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static String same(@Nullable String known, String value) {
        return known == null || known.equalsIgnoreCase(value) ? value : "(two values)";
    }

    private static List<UUID> narrowed(@Nullable List<UUID> known, List<UUID> more) {
        return known == null ? more : known.stream().filter(more::contains).toList();
    }

    static UUID id(Entry entry) {
        return uuid(entry.person().id());
    }

    private static UUID uuid(String person) {
        return UUID.fromString(person.substring(person.indexOf(':') + 1));
    }

    static Optional<UUID> parsed(String text) {
        try {
            return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }
}
