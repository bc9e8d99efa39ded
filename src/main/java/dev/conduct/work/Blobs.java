package dev.conduct.work;

import dev.conduct.database.DataFolder;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.SealedFiles;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.springframework.stereotype.Component;

/// Contents of files, each once and encrypted, under the SHA-256 of what they were: `attachments/ab/abcdef…`. A content
/// is there whole and on the disk, or it is not there.
@Component
class Blobs {

    static final int LARGEST = 25 * 1024 * 1024;

    private static final String ARRIVING = "arriving-";
    private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

    /// Of a content, to tell its type.
    private static final int SEEN = 64 * 1024;

    private final DataFolder data;
    private final SealedFiles files;

    Blobs(DataFolder data, SealedFiles files) {
        this.data = data;
        this.files = files;
    }

    /// A content that has arrived and does not yet stand under its hash.
    ///
    /// @param mediaType found in the content itself
    record Arrived(Path file, String sha256, long size, String mediaType) {}

    /// Writes the content beside its later place and forces it to the disk.
    ///
    /// @throws Problem 400 when it is empty, 413 when it is larger than 25 MB, 503 when the disk does not take it
    Arrived arrive(String field, InputStream content) {
        try {
            var file = Files.createTempFile(data.attachments(), ARRIVING, "");
            try {
                return written(field, content, file);
            } catch (IOException | RuntimeException failed) {
                Files.deleteIfExists(file);
                throw failed;
            }
        } catch (IOException full) {
            throw unwritable(full);
        }
    }

    private Arrived written(String field, InputStream content, Path file) throws IOException {
        var digest = sha256();
        var head = new ByteArrayOutputStream(SEEN);
        var draft = files.draft();
        var size = 0L;
        try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            out.position(SealedFiles.HEAD);
            try (var sealing = draft.content(new Unclosed(Channels.newOutputStream(out)))) {
                var buffer = new byte[64 * 1024];
                for (var read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                    size += read;
                    if (size > LARGEST) {
                        throw Problem.tooLarge(
                                field, "The file is larger than 25 MB. Send a part of it, or a link to it.");
                    }
                    digest.update(buffer, 0, read);
                    head.write(buffer, 0, Math.min(read, SEEN - head.size()));
                    sealing.write(buffer, 0, read);
                }
            }
            if (size == 0) {
                throw Problem.badInput(field, "empty", "The file is empty. Choose one with something in it.");
            }
            var sha256 = HexFormat.of().formatHex(digest.digest());
            for (var rest = ByteBuffer.wrap(draft.head(sha256)); rest.hasRemaining(); ) {
                out.write(rest, rest.position());
            }
            out.force(true);
            return new Arrived(file, sha256, size, mediaType(head.toByteArray()));
        }
    }

    /// Ends the encryption without closing the file, whose head is written last.
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /// By the first bytes alone: what the sender calls it is not asked.
    private static String mediaType(byte[] head) throws IOException {
        try (var content = TikaInputStream.get(head)) {
            return TYPES.detect(content, new Metadata()).toString();
        }
    }

    /// Gives the content its place, where equal content may stand already.
    ///
    /// @return false when it did
    boolean settle(Arrived arrived) {
        try {
            var place = place(arrived.sha256());
            if (Files.isRegularFile(place) && Files.size(place) == Files.size(arrived.file())) {
                return false;
            }
            put(arrived.file(), place);
            return true;
        } catch (IOException full) {
            throw unwritable(full);
        }
    }

    /// Brings a content under the newest key; one that is gone is left alone.
    void renew(String sha256) throws IOException {
        var place = place(sha256);
        if (!Files.isRegularFile(place) || files.keyOf(place) == files.newest()) {
            return;
        }
        var file = Files.createTempFile(data.attachments(), ARRIVING, "");
        try {
            try (var out = FileChannel.open(file, StandardOpenOption.WRITE)) {
                files.renew(place, sha256, new Unclosed(Channels.newOutputStream(out)));
                out.force(true);
            }
            put(file, place);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void put(Path file, Path place) throws IOException {
        var folder = Objects.requireNonNull(place.getParent());
        Files.createDirectories(folder);
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        onDisk(folder);
    }

    /// Forgets a content that found no place.
    void leave(Arrived arrived) {
        try {
            Files.deleteIfExists(arrived.file());
        } catch (IOException later) {
            // The next sweep takes it.
        }
    }

    Optional<Path> find(String sha256) {
        return Optional.of(place(sha256)).filter(Files::isRegularFile);
    }

    /// Every file of the folder: contents, and what never arrived whole.
    List<Path> all() throws IOException {
        try (var files = Files.walk(data.attachments(), 2)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Path place(String sha256) {
        return data.attachments().resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private static void onDisk(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static Problem unwritable(IOException failure) {
        var problem = Problem.unavailable(
                "no_room", "The file could not be written to the disk of the server. Nothing was recorded.");
        problem.initCause(failure);
        return problem;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
