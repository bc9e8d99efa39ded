package dev.conduct.ledger.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Checks a bundle with nothing but the bundle, and the key that the checker was given on another way.
final class BundleVerifier {

    private final ZipFile zip;
    private final VerifierKey key;
    private final Checkpoint checkpoint;

    private BundleVerifier(ZipFile zip, @Nullable VerifierKey given) throws IOException, Broken {
        this.zip = zip;
        this.key = key(given);
        try {
            this.checkpoint = Checkpoint.opened(text(Bundle.CHECKPOINT), key);
        } catch (IllegalArgumentException e) {
            throw new Broken(null, "The checkpoint " + e.getMessage() + ".");
        }
    }

    static Verdict verify(Path file, @Nullable VerifierKey given) throws IOException, Broken {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return new BundleVerifier(zip, given).verify();
        } catch (ZipException | UncheckedIOException e) {
            throw new Broken(null, file + " is not a readable bundle: " + e.getMessage());
        }
    }

    private VerifierKey key(@Nullable VerifierKey given) throws IOException, Broken {
        try {
            var own = VerifierKey.parse(text(Bundle.KEY));
            if (given != null && !given.equals(own)) {
                throw new Broken(null, "The bundle is signed with the key " + own + ", not with the key given.");
            }
            return own;
        } catch (IllegalArgumentException e) {
            throw new Broken(null, "The key of the bundle cannot be read: " + e.getMessage() + ".");
        }
    }

    private Verdict verify() throws IOException, Broken {
        var content = content();
        var signed = new SignedTrees();
        signed.add(checkpoint, "the checkpoint");
        earlier(signed);
        var entries = 0L;
        var selected = 0L;
        var erased = 0L;
        var previous = -1L;
        var order = new Order();
        var beginnings = new Beginnings();
        var tiles = BundleTiles.of(zip, checkpoint);
        var leaves = new ArrayList<byte[]>();
        try (var lines = lines(Bundle.ENTRIES)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var parts = line.split("\t", 3);
                if (parts.length != 3) {
                    throw new Broken(null, "A line of the entries is damaged: " + line);
                }
                var index = number(parts[0], previous);
                var bytes = parts[2].getBytes(StandardCharsets.UTF_8);
                var leaf = Merkle.leaf(bytes);
                if (parts[1].equals(Bundle.WHOLE)) {
                    if (index != previous + 1) {
                        throw Broken.at(
                                previous + 1, "Entry " + (previous + 1) + " is missing; " + index + " follows.");
                    }
                    tiles.mustFit(index, leaf);
                    signed.append(leaf);
                    leaves.add(leaf);
                } else {
                    selected++;
                    if (index <= previous) {
                        throw Broken.at(index, "Entry " + index + " stands after entry " + previous + ".");
                    }
                    proved(index, leaf, parts[1]);
                }
                var values = content.remove(index);
                erased += checked(index, bytes, values, order);
                if (parts[1].equals(Bundle.WHOLE)) {
                    beginnings.accept(index, EntryCheck.read(bytes), values == null ? List.of() : values, leaf);
                }
                previous = index;
                entries++;
            }
        }
        if (selected == 0) {
            signed.end();
            beginnings.end(entries);
            tiles.mustHold(leaves);
        } else if (selected != entries) {
            throw new Broken(null, "Some entries have a proof and some have none.");
        }
        if (!content.isEmpty()) {
            throw Broken.at(content.firstKey(), "There is content for an entry that is not in the bundle.");
        }
        // Without the file of content nothing was erased, it was left out.
        var gone = zip.getEntry(Bundle.CONTENT) == null ? 0 : erased;
        return new Verdict(entries, checkpoint.size(), signed.root(), signed.count(), 0, gone, beginnings.all(), false);
    }

    private void earlier(SignedTrees signed) throws IOException, Broken {
        if (zip.getEntry(Bundle.CHECKPOINTS) == null) {
            return;
        }
        try (var lines = lines(Bundle.CHECKPOINTS)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    var note = new String(Base64.getDecoder().decode(line.substring(5)), StandardCharsets.UTF_8);
                    var earlier = Checkpoint.opened(note, key);
                    signed.add(earlier, "the checkpoint over " + earlier.size());
                } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
                    throw new Broken(null, "An earlier checkpoint does not hold: " + e.getMessage() + ".");
                }
            }
        }
    }

    private void proved(long index, byte[] leaf, String proof) throws Broken {
        try {
            var path = proof.isEmpty()
                    ? List.<byte[]>of()
                    : Arrays.stream(proof.split(","))
                            .map(Base64.getDecoder()::decode)
                            .toList();
            if (Proofs.includes(checkpoint.root(), checkpoint.size(), index, leaf, path)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Broken.at(
                index,
                "Entry " + index + " is not the one that was signed: its proof does not lead to the"
                        + " root of the checkpoint.");
    }

    private static long checked(long index, byte[] bytes, @Nullable List<Value> values, Order order) throws Broken {
        try {
            var entry = EntryCheck.read(bytes);
            var commitments = EntryCheck.commitments(entry);
            if (!order.fits(EntryCheck.text(entry, "object"), (Long) entry.getOrDefault("object_version", 0L))) {
                throw new IllegalArgumentException("comes after later events of " + entry.get("object"));
            }
            for (var value : values == null ? List.<Value>of() : values) {
                value.mustFit(commitments);
            }
            return commitments.size() - (values == null ? 0L : values.size());
        } catch (IllegalArgumentException e) {
            throw Broken.at(index, "Entry " + index + " " + e.getMessage() + ".");
        }
    }

    /// A value and its salt, which must fit a commitment.
    ///
    /// @param value null when it lies there encrypted and no key is at hand
    record Value(String field, byte[] salt, @Nullable String value) {

        void mustFit(Map<String, Object> commitments) {
            var commitment = commitments.get(field);
            if (commitment == null) {
                throw new IllegalArgumentException("has no content '" + field + "', but a value for it lies beside");
            }
            if (value == null) {
                return;
            }
            var fits = Base64.getEncoder().encodeToString(Secrets.commitment(salt, field, value));
            if (!fits.equals(commitment)) {
                throw new IllegalArgumentException("has other content in '" + field + "' than it was recorded with");
            }
        }
    }

    private TreeMap<Long, List<Value>> content() throws IOException, Broken {
        var content = new TreeMap<Long, List<Value>>();
        if (zip.getEntry(Bundle.CONTENT) == null) {
            return content;
        }
        try (var lines = lines(Bundle.CONTENT)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var parts = line.split("\t", -1);
                try {
                    var value = new String(Base64.getDecoder().decode(parts[3]), StandardCharsets.UTF_8);
                    content.computeIfAbsent(Long.valueOf(parts[0]), index -> new ArrayList<>())
                            .add(new Value(parts[1], Base64.getDecoder().decode(parts[2]), value));
                } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                    throw new Broken(null, "A line of the content is damaged: " + line);
                }
            }
        }
        return content;
    }

    private static long number(String text, long previous) throws Broken {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Broken.at(previous + 1, "After entry " + previous + " stands the index '" + text + "'.");
        }
    }

    private String text(String name) throws IOException, Broken {
        try (var in = zip.getInputStream(required(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private BufferedReader lines(String name) throws IOException, Broken {
        // Lines end with \n alone; an entry cannot hold a bare line break, so a reader that knows \r too is safe.
        return new BufferedReader(
                new InputStreamReader(zip.getInputStream(required(name)), StandardCharsets.UTF_8), 1 << 16);
    }

    private java.util.zip.ZipEntry required(String name) throws Broken {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw new Broken(null, "The bundle has no file '" + name + "'.");
        }
        return entry;
    }
}
