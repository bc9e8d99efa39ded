package dev.conduct.keys;

import dev.conduct.database.DataFolder;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Opens the root key from where the settings say it lies.
@Configuration
@EnableConfigurationProperties(KeySettings.class)
class KeysConfiguration {

    @Bean
    RootKey rootKey(KeySettings settings, DataFolder data, JdbcClient db, Outbound outbound)
            throws IOException, GeneralSecurityException {
        var needed = db.sql("select exists (select from keys.keyset)")
                .query(Boolean.class)
                .single();
        takeOver(data.keys(), db);
        return open(provider(settings, data.keys()), settings, data.keys(), needed, outbound);
    }

    /// The server was stopped between wrapping everything by a new key and putting its file in place.
    private static void takeOver(Path keys, JdbcClient db) throws IOException {
        var file = keys.resolve(RootFile.FILE);
        var next = RootMove.next(file);
        if (Files.exists(next)
                && db.sql("select exists (select from keys.keyset where root = :root)")
                        .param("root", "file:" + RootFile.id(RootFile.read(next)))
                        .query(Boolean.class)
                        .single()) {
            KeyFile.replace(file, next);
        }
    }

    static RootKey open(String provider, KeySettings settings, Path keys, boolean needed, Outbound outbound)
            throws IOException, GeneralSecurityException {
        return switch (provider) {
            case "file" -> RootFile.open(keys, needed);
            case "passphrase" -> {
                if (settings.unsealed() != null) {
                    var root = RootFile.bytes(settings.unsealed());
                    yield RootFile.key(
                            "passphrase",
                            root,
                            keys.resolve(RootPassphrase.FILE).toString());
                }
                if (settings.passphrase() == null) {
                    throw new StartRefused("The root key is sealed by a passphrase. Start the server and unseal it"
                            + " (./conduct keys unseal), or set CONDUCT_ROOT_PASSPHRASE.");
                }
                yield RootPassphrase.open(keys, settings.passphrase(), needed);
            }
            case "pkcs11" -> RootToken.open(settings.pkcs11(), needed);
            case "http" -> RootService.open(settings.http(), outbound);
            default ->
                throw new StartRefused(
                        "CONDUCT_ROOT_PROVIDER is '" + provider + "'. It is file, passphrase, pkcs11 or http.");
        };
    }

    private static String provider(KeySettings settings, Path keys) {
        if (settings.provider() != null) {
            return settings.provider();
        }
        return RootPassphrase.sealed(keys) && !Files.exists(keys.resolve(RootFile.FILE)) ? "passphrase" : "file";
    }
}
