package dev.conduct.ledger;

import dev.conduct.database.KeyFile;
import dev.conduct.ledger.verify.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// The two secrets of the ledger, kept in files that only the server's user can read, never in the database: the key
/// of the codes that guard an event until it is sealed, and the key that signs checkpoints.
record LedgerKeys(byte[] mac, SigningKey log) {

    static final String MAC_FILE = "ledger-mac.key";
    static final String LOG_FILE = "ledger-log.key";
    static final String PUBLIC_FILE = "ledger-log.pub";

    /// Reads the keys, or makes them for a ledger that has no entry yet.
    ///
    /// @throws IllegalStateException when entries exist and a key does not, or when others may read a key
    static LedgerKeys open(Path folder, boolean entriesExist, String originIfNew) {
        try {
            var mac = folder.resolve(MAC_FILE);
            var log = folder.resolve(LOG_FILE);
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
            var logLine = read(log);
            var name = logLine[0];
            var signing = new SigningKey(name, Base64.getDecoder().decode(logLine[1]));
            Files.writeString(folder.resolve(PUBLIC_FILE), signing.verifier() + "\n");
            return new LedgerKeys(Base64.getDecoder().decode(read(mac)[1]), signing);
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger's keys in " + folder + " cannot be read or written.", e);
        }
    }

    private static void writeNew(Path file, String name) throws IOException {
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
