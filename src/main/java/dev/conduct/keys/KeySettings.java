package dev.conduct.keys;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param provider of the root key (`CONDUCT_ROOT_PROVIDER`): `file`, `passphrase`, `pkcs11`, `http`; left
///     out, whichever file is there
/// @param unsealed the root key itself, when somebody gave the passphrase to the page of a sealed server
/// @param passphrase `CONDUCT_ROOT_PASSPHRASE`; without it a server of this provider starts sealed and waits
/// @param pkcs11 `CONDUCT_ROOT_PKCS11_CONFIG` (a configuration of SunPKCS11), `..._PIN`, `..._LABEL`
/// @param http `CONDUCT_ROOT_HTTP_URL`, `CONDUCT_ROOT_HTTP_KEY`, `CONDUCT_ROOT_HTTP_TOKEN`
/// @param next where the root key goes when it moves from a token to a token, or from a service to a service:
///     `CONDUCT_ROOT_NEXT_KEY` (or label), and what else differs, `..._NEXT_URL`, `..._NEXT_TOKEN`, `..._NEXT_CONFIG`,
///     `..._NEXT_PIN`
@ConfigurationProperties("conduct.root")
record KeySettings(
        @Nullable String provider,
        @Nullable String passphrase,
        @Nullable String unsealed,
        @DefaultValue Pkcs11 pkcs11,
        @DefaultValue Http http,
        @DefaultValue Next next) {

    record Pkcs11(
            @Nullable Path config,
            @Nullable String pin,
            @DefaultValue("conduct-root") String label) {}

    record Http(
            @Nullable URI url,
            @DefaultValue("conduct") String key,
            @Nullable String token) {}

    record Next(
            @Nullable String key,
            @Nullable URI url,
            @Nullable String token,
            @Nullable Path config,
            @Nullable String pin) {}

    /// As they are with what comes next in the place of what is: the rest stays.
    KeySettings moved() {
        return new KeySettings(
                provider,
                passphrase,
                unsealed,
                new Pkcs11(
                        next.config != null ? next.config : pkcs11.config,
                        next.pin != null ? next.pin : pkcs11.pin,
                        next.key != null ? next.key : pkcs11.label),
                new Http(
                        next.url != null ? next.url : http.url,
                        next.key != null ? next.key : http.key,
                        next.token != null ? next.token : http.token),
                next);
    }

    /// Whether the key lies elsewhere afterwards.
    boolean moves(String between) {
        var there = moved();
        return between.equals("http")
                ? !java.util.Objects.equals(http.url, there.http.url) || !http.key.equals(there.http.key)
                : !java.util.Objects.equals(pkcs11.config, there.pkcs11.config)
                        || !pkcs11.label.equals(there.pkcs11.label);
    }
}
