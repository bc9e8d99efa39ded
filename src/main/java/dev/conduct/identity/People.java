package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.Procedures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

    private static final String SELECT = """
            select a.id, a.kind, a.name, a.email, a.email_key, a.email_sealed, a.active, a.time_zone, a.locale,
                   array(select g.role from identity.granted_role g
                          where g.actor = a.id and g.product is null order by g.role) as roles
              from identity.actor a
            """;
    /// The same with what an actor holds, for which product, and where it belongs.
    private static final String ACTOR = SELECT.replace("a.locale,", """
            a.locale, a.organisation,
                   array(select p.key || '=' || p.value from jsonb_each_text(a.preferences) p) as preferences,
                   array(select g.product || '/' || g.role from identity.granted_role g
                          where g.actor = a.id and g.product is not null
                         union all
                         select coalesce(r.product, '') || '/' || r.role
                           from identity.team_member m
                           join identity.team_role r on r.team = m.team
                          where m.member = a.id) as held,
                   array(select 'team:' || m.team from identity.team_member m where m.member = a.id) as teams,
            """);
    private static final String SYSTEM = "system:";
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final JdbcClient db;
    private final Roles granted;
    private final InstantSource time;
    private final Procedures procedures;
    private final Addresses addresses;

    People(JdbcClient db, Roles granted, InstantSource time, Procedures procedures, Addresses addresses) {
        this.granted = granted;
        this.db = db;
        this.time = time;
        this.procedures = procedures;
        this.addresses = addresses;
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
        var given = idOrEmailOrName.strip();
        if (ActorId.uuid(given).isPresent()) {
            return find(given);
        }
        var byEmail = db.sql(SELECT + " where a.email_index in (:codes) or a.email = :email")
                .param("codes", addresses.codes(given))
                .param("email", given.toLowerCase(Locale.ROOT))
                .query(this::person)
                .optional();
        if (byEmail.isPresent()) {
            return byEmail;
        }
        var byName = db.sql(SELECT + " where lower(a.name) = lower(:name) order by a.active desc limit 3")
                .param("name", given)
                .query(this::person)
                .list();
        var active = byName.stream().filter(Person::active).toList();
        var candidates = active.isEmpty() ? byName : active;
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
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
                : db.sql(SELECT + " where a.id = any(:ids)").param("ids", uuids).query(this::person).list().stream();
        var systems =
                ids.stream().filter(id -> id.startsWith(SYSTEM)).distinct().map(People::system);
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
        return db.sql(SELECT + """
                         where a.kind = 'person' and a.active
                           and (cardinality(:roles) = 0 or a.id in (
                                select g.actor from identity.granted_role g
                                 where g.role = any(:roles) and (g.product is null or g.product = :product)
                                union all
                                select m.member from identity.team_role r
                                  join identity.team_member m on m.team = r.team
                                 where r.role = any(:roles) and (r.product is null or r.product = :product)))
                         order by a.name, a.id
                        """)
                .param("roles", roles.toArray(String[]::new))
                .param("product", product, Types.VARCHAR)
                .query(this::person)
                .list();
    }

    /// Active people (not clients) who hold any of the roles company-wide, for whatever product, themselves or in a
    /// team; by name.
    public List<Person> holdingAnywhere(Set<String> roles) {
        return db.sql(SELECT + """
                         where a.kind = 'person' and a.active and a.id in (
                               select g.actor from identity.granted_role g where g.role = any(:roles)
                               union all
                               select m.member from identity.team_role r
                                 join identity.team_member m on m.team = r.team
                                where r.role = any(:roles))
                         order by a.name, a.id
                        """)
                .param("roles", roles.toArray(String[]::new))
                .query(this::person)
                .list();
    }

    /// Every role these people hold, themselves or in a team, each as `PRODUCT/role`, company-wide as `/role`.
    public Map<String, Set<String>> held(Collection<String> ids) {
        var uuids = ids.stream().map(ActorId::uuid).flatMap(Optional::stream).toArray(UUID[]::new);
        return db
                .sql("""
                        select g.actor as holder, coalesce(g.product, '') || '/' || g.role as held
                          from identity.granted_role g where g.actor = any(:ids)
                        union
                        select m.member, coalesce(r.product, '') || '/' || r.role
                          from identity.team_member m
                          join identity.team_role r on r.team = m.team
                         where m.member = any(:ids)
                        """)
                .param("ids", uuids)
                .query((row, number) -> Map.entry("person:" + row.getString("holder"), row.getString("held")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
    }

    /// Active people whose name has a word that begins so, or whose address is this; by name.
    public List<Person> named(String beginning, int most) {
        var wanted = beginning.strip().replaceAll("([\\\\%_])", "\\\\$1");
        return db.sql(SELECT + """
                         where a.kind = 'person' and a.active
                           and (a.name ilike :first or a.name ilike :further or a.email_index in (:codes))
                         order by a.name, a.id
                         limit :most
                        """)
                .param("first", wanted + "%")
                .param("further", "% " + wanted + "%")
                .param("codes", addresses.codes(beginning))
                .param("most", most)
                .query(this::person)
                .list();
    }

    /// An author known from another system, made on first sight: appears by name, cannot sign in, holds no role.
    ///
    /// @param source the system it comes from, for example `jira`
    /// @param externalId that system's stable id of the person
    @Transactional
    public Person known(String source, String externalId, String name) {
        db.sql("""
                insert into identity.actor (id, kind, name, active, source, external_id, created_at)
                values (:id, 'external', :name, false, :source, :external, :now)
                on conflict (source, external_id) do nothing
                """)
                .param("id", Ids.next(time.instant()))
                .param("name", PlainText.checked("name", name.isBlank() ? externalId : name, 200))
                .param("source", PlainText.checked("source", source, 100))
                .param("external", PlainText.checked("external_id", externalId, 500))
                .param("now", Sql.time(time.instant()))
                .update();
        return db.sql(SELECT + " where a.source = :source and a.external_id = :external")
                .param("source", source)
                .param("external", externalId)
                .query(this::person)
                .single();
    }

    /// What a person or client is as an actor right now.
    ///
    /// @throws Problem 404 when there is none of that id, or it is disabled
    public Actor actor(String id, String via) {
        return signedIn(id, via).orElseThrow(() -> Problem.notFound("The actor " + id));
    }

    Optional<Actor> signedIn(String id, String via) {
        if (id.startsWith(SYSTEM)) {
            return Optional.of(new Actor(id, system(id).name(), Set.of(), via));
        }
        return ActorId.uuid(id)
                .flatMap(uuid -> db.sql(ACTOR + " where a.id = :id and a.active")
                        .param("id", uuid)
                        .query((row, number) -> actor(row, number, via))
                        .optional())
                .filter(actor -> actor.id().equals(id));
    }

    /// The client a token was given to, while the token stands.
    Optional<Caller> bearer(String token, String via) {
        return db.sql(ACTOR.replace("a.locale,", "a.locale, t.scopes,") + """
                          join identity.access_token t on t.client = a.id
                         where t.id = :token and t.revoked_at is null and a.active
                        """)
                .param("token", token)
                .query((row, number) -> Caller.byToken(
                        actor(row, number, via),
                        Scope.of(row),
                        Caller.Means.CLIENT_TOKEN,
                        granted.granting(Right.ADMINISTER)))
                .optional();
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
    long version(String id) {
        return ActorId.uuid(id)
                .flatMap(uuid -> db.sql("select version from identity.actor where id = :id")
                        .param("id", uuid)
                        .query(Long.class)
                        .optional())
                .orElse(1L);
    }

    private Actor actor(ResultSet row, int number, String via) throws SQLException {
        var person = person(row, number);
        var zone = row.getString("time_zone");
        var locale = row.getString("locale");
        var everywhere = new TreeSet<>(person.roles());
        var products = new TreeMap<String, Set<String>>();
        for (var held : words(row, "held")) {
            var product = held.substring(0, held.indexOf('/'));
            var role = held.substring(held.indexOf('/') + 1);
            (product.isEmpty() ? everywhere : products.computeIfAbsent(product, key -> new TreeSet<>())).add(role);
        }
        return new Actor(
                person.id(),
                person.name(),
                Set.copyOf(everywhere),
                via,
                zone == null ? null : ZoneId.of(zone),
                locale == null ? null : Locale.forLanguageTag(locale),
                new Membership(
                        products,
                        Set.of(words(row, "teams")),
                        row.getString("organisation"),
                        reach(everywhere, products)),
                Arrays.stream(words(row, "preferences"))
                        .collect(Collectors.toMap(
                                kept -> kept.substring(0, kept.indexOf('=')),
                                kept -> kept.substring(kept.indexOf('=') + 1))));
    }

    /// Whether somebody is a customer: of an organisation, or with roles, wherever they hold them, that are all a
    /// customer's. Also of who is deactivated.
    boolean outside(String person) {
        return ActorId.uuid(person)
                .flatMap(id -> db.sql(ACTOR + " where a.id = :id")
                        .param("id", id)
                        .query((row, number) -> actor(row, number, "system"))
                        .optional())
                .filter(actor -> actor.membership().reach() == Membership.Reach.OUTSIDE)
                .filter(actor -> actor.membership().organisation() != null
                        || !actor.roles().isEmpty()
                        || !actor.membership().products().isEmpty())
                .isPresent();
    }

    /// A role that the procedure does not know opens nothing.
    private Membership.Reach reach(Set<String> everywhere, Map<String, Set<String>> products) {
        var procedure = procedures.at(time.instant());
        var outside = procedure.outside();
        Predicate<String> inside = role -> procedure.roles().containsKey(role) && !outside.contains(role);
        if (everywhere.stream().anyMatch(inside)) {
            return Membership.Reach.COMPANY;
        }
        return products.values().stream().flatMap(Set::stream).anyMatch(inside)
                ? Membership.Reach.PRODUCTS
                : Membership.Reach.OUTSIDE;
    }

    private static String[] words(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    Person person(ResultSet row, int number) throws SQLException {
        var prefix = row.getString("kind").equals("client") ? "client:" : "person:";
        var name = row.getString("name");
        var roles = Arrays.stream((String[]) row.getArray("roles").getArray())
                .collect(Collectors.toCollection(TreeSet::new));
        return new Person(
                prefix + row.getString("id"),
                name,
                initials(name),
                addresses.read(row),
                Set.copyOf(roles),
                row.getBoolean("active"));
    }

    private static Person system(String id) {
        var name = id.substring(SYSTEM.length()).replace('_', ' ');
        return new Person(id, name, initials(name), null, Set.of(), true);
    }

    static String initials(String name) {
        var words = SPACES.splitAsStream(name.strip())
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "??";
        }
        var letters =
                words.size() == 1 ? first(words.getFirst(), 2) : first(words.getFirst(), 1) + first(words.getLast(), 1);
        return letters.toUpperCase(Locale.ROOT);
    }

    private static String first(String word, int count) {
        return word.codePoints()
                .limit(count)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
