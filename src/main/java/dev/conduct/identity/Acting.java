package dev.conduct.identity;

import dev.conduct.kernel.Right;
import dev.conduct.procedure.Procedures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// People and programs as they act: with what they hold, for which product, and where they belong.
@Component
class Acting {

    private static final String ACTOR = PersonRows.SELECT.replace("a.locale,", """
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

    private final JdbcClient db;
    private final PersonRows rows;
    private final Roles granted;
    private final InstantSource time;
    private final Procedures procedures;

    Acting(JdbcClient db, PersonRows rows, Roles granted, InstantSource time, Procedures procedures) {
        this.db = db;
        this.rows = rows;
        this.granted = granted;
        this.time = time;
        this.procedures = procedures;
    }

    Optional<Actor> signedIn(String id, String via) {
        if (id.startsWith(PersonRows.SYSTEM)) {
            return Optional.of(new Actor(id, PersonRows.system(id).name(), Set.of(), via));
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

    private Actor actor(ResultSet row, int number, String via) throws SQLException {
        var person = rows.person(row, number);
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
}
