package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Single roles given and taken, company-wide or for one product. Who holds a role for a product is its member.
@Component
public class Grants {

    private final JdbcClient db;
    private final InstantSource time;
    private final Roles roles;
    private final Accounts accounts;
    private final KnownProducts products;
    private final Ledger ledger;

    Grants(JdbcClient db, InstantSource time, Roles roles, Accounts accounts, KnownProducts products, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.roles = roles;
        this.accounts = accounts;
        this.products = products;
        this.ledger = ledger;
    }

    /// @param product null for company-wide
    public record Grant(String role, @Nullable String product) {

        /// From `PRODUCT/role`.
        static Grant read(String held) {
            var product = held.substring(0, held.indexOf('/'));
            return new Grant(held.substring(held.indexOf('/') + 1), product.isEmpty() ? null : product);
        }

        Map<String, Object> told() {
            return product == null ? Map.of("role", role) : Map.of("role", role, "product", product);
        }
    }

    /// What somebody holds themselves, company-wide first; not what their teams give them.
    ///
    /// @throws Problem 404 without the actor
    public List<Grant> of(String actor) {
        return of(List.of(actor)).getOrDefault(actor, List.of());
    }

    /// The same of several, by their ids.
    public Map<String, List<Grant>> of(Collection<String> actors) {
        var ids = actors.stream()
                .map(ActorId::uuid)
                .flatMap(java.util.Optional::stream)
                .toArray(UUID[]::new);
        var held = db
                .sql("""
                select actor::text as actor, array_agg(coalesce(product, '') || '/' || role order by product nulls first, role)
                       as held
                  from identity.granted_role where actor = any(:ids) group by actor
                """)
                .param("ids", ids)
                .query((row, number) -> Map.entry(
                        row.getString("actor"),
                        Arrays.stream((String[]) row.getArray("held").getArray())
                                .map(Grant::read)
                                .toList()))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return actors.stream()
                .distinct()
                .collect(Collectors.toMap(
                        id -> id, id -> held.getOrDefault(id.substring(id.indexOf(':') + 1), List.of())));
    }

    /// Who holds which roles for a product, themselves: its members by id.
    public Map<String, Set<String>> members(String product) {
        var members = new TreeMap<String, Set<String>>();
        db.sql("""
                select case when a.kind = 'client' then 'client:' else 'person:' end || a.id as id, g.role
                  from identity.granted_role g join identity.actor a on a.id = g.actor
                 where g.product = :product and a.active
                 order by a.id, g.role
                 limit 500
                """)
                .param("product", product)
                .query((row, number) -> members.computeIfAbsent(row.getString("id"), id -> new java.util.TreeSet<>())
                        .add(row.getString("role")))
                .list();
        return members;
    }

    /// Gives somebody a role; the same twice is once.
    ///
    /// @throws Problem 400 for a role or product that is not there, 404 without the person
    @Transactional
    public void grant(String person, Grant grant, Actor by) {
        check(grant.role(), grant.product());
        if (grant.product() == null) {
            var wanted = new java.util.TreeSet<>(companyWide(person));
            if (wanted.add(grant.role())) {
                accounts.setRoles(person, wanted, by);
            }
            return;
        }
        requireNoAdministration(grant.role());
        var id = accounts.active(person);
        var given = db.sql("""
                insert into identity.granted_role (actor, role, product, since) values (:actor, :role, :product, :now)
                on conflict do nothing
                """)
                .param("actor", id)
                .param("role", grant.role())
                .param("product", grant.product())
                .param("now", Sql.time(time.instant()))
                .update();
        if (given > 0) {
            record("person.grant", id, grant, by);
        }
    }

    /// Takes one away; what is not held is taken already.
    @Transactional
    public void revoke(String person, Grant grant, Actor by) {
        if (grant.product() == null) {
            var wanted = new java.util.TreeSet<>(companyWide(person));
            if (wanted.remove(grant.role())) {
                accounts.setRoles(person, wanted, by);
            }
            return;
        }
        var id = accounts.person(person);
        var taken = db.sql("""
                delete from identity.granted_role where actor = :actor and role = :role and product = :product
                """)
                .param("actor", id)
                .param("role", grant.role())
                .param("product", grant.product())
                .update();
        if (taken > 0) {
            record("person.revoke", id, grant, by);
        }
    }

    private Set<String> companyWide(String person) {
        return of(person).stream()
                .filter(grant -> grant.product() == null)
                .map(Grant::role)
                .collect(Collectors.toSet());
    }

    void check(String role, @Nullable String product) {
        roles.checked(Set.of(role));
        if (product != null && !products.names().containsKey(product)) {
            throw Problem.badInput("product", "unknown_product", "is no product here. Write its key, such as APP.");
        }
    }

    /// Whoever runs the installation does so for all of it, and by name.
    void requireNoAdministration(String role) {
        if (roles.all().stream().anyMatch(known -> known.name().equals(role) && known.administers())) {
            throw Problem.badInput(
                    "role",
                    "company_wide_only",
                    "runs the installation: it is held company-wide, by people, not teams.");
        }
    }

    private void record(String action, UUID person, Grant grant, Actor by) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "person:" + person,
                accounts.touch(person),
                Outcome.SUCCESS,
                null,
                null,
                grant.told(),
                Map.of()));
    }
}
