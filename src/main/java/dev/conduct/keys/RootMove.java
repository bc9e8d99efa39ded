package dev.conduct.keys;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts the root key elsewhere: between a file and a passphrase the key stays and only its cover changes;
/// into a token or a service, and back, every keyset is wrapped by another.
@Component
public class RootMove {

    private final Keysets keysets;
    private final KeySettings settings;
    private final DataFolder data;
    private final Outbound outbound;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    RootMove(
            Keysets keysets,
            KeySettings settings,
            DataFolder data,
            Outbound outbound,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.keysets = keysets;
        this.settings = settings;
        this.data = data;
        this.outbound = outbound;
        this.transaction = transaction;
        this.events = events;
    }

    /// @param passphrase for the provider of that name
    /// @return where it is now, in words
    public String to(String provider, @Nullable String passphrase) {
        var from = keysets.root();
        if (provider.equals(from.provider())) {
            throw new StartRefused("The root key is in " + from.where() + " already.");
        }
        try {
            var keys = data.keys();
            var file = keys.resolve(RootFile.FILE);
            var sealed = keys.resolve(RootPassphrase.FILE);
            if (provider.equals("passphrase") && from.provider().equals("file")) {
                RootPassphrase.seal(sealed, RootFile.read(file), String.valueOf(passphrase));
                requireSame(RootPassphrase.open(keys, String.valueOf(passphrase), true), from);
                tell(provider, from.id());
                Files.delete(file);
                return sealed.toString();
            }
            if (provider.equals("file") && from.provider().equals("passphrase")) {
                RootFile.write(
                        file,
                        RootFile.bytes(RootPassphrase.unsealed(keys, String.valueOf(settings.passphrase()))
                                .orElseThrow()));
                requireSame(RootFile.open(keys, true), from);
                tell(provider, from.id());
                Files.delete(sealed);
                return file.toString();
            }
            var to = provider.equals("passphrase")
                    ? RootPassphrase.open(keys, String.valueOf(passphrase), false)
                    : KeysConfiguration.open(provider, settings, keys, false, outbound);
            transaction.executeWithoutResult(open -> {
                try {
                    keysets.rewrap(to);
                } catch (GeneralSecurityException failure) {
                    throw new StartRefused(
                            "The keys could not be wrapped by " + to.where() + ". Nothing was changed.", failure);
                }
                events.publishEvent(
                        new KeyChange("rewrap", "root", to.provider() + ":" + to.id(), "system:cli", "cli"));
            });
            return to.where();
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The root key could not be put elsewhere.", unwritable);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void tell(String provider, String id) {
        transaction.executeWithoutResult(
                open -> events.publishEvent(new KeyChange("rewrap", "root", provider + ":" + id, "system:cli", "cli")));
    }

    private static void requireSame(RootKey now, RootKey before) {
        if (!now.id().equals(before.id())) {
            throw new IllegalStateException("the root key came out as another");
        }
    }
}
