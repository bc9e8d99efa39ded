package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
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

/// Tokens with which a person's own programs act as that person, cut down to some scopes. The token is shown once; its
/// hash is kept.
@Component
public class PersonalTokens {

    static final String PREFIX = "cdt_";
    /// The longest life of a token, in days.
    public static final int MOST_DAYS = 90;

    private static final int MOST = 20;
    private static final Duration USE_WRITTEN = Duration.ofMinutes(1);
    private static final String SELECT = """
            select t.id, t.person, t.name, t.name_key, t.name_sealed, t.scopes, t.created_at, t.expires_at,
                   t.last_used_at
              from identity.personal_token t
             where t.revoked_at is null and t.expires_at > :now
            """;

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Roles roles;
    private final Ledger ledger;
    private final Labels labels;

    PersonalTokens(JdbcClient db, InstantSource time, People people, Roles roles, Ledger ledger, Labels labels) {
        this.roles = roles;
        this.db = db;
        this.time = time;
        this.people = people;
        this.ledger = ledger;
        this.labels = labels;
    }

    /// A token in force.
    ///
    /// @param person as the ledger writes it
    public record Token(
            String id,
            String person,
            String owner,
            String name,
            List<String> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {

        private Token ownedBy(String name) {
            return new Token(id, person, name, this.name, scopes, createdAt, expiresAt, lastUsedAt);
        }
    }

    /// @return the token, shown this once
    /// @throws Problem 400 for what is missing or too long, 409 when the person has too many
    @Transactional
    public String create(Actor owner, String name, Set<Scope> scopes, int days) {
        if (name.isBlank()) {
            throw Problem.badInput("token-name", "missing", "Name the token after the program that will use it.");
        }
        PlainText.checked("token-name", name, 100);
        if (scopes.isEmpty()) {
            throw Problem.badInput("scope", "missing", "Choose what the token opens.");
        }
        if (scopes.contains(Scope.SCIM)) {
            throw Problem.badInput("scope", "programs_only", "Only a program of its own provisions people.");
        }
        if (days < 1 || days > MOST_DAYS) {
            throw Problem.badInput("days", "out_of_range", "A token lives 1 to " + MOST_DAYS + " days.");
        }
        var person = person(owner.id());
        if (of(owner.id()).size() >= MOST) {
            throw Problem.conflict("enough_tokens", "You have " + MOST + " tokens. Revoke one first.");
        }
        var now = time.instant();
        var id = Ids.next(now);
        var token = Tokens.next(PREFIX);
        var label = labels.tokens.close(id, person, name.strip());
        db.sql("""
                insert into identity.personal_token
                       (id, person, name_key, name_sealed, hash, scopes, created_at, expires_at)
                values (:id, :person, :key, :name, :hash, :scopes, :now, :expires)
                """)
                .param("id", id)
                .param("person", person)
                .param("key", label.key())
                .param("name", label.sealed())
                .param("hash", Tokens.hash(token))
                .param("scopes", Scope.array(scopes))
                .param("now", Sql.time(now))
                .param("expires", Sql.time(now.plus(Duration.ofDays(days))))
                .update();
        record(
                owner,
                "token.create",
                owner.id(),
                Map.of("token", id.toString(), "scopes", Scope.words(scopes), "days", (long) days),
                Map.of("name", name.strip()));
        return token;
    }

    public List<Token> of(String person) {
        return named(db.sql(SELECT + " and t.person = :person order by t.created_at desc, t.id desc")
                .param("now", Sql.time(time.instant()))
                .param("person", person(person))
                .query((row, number) -> token(row))
                .list());
    }

    /// Everybody's, those that end first at the top; at most 200.
    public List<Token> all() {
        return named(db.sql(SELECT + " order by t.expires_at, t.id limit 200")
                .param("now", Sql.time(time.instant()))
                .query((row, number) -> token(row))
                .list());
    }

    private List<Token> named(List<Token> tokens) {
        var owners = people.byId(tokens.stream().map(Token::person).toList());
        return tokens.stream()
                .map(token -> token.ownedBy(
                        Objects.requireNonNull(owners.get(token.person())).name()))
                .toList();
    }

    /// Ends one at once. An administrator may end anybody's.
    ///
    /// @throws Problem 404 when there is none, or it is another's and the actor is no administrator
    @Transactional
    public void revoke(String token, Actor by) {
        var owner = ActorId.parsed(token)
                .flatMap(id -> db.sql("""
                update identity.personal_token set revoked_at = :now
                 where id = :id and revoked_at is null and (:any or 'person:' || person = :by)
                returning person
                """)
                        .param("now", Sql.time(time.instant()))
                        .param("id", id)
                        .param("any", roles.may(by, Right.ADMINISTER))
                        .param("by", by.id())
                        .query(String.class)
                        .optional());
        if (owner.isEmpty()) {
            throw Problem.notFound("This token");
        }
        record(by, "token.revoke", "person:" + owner.get(), Map.of("token", token), Map.of());
    }

    void revokeAll(UUID person) {
        db.sql("update identity.personal_token set revoked_at = :now where person = :person and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("person", person)
                .update();
    }

    /// Whom a token lets act, while it stands and its owner's account does.
    Optional<Caller> caller(String token) {
        var now = time.instant();
        record Found(
                UUID id,
                String person,
                Set<Scope> scopes,
                @Nullable Instant used) {}
        var found = db.sql("""
                select id, person, scopes, last_used_at from identity.personal_token
                 where hash = :hash and revoked_at is null and expires_at > :now
                """)
                .param("hash", Tokens.hash(token))
                .param("now", Sql.time(now))
                .query((row, number) -> new Found(
                        row.getObject("id", UUID.class),
                        "person:" + row.getString("person"),
                        Scope.of(row),
                        Sql.time(row, "last_used_at")))
                .optional();
        var caller = found.flatMap(one -> people.signedIn(one.person(), "api")
                .map(actor -> Caller.byToken(
                        actor, one.scopes(), Caller.Means.PERSONAL_TOKEN, roles.granting(Right.ADMINISTER))));
        if (caller.isPresent()) {
            var used = found.get().used();
            if (used == null || !used.plus(USE_WRITTEN).isAfter(now)) {
                used(found.get().id(), now);
            }
        }
        return caller;
    }

    private void used(UUID token, Instant now) {
        db.sql("update identity.personal_token set last_used_at = :now where id = :id")
                .param("now", Sql.time(now))
                .param("id", token)
                .update();
    }

    private static UUID person(String id) {
        return ActorId.uuid(id)
                .filter(uuid -> id.startsWith("person:"))
                .orElseThrow(() -> Problem.forbidden("people_only", "Only people have tokens of their own."));
    }

    private Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("id"),
                "person:" + row.getString("person"),
                "",
                Labels.read(labels.tokens, row),
                Scope.words(Scope.of(row)),
                Objects.requireNonNull(Sql.time(row, "created_at")),
                Objects.requireNonNull(Sql.time(row, "expires_at")),
                Sql.time(row, "last_used_at"));
    }

    private void record(Actor by, String action, String object, Map<String, Object> data, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                object,
                people.version(object),
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
    }
}
