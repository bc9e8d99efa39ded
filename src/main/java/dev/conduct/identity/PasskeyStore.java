package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.stereotype.Component;

/// Passkeys as the database keeps them, in the words of Spring Security. The handle that an authenticator is given of
/// a person is the sixteen bytes of the account's id, which say nothing about them.
@Component
class PasskeyStore implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Labels labels;

    PasskeyStore(JdbcClient db, InstantSource time, People people, Labels labels) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.labels = labels;
    }

    /// A new one, or the use of a known one.
    ///
    /// @throws IllegalArgumentException when the count of a known one did not grow: it was copied, or used at the
    /// same
    ///     moment elsewhere
    @Override
    public void save(CredentialRecord record) {
        if (findByCredentialId(record.getCredentialId()) == null) {
            insert(record);
        } else if (!used(record)) {
            throw new IllegalArgumentException("the signature count of the passkey did not grow");
        }
    }

    private void insert(CredentialRecord record) {
        var now = time.instant();
        var id = Ids.next(now);
        var person = person(record.getUserEntityUserId());
        var label = labels.passkeys.close(id, person, record.getLabel());
        db.sql("""
                insert into identity.passkey
                       (id, person, credential, public_key, attestation, client_data, transports, signature_count,
                        synced, name_key, name_sealed, created_at)
                values (:id, :person, :credential, :key, :attestation, :client, :transports, :count, :synced,
                        :name_key, :name, :now)
                """)
                .param("id", id)
                .param("person", person)
                .param("credential", record.getCredentialId().getBytes())
                .param("key", record.getPublicKey().getBytes())
                .param(
                        "attestation",
                        Objects.requireNonNull(record.getAttestationObject()).getBytes())
                .param(
                        "client",
                        Objects.requireNonNull(record.getAttestationClientDataJSON())
                                .getBytes())
                .param(
                        "transports",
                        record.getTransports().stream()
                                .map(AuthenticatorTransport::getValue)
                                .sorted()
                                .toArray(String[]::new))
                .param("count", record.getSignatureCount())
                .param("synced", record.isBackupEligible())
                .param("name_key", label.key())
                .param("name", label.sealed())
                .param("now", Sql.time(now))
                .update();
    }

    private boolean used(CredentialRecord record) {
        return db.sql("""
                update identity.passkey set signature_count = :count, last_used_at = :now
                 where credential = :credential
                   and (signature_count < :count or (signature_count = 0 and :count = 0))
                """)
                        .param("count", record.getSignatureCount())
                        .param("now", Sql.time(time.instant()))
                        .param("credential", record.getCredentialId().getBytes())
                        .update()
                == 1;
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return db.sql(SELECT + " where credential = :credential")
                .param("credential", id.getBytes())
                .query(this::record)
                .optional()
                .orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes user) {
        return db.sql(SELECT + " where person = :person order by created_at, id")
                .param("person", person(user))
                .query(this::record)
                .list();
    }

    private static final String SELECT = """
            select id, person, credential, public_key, attestation, client_data, transports, signature_count, synced,
                   name, name_key, name_sealed, created_at, last_used_at
              from identity.passkey
            """;

    private CredentialRecord record(ResultSet row, int number) throws SQLException {
        var created = Objects.requireNonNull(Sql.time(row, "created_at"));
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential")))
                .userEntityUserId(handle(row.getObject("person", UUID.class)))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(true)
                .transports(Arrays.stream((String[]) row.getArray("transports").getArray())
                        .map(AuthenticatorTransport::valueOf)
                        .collect(Collectors.toSet()))
                .backupEligible(row.getBoolean("synced"))
                .attestationObject(new Bytes(row.getBytes("attestation")))
                .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
                .created(created)
                .lastUsed(Objects.requireNonNullElse(Sql.time(row, "last_used_at"), created))
                .label(Labels.read(labels.passkeys, row))
                .build();
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes user) {
        return findByUsername("person:" + person(user));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String person) {
        return people.find(person)
                .map(found -> ImmutablePublicKeyCredentialUserEntity.builder()
                        .id(handle(ActorId.required(person)))
                        .name(Objects.requireNonNullElse(found.email(), found.name()))
                        .displayName(found.name())
                        .build())
                .orElse(null);
    }

    static Bytes handle(UUID person) {
        return new Bytes(ByteBuffer.allocate(16)
                .putLong(person.getMostSignificantBits())
                .putLong(person.getLeastSignificantBits())
                .array());
    }

    static UUID person(Bytes handle) {
        var bytes = handle.getBytes();
        if (bytes.length != 16) {
            throw new IllegalArgumentException("the handle of a person has 16 bytes");
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /// Passkeys are taken away by `Passkeys.remove`, which knows the last factor; people never are.
    @Override
    public void delete(Bytes credential) {
        throw new UnsupportedOperationException("see Passkeys.remove");
    }

    @Override
    public void save(PublicKeyCredentialUserEntity person) {
        throw new UnsupportedOperationException("people are made by Accounts.add");
    }
}
