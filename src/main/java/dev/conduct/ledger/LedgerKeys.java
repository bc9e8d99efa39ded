package dev.conduct.ledger;

import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import dev.conduct.ledger.verify.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The two secrets of the ledger, kept in files that only the server's user can read, never in the database: the key
/// of the codes that guard an event until it is sealed, and the key that signs checkpoints.
record LedgerKeys(byte[] mac, SigningKey log) {

    static final String MAC_FILE = "ledger-mac.key";
    static final String LOG_FILE = "ledger-log.key";
    /// The log key of a log that is beginning anew.
    static final String NEXT_FILE = "ledger-log.key.next";
    static final String PUBLIC_FILE = "ledger-log.pub";

    /// Reads the keys, or makes them for a ledger that has no entry yet.
    ///
    /// @throws IllegalStateException when entries exist and a key does not, or when others may read a key
    static LedgerKeys open(Path folder, boolean entriesExist, String originIfNew) {
        try {
            var mac = folder.resolve(MAC_FILE);
            var log = folder.resolve(LOG_FILE);
            if (!Files.exists(log) && Files.exists(folder.resolve(NEXT_FILE))) {
                throw new StartRefused("The log was beginning anew and was interrupted. Run again: ./conduct ledger"
                        + " begin-anew. Nothing was changed.");
            }
            if (!Files.exists(mac) || !Files.exists(log)) {
                if (entriesExist) {
                    var missing = Files.exists(mac) ? log : mac;
                    throw new IllegalStateException("The ledger has entries, but its key file " + missing
                            + " is missing. Put it back from your backup of the keys; without it nothing can be"
                            + " recorded that fits what is there. Nothing was changed.");
                }
                Files.createDirectories(folder);
                writeNew(log, originIfNew);
                writeNew(mac, "mac");
            }
            var signing = signing(log);
            Files.writeString(folder.resolve(PUBLIC_FILE), signing.verifier() + "\n");
            return new LedgerKeys(mac(folder), signing);
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger's keys in " + folder + " cannot be read or written.", e);
        }
    }

    /// Those of a log that was beginning anew, once the old key was put aside.
    static Optional<LedgerKeys> interrupted(Path folder) {
        var next = folder.resolve(NEXT_FILE);
        if (Files.exists(folder.resolve(LOG_FILE)) || !Files.exists(next)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LedgerKeys(mac(folder), signing(next)));
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger's keys in " + folder + " cannot be read.", e);
        }
    }

    /// @throws java.nio.file.NoSuchFileException when it is not there
    static byte[] mac(Path folder) throws IOException {
        return Base64.getDecoder().decode(read(folder.resolve(MAC_FILE))[1]);
    }

    static SigningKey signing(Path file) throws IOException {
        var line = read(file);
        return new SigningKey(line[0], Base64.getDecoder().decode(line[1]));
    }

    /// One that is there stays.
    static void writeNew(Path file, String name) throws IOException {
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        KeyFile.create(file, name + " " + Base64.getEncoder().encodeToString(secret) + "\n");
    }

    private static String[] read(Path file) throws IOException {
        var parts = KeyFile.read(file).strip().split(" ");
        if (parts.length != 2) {
            throw new IllegalStateException("The key file " + file + " is damaged. Put it back from your backup.");
        }
        return parts;
    }
}
