package dev.conduct.ledger;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.CheckpointFile;
import dev.conduct.ledger.verify.CheckpointFile.Promise;
import dev.conduct.ledger.verify.VerifierKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// What is known of the log before the one that begins: its key, and all it signed, from the file and the database.
///
/// @param last the greatest tree it signed or promised to sign
/// @param notes its signed notes by size
record FormerLog(VerifierKey key, Promise last, Map<Long, Note> notes) {

    record Note(Checkpoint checkpoint, String text) {}

    static FormerLog read(DataFolder folder, JdbcTemplate jdbc) throws IOException {
        var key = LedgerKeys.signing(folder.keys().resolve(LedgerKeys.LOG_FILE)).verifier();
        var file = CheckpointFile.read(folder.checkpoints().resolve(CheckpointFile.NAME));
        var texts = new ArrayList<>(file.notes());
        texts.addAll(jdbc.query("select note from ledger.checkpoint order by size", (row, number) -> row.getString(1)));
        var notes = notes(texts, key);
        var promises = new ArrayList<>(file.promises());
        notes.values()
                .forEach(note -> promises.add(
                        new Promise(note.checkpoint().size(), note.checkpoint().root())));
        var last = promises.stream()
                .max(Comparator.comparingLong(Promise::size))
                .orElseThrow(() -> new StartRefused("Nothing was ever signed here: there is nothing to begin anew from."
                        + " Nothing was changed."));
        return new FormerLog(key, last, notes);
    }

    /// The file comes first: of two notes over one size, its own counts. One that the key did not sign tells nothing.
    private static Map<Long, Note> notes(List<String> texts, VerifierKey key) {
        var notes = new TreeMap<Long, Note>();
        for (var text : texts) {
            try {
                var checkpoint = Checkpoint.opened(text, key);
                notes.putIfAbsent(checkpoint.size(), new Note(checkpoint, text));
            } catch (IllegalArgumentException e) {
                continue;
            }
        }
        return notes;
    }

    @Nullable
    String lastNote() {
        return notes.values().stream()
                .reduce((first, second) -> second)
                .map(Note::text)
                .orElse(null);
    }
}
