package dev.conduct.identity;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;

/// Lets a test of another module name somebody's passkey and token.
public final class Labelled {

    private Labelled() {}

    public static void in(ApplicationContext context, Actor person, String passkey, String token) {
        var _ = context.getBean(PersonalTokens.class).create(person, token, Set.of(Scope.READ), 7);
        var id = UUID.fromString(person.id().substring("person:".length()));
        var bytes = new Bytes(id.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        context.getBean(PasskeyStore.class)
                .save(ImmutableCredentialRecord.builder()
                        .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                        .credentialId(bytes)
                        .userEntityUserId(PasskeyStore.handle(id))
                        .publicKey(new ImmutablePublicKeyCose(bytes.getBytes()))
                        .signatureCount(0)
                        .uvInitialized(true)
                        .transports(Set.of())
                        .backupEligible(false)
                        .attestationObject(bytes)
                        .attestationClientDataJSON(bytes)
                        .label(passkey)
                        .build());
    }

    /// What they call their passkeys and tokens.
    public static List<String> names(ApplicationContext context, Actor person) {
        return java.util.stream.Stream.concat(
                        context.getBean(Passkeys.class).of(person.id()).stream().map(Passkeys.Passkey::name),
                        context.getBean(PersonalTokens.class).of(person.id()).stream()
                                .map(PersonalTokens.Token::name))
                .toList();
    }
}
