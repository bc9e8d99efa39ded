package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The organisations of customers. Their people see what their colleagues report from the day they belong to it; what
/// somebody reported stays with the organisation they reported it for.
@Component
public class Organisations {

    private final JdbcClient db;
    private final InstantSource time;
    private final Accounts accounts;
    private final Ledger ledger;

    Organisations(JdbcClient db, InstantSource time, Accounts accounts, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.accounts = accounts;
        this.ledger = ledger;
    }

    /// @param people how many belong to it
    public record Organisation(String id, String name, long people) {}

    /// All of them, by name.
    public List<Organisation> all() {
        return List.copyOf(db.sql("""
                select o.id::text as id, o.name,
                       (select count(*) from identity.actor a where a.organisation = o.id) as people
                  from identity.organisation o order by o.name, o.id
                """).query(Organisation.class).list());
    }

    /// By id or name.
    public Optional<Organisation> find(String idOrName) {
        return db.sql("""
                select o.id::text as id, o.name,
                       (select count(*) from identity.actor a where a.organisation = o.id) as people
                  from identity.organisation o
                 where o.id::text = :named or lower(o.name) = lower(:named)
                """)
                .param("named", idOrName.strip())
                .query(Organisation.class)
                .optional();
    }

    /// @throws Problem 400 for a bad name, 409 when there is one of that name
    @Transactional
    public Organisation create(String name, Actor by) {
        var faults = new ArrayList<FieldProblem>();
        var clean = Words.name(faults, "name", name);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var id = Ids.next(time.instant());
        try {
            db.sql("insert into identity.organisation (id, name, created_at) values (:id, :name, :now)")
                    .param("id", id)
                    .param("name", clean)
                    .param("now", Sql.time(time.instant()))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("organisation_exists", "There is an organisation of that name already.");
        }
        record("organisation.create", "organisation:" + id, 1, Map.of(), Map.of("name", clean), by);
        return new Organisation(id.toString(), clean, 0);
    }

    /// Says where somebody belongs.
    ///
    /// @param organisation by id or name; null for none
    /// @throws Problem 400 for one that is not there, 404 without the person
    @Transactional
    public void assign(String person, @Nullable String organisation, Actor by) {
        var id = accounts.person(person);
        var wanted = organisation == null || organisation.isBlank()
                ? null
                : find(organisation)
                        .orElseThrow(() -> Problem.badInput(
                                "organisation", "unknown_organisation", "is no organisation here. Create it first."));
        db.sql("update identity.actor set organisation = :organisation where id = :id")
                .param("organisation", wanted == null ? null : UUID.fromString(wanted.id()), java.sql.Types.OTHER)
                .param("id", id)
                .update();
        record(
                "person.organisation",
                "person:" + id,
                accounts.touch(id),
                wanted == null ? Map.of() : Map.of("organisation", wanted.id()),
                Map.of(),
                by);
    }

    private void record(
            String action,
            String object,
            long version,
            Map<String, Object> data,
            Map<String, String> content,
            Actor by) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                object,
                version,
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
    }
}
