package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What people agreed that apps may do for them, and the codes and tokens that come of it. Each code and each refresh
/// token is used once; used twice, somebody else has it too, and the whole grant ends.
@Component
public class AppGrants {

    static final String ACCESS = "cda_";
    static final String REFRESH = "cdr_";
    static final Duration ACCESS_LIFE = Duration.ofHours(1);
    static final Duration IDLE = Duration.ofDays(30);
    private static final Duration LIFE = Duration.ofDays(90);

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Roles roles;
    private final Ledger ledger;
    private final AppTokens tokens;

    AppGrants(JdbcClient db, InstantSource time, People people, Roles roles, Ledger ledger, AppTokens tokens) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.roles = roles;
        this.ledger = ledger;
        this.tokens = tokens;
    }

    /// @param id names it on the page
    public record Granted(
            String id,
            String app,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /// What an app is answered. Shown to it this once.
    record Issued(String access, String refresh, List<String> scopes) {}

    public List<Granted> of(String person) {
        return db.sql("""
                select g.id, a.name, g.scopes, g.created_at, g.expires_at, g.last_used_at
                  from identity.app_grant g
                  join identity.app a on a.id = g.app
                 where g.person = :person and g.revoked_at is null and g.expires_at > :now
                 order by g.created_at desc, g.id
                """)
                .param("person", ActorId.required(person))
                .param("now", Sql.time(time.instant()))
                .query((row, number) -> new Granted(
                        row.getString("id"),
                        row.getString("name"),
                        List.of((String[]) row.getArray("scopes").getArray()),
                        Objects.requireNonNull(Sql.time(row, "created_at")),
                        Objects.requireNonNull(Sql.time(row, "expires_at")),
                        Sql.time(row, "last_used_at")))
                .list();
    }

    /// The code for an app that the person agreed to.
    @Transactional
    public String agree(Actor person, Apps.App app, Set<Scope> scopes, String challenge, String redirectUri) {
        var now = time.instant();
        var grant = Ids.next(now);
        db.sql("""
                insert into identity.app_grant (id, app, person, scopes, created_at, expires_at)
                values (:id, :app, :person, :scopes, :now, :expires)
                """)
                .param("id", grant)
                .param("app", UUID.fromString(app.id()))
                .param("person", ActorId.required(person.id()))
                .param("scopes", Scope.array(scopes))
                .param("now", Sql.time(now))
                .param("expires", Sql.time(now.plus(LIFE)))
                .update();
        var code = tokens.code(grant, challenge, redirectUri);
        record(
                person.id(),
                person.via(),
                "app.agree",
                Outcome.SUCCESS,
                Map.of("app", app.id(), "scopes", Scope.words(scopes)));
        return code;
    }

    /// Empty when the code is not this app's, not in force, or does not fit.
    @Transactional
    public Optional<Issued> exchange(String app, String code, String verifier, String redirectUri) {
        return used("code", app, code)
                .filter(found -> found.fits(verifier, redirectUri))
                .map(this::issue);
    }

    @Transactional
    public Optional<Issued> refresh(String app, String token) {
        return used("refresh", app, token).map(this::issue);
    }

    private Optional<AppTokens.Used> used(String kind, String app, String token) {
        var found = tokens.use(kind, app, token);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var used = found.get();
        if (used.before()) {
            end(used.grant());
            record(used.person(), "api", "app.reuse", Outcome.DENIED, Map.of("app", app));
            return Optional.empty();
        }
        return used.inForce() && people.signedIn(used.person(), "api").isPresent()
                ? Optional.of(used)
                : Optional.empty();
    }

    private Issued issue(AppTokens.Used used) {
        var access = Tokens.next(ACCESS);
        var refresh = Tokens.next(REFRESH);
        tokens.keep(access, "access", used.grant(), ACCESS_LIFE);
        tokens.keep(refresh, "refresh", used.grant(), IDLE);
        db.sql("update identity.app_grant set last_used_at = :now where id = :id")
                .param("now", Sql.time(time.instant()))
                .param("id", used.grant())
                .update();
        return new Issued(access, refresh, used.scopes());
    }

    /// For whom an access token lets its app act.
    Optional<Caller> caller(String token) {
        record Found(String person, Set<Scope> scopes) {}
        return db.sql("""
                select g.person, g.scopes
                  from identity.app_token t
                  join identity.app_grant g on g.id = t."grant"
                  join identity.app a on a.id = g.app
                 where t.hash = :hash and t.kind = 'access' and t.expires_at > :now
                   and g.expires_at > :now and g.revoked_at is null and a.active
                """)
                .param("hash", Tokens.hash(token))
                .param("now", Sql.time(time.instant()))
                .query((row, number) -> new Found("person:" + row.getString("person"), Scope.of(row)))
                .optional()
                .flatMap(found -> people.signedIn(found.person(), "api")
                        .map(actor -> Caller.byToken(
                                actor, found.scopes(), Caller.Means.PERSONAL_TOKEN, roles.granting(Right.ADMINISTER))));
    }

    /// An app gives back what it has; unknown tokens change nothing.
    @Transactional
    public void giveBack(String app, String token) {
        record Ended(UUID grant, String person) {}
        db.sql("""
                update identity.app_grant g set revoked_at = :now
                  from identity.app_token t
                 where t."grant" = g.id and t.hash = :hash and g.app::text = :app and g.revoked_at is null
                returning g.id, g.person
                """)
                .param("now", Sql.time(time.instant()))
                .param("hash", Tokens.hash(token))
                .param("app", app)
                .query((row, number) -> new Ended(row.getObject("id", UUID.class), "person:" + row.getString("person")))
                .optional()
                .ifPresent(ended -> record(
                        ended.person(),
                        "api",
                        "app.revoke",
                        Outcome.SUCCESS,
                        Map.of("app", app, "grant", ended.grant().toString())));
    }

    /// @throws Problem 404 when it is not the person's
    @Transactional
    public void revoke(Actor person, String grant) {
        var ended = ActorId.parsed(grant)
                .map(id -> db.sql("""
                        update identity.app_grant set revoked_at = :now
                         where id = :id and person = :person and revoked_at is null
                        """)
                        .param("now", Sql.time(time.instant()))
                        .param("id", id)
                        .param("person", ActorId.required(person.id()))
                        .update())
                .orElse(0);
        if (ended == 0) {
            throw Problem.notFound("This app");
        }
        record(person.id(), person.via(), "app.revoke", Outcome.SUCCESS, Map.of("grant", grant));
    }

    void revokeAll(UUID person) {
        db.sql("update identity.app_grant set revoked_at = :now where person = :person and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("person", person)
                .update();
    }

    void sweep(Instant now) {
        tokens.sweep(now);
    }

    private void end(UUID grant) {
        db.sql("update identity.app_grant set revoked_at = :now where id = :id and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("id", grant)
                .update();
    }

    private void record(String person, String via, String action, Outcome outcome, Map<String, Object> data) {
        ledger.append(new NewEvent(
                time.instant(),
                person,
                via,
                action,
                person,
                people.version(person),
                outcome,
                null,
                null,
                data,
                Map.of()));
    }
}
