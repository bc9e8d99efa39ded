package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.work.Products;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Acceptances as they are read: inside by whoever reads tests of the product, and by whoever was asked to accept.
@Component
class SessionLists {

    private static final String SELECT = """
            select s.id, s.product, s.title, s.commit, s.build, s.environment, s.criteria, s.signs, s.opened_at,
                   s.closed_at, i.invited, i.accepted, i.rejected, f.undecided
              from acceptance.session s
              cross join lateral (
                    select count(*) as invited, count(*) filter (where verdict = 'accepted') as accepted,
                           count(*) filter (where verdict = 'rejected') as rejected
                      from acceptance.invitation where session = s.id) i
              cross join lateral (
                    select count(*) as undecided from acceptance.feedback where session = s.id and decision = '') f
            """;

    private final JdbcClient database;
    private final Products products;
    private final Roles roles;

    SessionLists(JdbcClient database, Products products, Roles roles) {
        this.database = database;
        this.products = products;
        this.roles = roles;
    }

    /// @param verdict empty before it is signed
    /// @param met numbers of the criteria that were met
    record Invitation(
            String person,
            String verdict,
            List<String> met,
            String note,
            @Nullable Instant signedAt) {}

    /// @param decision empty before it is decided
    /// @param item key of the record it became, empty for none
    record Feedback(UUID id, String person, String text, Instant saidAt, String decision, String reason, String item) {}

    /// Products whose sessions somebody inside reads.
    List<Products.Product> products(Actor actor) {
        return products.visible(actor).stream()
                .filter(product -> reads(product.key(), actor))
                .toList();
    }

    /// @throws Problem 404 when it is not there, or its tests are not for this actor
    Products.Product product(String key, Actor actor) {
        var product = products.findVisible(key, actor);
        if (!reads(key, actor)) {
            throw Problem.notFound("The product " + key);
        }
        return product;
    }

    private boolean reads(String product, Actor actor) {
        return !actor.outside() && roles.may(actor.on(product), Right.READ_REPORTS);
    }

    /// Whether they hold sessions: who makes products, and who tests them.
    boolean mayHold(String product, Actor actor) {
        return !actor.outside()
                && (roles.may(actor.on(product), Right.PRODUCTS) || roles.may(actor.on(product), Right.SEND_REPORTS));
    }

    /// The newest first.
    List<Session> page(String product, @Nullable UUID before, int most) {
        return database.sql(SELECT + """
                         where s.product = :product and (:before::uuid is null or s.id < :before::uuid)
                         order by s.id desc limit :most
                        """)
                .param("product", product)
                .param("before", before)
                .param("most", most)
                .query(SessionLists::session)
                .list();
    }

    /// Those that somebody was asked to accept, the newest first.
    List<Session> asked(String person, @Nullable UUID before, int most) {
        return database.sql(SELECT + """
                         join acceptance.invitation mine on mine.session = s.id and mine.person = :person
                         where :before::uuid is null or s.id < :before::uuid
                         order by s.id desc limit :most
                        """)
                .param("person", person)
                .param("before", before)
                .param("most", most)
                .query(SessionLists::session)
                .list();
    }

    Optional<Session> find(UUID id) {
        return database.sql(SELECT + " where s.id = :id")
                .param("id", id)
                .query(SessionLists::session)
                .optional();
    }

    /// @throws Problem 404 when it is not there, or not for this actor
    Session visible(UUID id, Actor actor) {
        return find(id).filter(session -> asked(id, actor).isPresent() || inside(session, actor))
                .orElseThrow(() -> Problem.notFound("This acceptance"));
    }

    boolean inside(Session session, Actor actor) {
        return products(actor).stream().anyMatch(product -> product.key().equals(session.product()));
    }

    Optional<Invitation> asked(UUID session, Actor actor) {
        return database.sql("""
                        select person, verdict, met, note, signed_at from acceptance.invitation
                         where session = :session and person = :person
                        """)
                .param("session", session)
                .param("person", actor.id())
                .query(SessionLists::invitation)
                .optional();
    }

    List<Invitation> invitations(UUID session) {
        return database.sql("""
                        select person, verdict, met, note, signed_at from acceptance.invitation
                         where session = :session order by person limit 200
                        """)
                .param("session", session)
                .query(SessionLists::invitation)
                .list();
    }

    /// @param person only what this person said; null for all
    List<Feedback> feedback(UUID session, @Nullable String person, @Nullable UUID after, int most) {
        return database.sql("""
                        select id, person, text, said_at, decision, reason, item from acceptance.feedback
                         where session = :session and (:person::text is null or person = :person::text)
                           and (:after::uuid is null or id > :after::uuid)
                         order by id limit :most
                        """)
                .param("session", session)
                .param("person", person)
                .param("after", after)
                .param("most", most)
                .query(SessionLists::said)
                .list();
    }

    Optional<Feedback> said(UUID session, UUID feedback) {
        return database.sql("""
                        select id, person, text, said_at, decision, reason, item from acceptance.feedback
                         where id = :id and session = :session
                        """)
                .param("id", feedback)
                .param("session", session)
                .query(SessionLists::said)
                .optional();
    }

    private static Feedback said(ResultSet row, int number) throws SQLException {
        return new Feedback(
                row.getObject("id", UUID.class),
                row.getString("person"),
                row.getString("text"),
                row.getObject("said_at", OffsetDateTime.class).toInstant(),
                row.getString("decision"),
                row.getString("reason"),
                row.getString("item"));
    }

    private static Invitation invitation(ResultSet row, int number) throws SQLException {
        var signed = row.getObject("signed_at", OffsetDateTime.class);
        var met = row.getString("met");
        return new Invitation(
                row.getString("person"),
                row.getString("verdict"),
                met.isEmpty() ? List.of() : List.of(met.split(" ")),
                row.getString("note"),
                signed == null ? null : signed.toInstant());
    }

    static Session session(ResultSet row, int number) throws SQLException {
        var closed = row.getObject("closed_at", OffsetDateTime.class);
        return new Session(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("title"),
                row.getString("commit"),
                row.getString("build"),
                row.getString("environment"),
                row.getString("criteria").lines().toList(),
                row.getString("signs"),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                closed == null ? null : closed.toInstant(),
                row.getLong("invited"),
                row.getLong("accepted"),
                row.getLong("rejected"),
                row.getLong("undecided"));
    }
}
