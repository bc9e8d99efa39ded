package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Programs that call the API, each an actor of its own with roles of its own. A program may have several secrets in
/// force, so that one takes over from another without a gap; each ends by itself.
@Component
public class Clients {

    /// The longest life of a secret.
    public static final Duration LIFE = Duration.ofDays(90);
    /// How long before its end a secret is warned of.
    public static final Duration WARNING = Duration.ofDays(14);

    /// Secrets in force of one program.
    private static final int MOST = 3;

    private final JdbcClient db;
    private final InstantSource time;
    private final Roles roles;
    private final Ledger ledger;
    private final ProgramSecrets secrets;

    Clients(JdbcClient db, InstantSource time, Roles roles, Ledger ledger, ProgramSecrets secrets) {
        this.db = db;
        this.time = time;
        this.roles = roles;
        this.ledger = ledger;
        this.secrets = secrets;
    }

    /// What a client signs in with. The secret is shown this once; only its hash is kept.
    public record Key(String clientId, String clientSecret, Instant expiresAt) {

        public Key(String clientId, String clientSecret) {
            this(clientId, clientSecret, Instant.MAX);
        }
    }

    /// @param id as the ledger writes it
    /// @param owner the person who answers for it, null when it was made on the command line
    /// @param secrets those in force, the newest first
    public record Client(
            String id,
            String name,
            boolean active,
            List<String> roles,
            List<String> scopes,
            @Nullable String owner,
            Instant createdAt,
            List<Secret> secrets) {

        public @Nullable Instant lastUsedAt() {
            return secrets.stream()
                    .map(Secret::lastUsedAt)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElse(null);
        }
    }

    /// @param ends true when it is time to make the next one
    public record Secret(
            String id,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            boolean ends) {}

    /// A client with every scope; its roles say what it may.
    ///
    /// @param by the actor who makes it, `system:cli` for the command line
    /// @throws Problem 400 naming a role that the procedure does not know
    @Transactional
    public Key create(String name, Set<String> wanted, String by, String via) {
        return create(name, wanted, Scope.all(), by, via);
    }

    @Transactional
    public Key create(String name, Set<String> wanted, Set<Scope> scopes, String by, String via) {
        if (name.isBlank()) {
            throw Problem.badInput("name", "missing", "is empty. Give the client a name, for example build-server.");
        }
        if (scopes.isEmpty()) {
            throw Problem.badInput("scopes", "missing", "Choose what the client may do at most.");
        }
        PlainText.checked("name", name, 200);
        var granted = roles.checked(wanted);
        var id = Ids.next(time.instant());
        db.sql("""
                insert into identity.actor (id, kind, name, active, created_at)
                values (:id, 'client', :name, true, :now)
                """)
                .param("id", id)
                .param("name", name.strip())
                .param("now", Sql.time(time.instant()))
                .update();
        db.sql("insert into identity.client (id, scopes, owner) values (:id, :scopes, :owner)")
                .param("id", id)
                .param("scopes", Scope.array(scopes))
                .param("owner", owner(by), java.sql.Types.OTHER)
                .update();
        roles.grant(id, granted);
        var key = secrets.add(id);
        record(
                by,
                via,
                "client.create",
                id,
                1,
                Map.of("roles", List.copyOf(granted), "scopes", Scope.words(scopes)),
                Map.of("name", name.strip()));
        return key;
    }

    /// A program that makes another is answered for by the same person.
    private @Nullable UUID owner(String by) {
        return by.startsWith("person:")
                ? ActorId.required(by)
                : ActorId.uuid(by)
                        .flatMap(id -> db.sql("select owner from identity.client where id = :id and owner is not null")
                                .param("id", id)
                                .query(UUID.class)
                                .optional())
                        .orElse(null);
    }

    /// One more secret beside those in force; revoke the old one when the program uses the new.
    ///
    /// @throws Problem 409 when three are in force, or the client is deactivated
    @Transactional
    public Key rotate(String client, Actor by) {
        var id = active(client);
        if (secrets.inForce(id) >= MOST) {
            throw Problem.conflict("enough_secrets", "Three secrets are in force. Revoke one first.");
        }
        var key = secrets.add(id);
        record(by.id(), by.via(), "client.add_secret", id, touch(id), Map.of(), Map.of());
        return key;
    }

    /// Ends a secret at once. Tokens it was exchanged for end too, since nobody can tell who holds them.
    @Transactional
    public void revokeSecret(String client, String secret, Actor by) {
        var id = known(client);
        if (!ActorId.parsed(secret).map(key -> secrets.revoke(id, key)).orElse(false)) {
            throw Problem.notFound("This secret");
        }
        record(by.id(), by.via(), "client.revoke_secret", id, touch(id), Map.of("secret", secret), Map.of());
    }

    /// Ends a program: its secrets and its tokens open nothing from now on, on every node.
    @Transactional
    public void deactivate(String client, Actor by) {
        deactivate(active(client), by);
    }

    /// The programs that a person answers for end with the person's account.
    void deactivateOwnedBy(UUID owner, Actor by) {
        db.sql("""
                select a.id from identity.actor a join identity.client c on c.id = a.id
                 where c.owner = :owner and a.active order by a.id
                """).param("owner", owner).query(UUID.class).list().forEach(id -> deactivate(id, by));
    }

    private void deactivate(UUID id, Actor by) {
        db.sql("update identity.actor set active = false where id = :id")
                .param("id", id)
                .update();
        secrets.revokeAll(id);
        record(by.id(), by.via(), "client.deactivate", id, touch(id), Map.of(), Map.of());
    }

    /// Records once for each secret that its end comes near.
    ///
    /// @return how many
    @Transactional
    public int warn() {
        return secrets.warn();
    }

    private UUID known(String client) {
        return ActorId.uuid(client)
                .filter(id -> client.startsWith("client:"))
                .filter(id -> db.sql("select exists (select 1 from identity.client where id = :id)")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .orElseThrow(() -> Problem.notFound("This client"));
    }

    private UUID active(String client) {
        var id = known(client);
        // Locked, so that of two who act at once the second sees what the first did.
        var active = db.sql("select active from identity.actor where id = :id for update")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (!active) {
            throw Problem.conflict("deactivated", "This client is deactivated. Make a new one.");
        }
        return id;
    }

    private long touch(UUID id) {
        return db.sql("update identity.actor set version = version + 1 where id = :id returning version")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private void record(
            String by,
            String via,
            String action,
            UUID client,
            long version,
            Map<String, Object> data,
            Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                by,
                via,
                action,
                "client:" + client,
                version,
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
    }
}
