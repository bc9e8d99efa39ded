package dev.conduct.keys;

import dev.conduct.database.DataFolder;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts a new root key in the place of the one in use: in the same place, or in another. Every keyset is wrapped by the
/// new one, so that no copy of the old one opens what stands in the database from then on.
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
        try {
            var file = file(provider);
            if (file == null) {
                var same = provider.equals(from.provider());
                if (same && !settings.moves(provider)) {
                    throw new StartRefused("The root key is in " + from.where()
                            + " already. To make another one there, name it: CONDUCT_ROOT_NEXT_KEY, and"
                            + (provider.equals("http")
                                    ? " CONDUCT_ROOT_NEXT_URL and _TOKEN for another service."
                                    : " CONDUCT_ROOT_NEXT_CONFIG and _PIN for another token."));
                }
                var to = KeysConfiguration.open(
                        provider, same ? settings.moved() : settings, data.keys(), false, outbound);
                rewrap(to);
                leave(from);
                return to.where();
            }
            fresh(provider, file, passphrase, from);
            if (!provider.equals(from.provider())) {
                leave(from);
            }
            return file.toString();
        } catch (IOException unwritable) {
            throw new UncheckedIOException("The root key could not be put elsewhere.", unwritable);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A new key beside the old one first; in its place once everything is wrapped by it. Killed in between, a start
    /// finds the new one under its other name.
    private void fresh(String provider, Path file, @Nullable String passphrase, RootKey from)
            throws IOException, GeneralSecurityException {
        if (!provider.equals(from.provider()) && Files.exists(file)) {
            throw new StartRefused("There is a root key in " + file + " from before. Move it away, and try again.");
        }
        var next = next(file);
        Files.deleteIfExists(next);
        var bytes = RootFile.fresh();
        if (provider.equals("file")) {
            RootFile.write(next, bytes);
        } else {
            RootPassphrase.seal(next, bytes, String.valueOf(passphrase));
        }
        rewrap(RootFile.key(provider, bytes, file.toString()));
        KeyFile.replace(file, next);
    }

    private void rewrap(RootKey to) {
        transaction.executeWithoutResult(open -> {
            try {
                keysets.rewrap(to);
            } catch (GeneralSecurityException failure) {
                throw new StartRefused(
                        "The keys could not be wrapped by " + to.where() + ". Nothing was changed.", failure);
            }
            events.publishEvent(new KeyChange("rewrap", "root", to.provider() + ":" + to.id(), "system:cli", "cli"));
        });
    }

    /// Takes away the file of a key that wraps nothing any more.
    private void leave(RootKey from) throws IOException {
        var file = file(from.provider());
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /// Null for keys that lie in no file.
    private @Nullable Path file(String provider) {
        return switch (provider) {
            case "file" -> data.keys().resolve(RootFile.FILE);
            case "passphrase" -> data.keys().resolve(RootPassphrase.FILE);
            default -> null;
        };
    }

    /// Where a new key lies until everything is wrapped by it.
    static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }
}
