package dev.conduct.identity;

import com.webauthn4j.util.exception.WebAuthnException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.security.web.webauthn.api.AttestationConveyancePreference;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialDescriptor;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialParameters;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The two ceremonies of WebAuthn, making a passkey and signing with it, for this server's own origin. The
/// authenticator must verify who uses it (PIN, finger, face), and keep the key so that no name has to be typed.
@Component
class PasskeyCeremonies {

    private static final Logger log = LoggerFactory.getLogger(PasskeyCeremonies.class);
    private static final int MOST = 64 * 1024;

    private final PasskeyStore store;
    private final PasskeyChallenges challenges;
    private final String url;
    private final Environment environment;
    private final JsonMapper json =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();

    private volatile @Nullable Party party;

    PasskeyCeremonies(
            PasskeyStore store,
            PasskeyChallenges challenges,
            @Value("${conduct.url:}") String url,
            Environment environment) {
        this.store = store;
        this.challenges = challenges;
        this.url = url;
        this.environment = environment;
    }

    private record Party(PublicKeyCredentialRpEntity entity, Webauthn4JRelyingPartyOperations checks) {}

    /// What the browser is given to make a passkey, as JSON.
    String toMake(String session, String person) {
        return json.writeValueAsString(creation(challenges.next(session), person));
    }

    /// What the browser is given to sign in, as JSON.
    ///
    /// @param person whose passkeys are wanted; null for anybody's
    String toSign(String session, @Nullable String person) {
        return json.writeValueAsString(request(challenges.next(session), person));
    }

    /// Keeps the passkey that the browser made. Empty when it does not answer the session's challenge, did not verify
    /// its user, or was made for another origin.
    Optional<CredentialRecord> made(String session, String person, String credential, String name) {
        return challenges
                .take(session)
                .flatMap(challenge -> checked("make", () -> {
                    PublicKeyCredential<AuthenticatorAttestationResponse> made =
                            json.readValue(limited(credential), new TypeReference<>() {});
                    return party().checks()
                            .registerCredential(new ImmutableRelyingPartyRegistrationRequest(
                                    creation(challenge, person), new RelyingPartyPublicKey(made, name)));
                }));
    }

    /// The person whose passkey signed the session's challenge.
    ///
    /// @param person whose passkeys were wanted; null for anybody's
    Optional<String> signed(String session, @Nullable String person, String credential) {
        return challenges
                .take(session)
                .flatMap(challenge -> checked("sign", () -> {
                    PublicKeyCredential<AuthenticatorAssertionResponse> signed =
                            json.readValue(limited(credential), new TypeReference<>() {});
                    var entity = party().checks()
                            .authenticate(new RelyingPartyAuthenticationRequest(request(challenge, person), signed));
                    return "person:" + PasskeyStore.person(entity.getId());
                }));
    }

    private PublicKeyCredentialCreationOptions creation(Bytes challenge, String person) {
        var user = user(person);
        return PublicKeyCredentialCreationOptions.builder()
                .rp(party().entity())
                .user(user)
                .challenge(challenge)
                .pubKeyCredParams(
                        PublicKeyCredentialParameters.EdDSA,
                        PublicKeyCredentialParameters.ES256,
                        PublicKeyCredentialParameters.RS256)
                .authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .build())
                .attestation(AttestationConveyancePreference.NONE)
                .excludeCredentials(known(user))
                .timeout(PasskeyChallenges.LIFE)
                .build();
    }

    private PublicKeyCredentialRequestOptions request(Bytes challenge, @Nullable String person) {
        return PublicKeyCredentialRequestOptions.builder()
                .rpId(party().entity().getId())
                .challenge(challenge)
                .userVerification(UserVerificationRequirement.REQUIRED)
                .allowCredentials(person == null ? List.of() : known(user(person)))
                .timeout(PasskeyChallenges.LIFE)
                .build();
    }

    private PublicKeyCredentialUserEntity user(String person) {
        var user = store.findByUsername(person);
        if (user == null) {
            throw new IllegalStateException(person + " is nobody");
        }
        return user;
    }

    private List<PublicKeyCredentialDescriptor> known(PublicKeyCredentialUserEntity user) {
        return store.findByUserId(user.getId()).stream()
                .map(record -> PublicKeyCredentialDescriptor.builder()
                        .id(record.getCredentialId())
                        .transports(record.getTransports())
                        .build())
                .toList();
    }

    private interface Ceremony<T> {
        T end();
    }

    /// What is not as it must be ends here, whatever it is: the library has some thirty words for it.
    private static <T> Optional<T> checked(String what, Ceremony<T> ceremony) {
        try {
            return Optional.of(ceremony.end());
        } catch (WebAuthnException | IllegalArgumentException | JacksonException refused) {
            log.info("A passkey was refused ({}): {}", what, refused.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static String limited(String credential) {
        if (credential.length() > MOST) {
            throw new IllegalArgumentException("too long");
        }
        return credential;
    }

    /// The port is known once the server listens.
    private Party party() {
        var known = party;
        if (known == null) {
            var origin = url.isBlank()
                    ? URI.create("http://localhost:" + environment.getRequiredProperty("local.server.port"))
                    : URI.create(url);
            var entity = PublicKeyCredentialRpEntity.builder()
                    .id(origin.getHost())
                    .name("Conduct")
                    .build();
            var allowed = origin.getScheme() + "://" + origin.getRawAuthority();
            known = new Party(entity, new Webauthn4JRelyingPartyOperations(store, store, entity, Set.of(allowed)));
            party = known;
        }
        return known;
    }
}
