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
@ConfigurationProperties("conduct.root")
record KeySettings(
        @Nullable String provider,
        @Nullable String passphrase,
        @Nullable String unsealed,
        @DefaultValue Pkcs11 pkcs11,
        @DefaultValue Http http) {

    record Pkcs11(
            @Nullable Path config,
            @Nullable String pin,
            @DefaultValue("conduct-root") String label) {}

    record Http(
            @Nullable URI url,
            @DefaultValue("conduct") String key,
            @Nullable String token) {}
}
