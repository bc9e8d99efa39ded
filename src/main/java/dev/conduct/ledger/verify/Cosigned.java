package dev.conduct.ledger.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.ZipFile;

/// The greatest checkpoint that a witness has put its name to.
///
/// @param at when the witness says it saw it
record Cosigned(long size, Instant at) {

    /// @throws Broken when the witness has not put its name to the bundle's checkpoint
    static Cosigned in(Path bundle, WitnessKey witness, Verdict verdict) throws IOException, Broken {
        try (var zip = new ZipFile(bundle.toFile(), StandardCharsets.UTF_8);
                var in = zip.getInputStream(zip.getEntry(Bundle.CHECKPOINT))) {
            var note = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return witness.saw(note).map(at -> new Cosigned(verdict.size(), at)).orElseThrow(() -> missing(witness));
        }
    }

    /// The notes themselves have been checked against the tree.
    ///
    /// @throws Broken when a cosignature does not hold, or there is none
    static Cosigned in(Connection connection, WitnessKey witness) throws SQLException, Broken {
        try (var statement = connection.prepareStatement("""
                select checkpoint.size, checkpoint.note || cosignature.line
                  from ledger.cosignature
                  join ledger.checkpoint using (size)
                 where cosignature.witness = ?
                 order by size desc, cosigned_at desc limit 1
                """)) {
            statement.setString(1, witness.name());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw missing(witness);
                }
                var size = row.getLong(1);
                return witness.saw(row.getString(2))
                        .map(at -> new Cosigned(size, at))
                        .orElseThrow(() -> new Broken(
                                null, "The cosignature of " + witness.name() + " over " + size + " does not hold."));
            }
        }
    }

    private static Broken missing(WitnessKey witness) {
        return new Broken(null, "No checkpoint here carries the name of the witness " + witness.name() + ".");
    }
}
