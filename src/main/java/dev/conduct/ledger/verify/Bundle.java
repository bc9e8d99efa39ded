package dev.conduct.ledger.verify;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A file that proves entries to somebody who has nothing else: a ZIP of plain text. Written in the order checkpoint,
/// entries, content, tiles.
///
/// - `README.txt` how to check it
/// - `key` the verifier key of the log
/// - `checkpoint` the signed note that all is proved against
/// - `checkpoints` (whole logs) every earlier note, one a line: `note BASE64`
/// - `entries` one a line: index, tab, inclusion proof (base64 hashes with commas; `-` in a whole log), tab, the entry
/// - `content` one value a line: index, tab, field, tab, salt, tab, value (both base64)
/// - `tile/L/N` (whole logs) the hashes of the tree, named as in c2sp.org/tlog-tiles
public final class Bundle implements AutoCloseable {

    static final String KEY = "key";
    static final String CHECKPOINT = "checkpoint";
    static final String CHECKPOINTS = "checkpoints";
    static final String ENTRIES = "entries";
    static final String CONTENT = "content";
    static final String WHOLE = "-";

    private static final String README = """
            A bundle of the ledger of Conduct.

            Check it with the small program of Conduct, which needs nothing but Java 25 and no server:

                java -jar conduct-verify.jar THIS-FILE --key 'THE KEY YOU WERE GIVEN'

            Compare the key in this bundle with the one you got from the company on another way; a bundle with a key of
            its own proves only that it fits itself. What the files hold is written in docs/guide/ledger.md.
            """;

    private final ZipOutputStream zip;
    private final BufferedWriter text;

    public Bundle(OutputStream out, VerifierKey key, String checkpoint) throws IOException {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.text = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8), 1 << 16);
        file("README.txt", README);
        file(KEY, key + "\n");
        file(CHECKPOINT, checkpoint);
    }

    public void checkpoints(List<String> notes) throws IOException {
        begin(CHECKPOINTS);
        for (var note : notes) {
            text.write("note " + base64(note.getBytes(StandardCharsets.UTF_8)) + "\n");
        }
    }

    public void beginEntries() throws IOException {
        begin(ENTRIES);
    }

    /// An entry of a whole log; they come in order, from 0.
    public void entry(long index, byte[] entry) throws IOException {
        write(index, WHOLE, entry);
    }

    /// An entry of a selection.
    public void entry(long index, byte[] entry, List<byte[]> proof) throws IOException {
        write(index, String.join(",", proof.stream().map(Bundle::base64).toList()), entry);
    }

    private void write(long index, String proof, byte[] entry) throws IOException {
        text.write(index + "\t" + proof + "\t");
        text.write(new String(entry, StandardCharsets.UTF_8));
        text.write('\n');
    }

    public void beginContent() throws IOException {
        begin(CONTENT);
    }

    public void content(long index, String field, byte[] salt, String value) throws IOException {
        text.write(index + "\t" + field + "\t" + base64(salt) + "\t" + base64(value.getBytes(StandardCharsets.UTF_8))
                + "\n");
    }

    public void tile(int level, long index, List<byte[]> hashes) throws IOException {
        begin(tileName(level, index, hashes.size()));
        for (var hash : hashes) {
            zip.write(hash);
        }
    }

    /// `tile/0/x001/234`, and `.p/W` behind it when only W of the 256 hashes exist.
    static String tileName(int level, long index, int width) {
        var name = String.format("%03d", index % 1000);
        for (var rest = index / 1000; rest > 0; rest /= 1000) {
            name = String.format("x%03d/", rest % 1000) + name;
        }
        return "tile/" + level + "/" + name + (width == 256 ? "" : ".p/" + width);
    }

    private void file(String name, String content) throws IOException {
        begin(name);
        text.write(content);
    }

    private void begin(String name) throws IOException {
        text.flush();
        var entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() throws IOException {
        text.flush();
        zip.finish();
        zip.flush();
    }
}
