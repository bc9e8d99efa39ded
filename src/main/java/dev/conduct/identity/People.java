package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Everybody who can act or has acted: people who sign in, API clients, and authors known from imported history.
/// Nothing is remembered between calls, so that a disabled account is disabled everywhere at once.
@Component
public class People {

    private final JdbcClient db;
    private final PersonRows rows;
    private final NameBook book;
    private final Addresses addresses;
    private final Authors authors;
    private final Acting acting;

    People(JdbcClient db, PersonRows rows, NameBook book, Addresses addresses, Authors authors, Acting acting) {
        this.db = db;
        this.rows = rows;
        this.book = book;
        this.addresses = addresses;
        this.authors = authors;
        this.acting = acting;
    }

    /// @param id as the ledger writes it
    /// @param initials two letters for the plate
    public record Person(
            String id,
            String name,
            String initials,
            @Nullable String email,
            Set<String> roles,
            boolean active) {}

    public Optional<Person> find(String id) {
        return Optional.ofNullable(byId(List.of(id)).get(id));
    }

    /// The person behind an id, an e-mail address or a unique name; empty when none or several match.
    public Optional<Person> resolve(String idOrEmailOrName) {
        return Optional.ofNullable(resolve(List.of(idOrEmailOrName)).get(idOrEmailOrName));
    }

    /// The same for many at once, in as many queries as for one. Whom nobody or several match is not in it.
    ///
    /// @param given each an id, an e-mail address or a name
    public Map<String, Person> resolve(Collection<String> given) {
        var ids = given.stream()
                .map(String::strip)
                .filter(one -> ActorId.uuid(one).isPresent())
                .toList();
        var words = given.stream()
                .map(String::strip)
                .filter(one -> ActorId.uuid(one).isEmpty())
                .toList();
        var byId = ids.isEmpty() ? Map.<String, Person>of() : byId(ids);
        var byEmail = words.isEmpty() ? Map.<String, Person>of() : byEmail(words);
        var names = words.stream()
                .map(NameBook::folded)
                .filter(word -> !byEmail.containsKey(word))
                .collect(Collectors.toSet());
        var byName = names.isEmpty() ? Map.<String, Person>of() : byUniqueName(names);
        var found = new HashMap<String, Person>();
        for (var one : given) {
            var folded = NameBook.folded(one.strip());
            var person = byId.getOrDefault(one.strip(), byEmail.getOrDefault(folded, byName.get(folded)));
            if (person != null) {
                found.put(one, person);
            }
        }
        return found;
    }

    private Map<String, Person> byEmail(List<String> addressed) {
        return db
                .sql(PersonRows.SELECT + " where a.email_index in (:codes) or a.email in (:emails)")
                .param(
                        "codes",
                        addressed.stream()
                                .flatMap(one -> addresses.codes(one).stream())
                                .toList())
                .param("emails", addressed.stream().map(NameBook::folded).toList())
                .query(rows::person)
                .list()
                .stream()
                .filter(person -> person.email() != null)
                .collect(Collectors.toMap(
                        person -> NameBook.folded(Objects.requireNonNull(person.email())),
                        Function.identity(),
                        (one, other) -> one));
    }

    /// Of several of one name, the only active one.
    private Map<String, Person> byUniqueName(Set<String> names) {
        var unique = new HashMap<String, UUID>();
        book.where(line -> names.contains(line.folded()))
                .collect(Collectors.groupingBy(NameBook.Line::folded))
                .forEach((name, lines) -> {
                    var active = lines.stream().filter(NameBook.Line::active).toList();
                    var candidates = active.isEmpty() ? lines : active;
                    if (candidates.size() == 1) {
                        unique.put(name, candidates.getFirst().id());
                    }
                });
        return unique.isEmpty() ? Map.of() : called(unique.values());
    }

    private Map<String, Person> called(Collection<UUID> ids) {
        return db
                .sql(PersonRows.SELECT + " where a.id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .query(rows::person)
                .list()
                .stream()
                .collect(Collectors.toMap(person -> NameBook.folded(person.name()), Function.identity()));
    }

    /// Names by id, as [#byId] finds them; who is not known is left out.
    public Map<String, String> names(Collection<String> ids) {
        return byId(ids.stream().distinct().toList()).values().stream()
                .collect(Collectors.toMap(Person::id, Person::name));
    }

    /// One query for all the names a page shows. The system's own parts appear by their names.
    public Map<String, Person> byId(Collection<String> ids) {
        var uuids = ids.stream()
                .map(ActorId::uuid)
                .flatMap(Optional::stream)
                .distinct()
                .toArray(UUID[]::new);
        Stream<Person> found = uuids.length == 0
                ? Stream.empty()
                : db
                        .sql(PersonRows.SELECT + " where a.id = any(:ids)")
                        .param("ids", uuids)
                        .query(rows::person)
                        .list()
                        .stream();
        var systems = ids.stream()
                .filter(id -> id.startsWith(PersonRows.SYSTEM))
                .distinct()
                .map(PersonRows::system);
        return Stream.concat(found.filter(person -> ids.contains(person.id())), systems)
                .collect(Collectors.toMap(Person::id, Function.identity()));
    }

    /// Active people (not clients) who hold any of the roles company-wide, by name; all when no role is given.
    public List<Person> holding(Set<String> roles) {
        return holding(roles, null);
    }

    /// The same with those who hold one for a product, themselves or in a team.
    ///
    /// @param product null for those who hold it company-wide only
    public List<Person> holding(Set<String> roles, @Nullable String product) {
        return db
                .sql(PersonRows.SELECT + """
                         where a.kind = 'person' and a.active
                           and (cardinality(:roles) = 0 or a.id in (
                                select g.actor from identity.granted_role g
                                 where g.role = any(:roles) and (g.product is null or g.product = :product)
                                union all
                                select m.member from identity.team_role r
                                  join identity.team_member m on m.team = r.team
                                 where r.role = any(:roles) and (r.product is null or r.product = :product)))
                        """)
                .param("roles", roles.toArray(String[]::new))
                .param("product", product, Types.VARCHAR)
                .query(rows::person)
                .list()
                .stream()
                .sorted(NameBook.byName())
                .toList();
    }

    /// Active people (not clients) who hold any of the roles company-wide, for whatever product, themselves or in a
    /// team; by name.
    public List<Person> holdingAnywhere(Set<String> roles) {
        return db
                .sql(PersonRows.SELECT + """
                         where a.kind = 'person' and a.active and a.id in (
                               select g.actor from identity.granted_role g where g.role = any(:roles)
                               union all
                               select m.member from identity.team_role r
                                 join identity.team_member m on m.team = r.team
                                where r.role = any(:roles))
                        """)
                .param("roles", roles.toArray(String[]::new))
                .query(rows::person)
                .list()
                .stream()
                .sorted(NameBook.byName())
                .toList();
    }

    /// Every role these people hold, themselves or in a team, each as `PRODUCT/role`, company-wide as `/role`; and
    /// since when, the epoch where nobody knows.
    public Map<String, Map<String, Instant>> held(Collection<String> ids) {
        var uuids = ids.stream().map(ActorId::uuid).flatMap(Optional::stream).toArray(UUID[]::new);
        var held = new HashMap<String, Map<String, Instant>>();
        db.sql("""
                        select holder, held, min(since) as since
                          from (select g.actor as holder, coalesce(g.product, '') || '/' || g.role as held,
                                       coalesce(g.since, 'epoch') as since
                                  from identity.granted_role g where g.actor = any(:ids)
                                union all
                                select m.member, coalesce(r.product, '') || '/' || r.role,
                                       coalesce(greatest(m.since, r.since), 'epoch')
                                  from identity.team_member m
                                  join identity.team_role r on r.team = m.team
                                 where m.member = any(:ids)) each
                         group by holder, held
                        """).param("ids", uuids).query(row -> {
            held.computeIfAbsent("person:" + row.getString("holder"), unused -> new HashMap<>())
                    .put(
                            row.getString("held"),
                            row.getObject("since", OffsetDateTime.class).toInstant());
        });
        return held;
    }

    /// Active people whose name has, for each of these words, one that is nearly so; the nearest first: for what was
    /// misspelt.
    public List<Person> nearlyNamed(String name, int most) {
        var wanted = Likeness.of(NameBook.folded(name.strip()));
        var near = new HashMap<UUID, Double>();
        book.where(line -> line.person() && line.active()).forEach(line -> {
            var likeness = wanted.to(line.folded());
            if (likeness >= Likeness.NEAR) {
                near.put(line.id(), likeness);
            }
        });
        var nearest = near.entrySet().stream()
                .sorted(Map.Entry.<UUID, Double>comparingByValue().reversed())
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        return nearest.isEmpty()
                ? List.of()
                : byId(nearest.stream().map(id -> "person:" + id).toList()).values().stream()
                        .sorted(NameBook.byName())
                        .toList();
    }

    /// Active people whose name has a word that begins so, or whose address is this; by name.
    public List<Person> named(String beginning, int most) {
        var wanted = NameBook.folded(beginning.strip());
        var called = book.where(line -> line.person() && line.active() && line.begins(wanted))
                .limit(most)
                .map(NameBook.Line::id)
                .toArray(UUID[]::new);
        return db
                .sql(PersonRows.SELECT + """
                         where a.kind = 'person' and a.active and (a.id = any(:called) or a.email_index in (:codes))
                        """)
                .param("called", called)
                .param("codes", addresses.codes(beginning))
                .query(rows::person)
                .list()
                .stream()
                .sorted(NameBook.byName())
                .limit(most)
                .toList();
    }

    /// An author known from another system, made on first sight: appears by name, cannot sign in, holds no role.
    ///
    /// @param source the system it comes from, for example `jira`
    /// @param externalId that system's stable id of the person
    @Transactional
    public Person known(String source, String externalId, String name) {
        var author = authors.find(source, externalId).or(() -> {
            authors.add(source, externalId, name);
            return authors.find(source, externalId);
        });
        return find("person:" + author.orElseThrow()).orElseThrow();
    }

    /// What a person or client is as an actor right now.
    ///
    /// @throws Problem 404 when there is none of that id, or it is disabled
    public Actor actor(String id, String via) {
        return acting.signedIn(id, via).orElseThrow(() -> Problem.notFound("The actor " + id));
    }

    Optional<Actor> signedIn(String id, String via) {
        return acting.signedIn(id, via);
    }

    boolean outside(String person) {
        return acting.outside(person);
    }

    /// How a person reads times from now on.
    ///
    /// @param zone null for the installation's
    public void prefer(Actor person, @Nullable ZoneId zone, DateStyle dates) {
        db.sql("update identity.actor set time_zone = :zone, locale = :locale where id = :id")
                .param("zone", zone == null ? null : zone.getId(), Types.VARCHAR)
                .param("locale", dates.locale().toLanguageTag())
                .param("id", ActorId.uuid(person.id()).orElseThrow())
                .update();
    }

    /// How a person wants pages from now on; kept for every device.
    ///
    /// @param name small letters and underscores, the same for everybody
    /// @param value null for as everybody has it
    public void prefer(Actor person, String name, @Nullable String value) {
        db.sql("""
                        update identity.actor
                           set preferences = case when cast(:value as text) is null then preferences - :name
                               else preferences || jsonb_build_object(:name, cast(:value as text)) end
                         where id = :id
                        """)
                .param("name", name)
                .param("value", value, Types.VARCHAR)
                .param("id", ActorId.uuid(person.id()).orElseThrow())
                .update();
    }

    /// How often the account was changed, for the ledger; 1 for the system's own parts.
    public long version(String id) {
        return ActorId.uuid(id)
                .flatMap(uuid -> db.sql("select version from identity.actor where id = :id")
                        .param("id", uuid)
                        .query(Long.class)
                        .optional())
                .orElse(1L);
    }
}
