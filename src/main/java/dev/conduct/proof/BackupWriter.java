package dev.conduct.proof;

import dev.conduct.database.ClusterCopy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Writes the archive inside the envelope: files one after the other, and at the end a manifest with the digest of
/// each.
final class BackupWriter implements ClusterCopy.Sink, AutoCloseable {

    static final String MANIFEST = "manifest";

    private final TarArchiveOutputStream tar;
    private final StringBuilder manifest = new StringBuilder();
    private long files;
    private long bytes;

    BackupWriter(OutputStream out) throws IOException {
        tar = new TarArchiveOutputStream(new Quick(out), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /// What is written is mostly text and empty pages: the quickest compression takes most of it.
    private static final class Quick extends GZIPOutputStream {

        Quick(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(1);
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void folder(String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name + "/"));
        tar.closeArchiveEntry();
    }

    /// A file that grows meanwhile is taken to its size of before; one that shrinks is filled up with zeros.
    @Override
    public void file(String name, long size, InputStream content) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        var digest = sha256();
        var buffer = new byte[1 << 16];
        for (var left = size; left > 0; ) {
            var read = content.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
            if (read == 0) {
                java.util.Arrays.fill(buffer, (byte) 0);
                read = (int) Math.min(buffer.length, left);
            }
            tar.write(buffer, 0, read);
            digest.update(buffer, 0, read);
            left -= read;
        }
        tar.closeArchiveEntry();
        manifest.append(HexFormat.of().formatHex(digest.digest()))
                .append(' ')
                .append(size)
                .append(' ')
                .append(name)
                .append('\n');
        files++;
        bytes += size;
    }

    void text(String name, String text) throws IOException {
        var content = text.getBytes(StandardCharsets.UTF_8);
        file(name, content.length, new ByteArrayInputStream(content));
    }

    /// Everything in a folder of the data, if it is there.
    void tree(Path data, String name) throws IOException {
        var folder = data.resolve(name);
        folder(name);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var children = Files.list(folder)) {
            for (var child : children.sorted().toList()) {
                var path = name + "/" + child.getFileName();
                if (Files.isDirectory(child)) {
                    tree(data, path);
                } else {
                    try (var content = Files.newInputStream(child)) {
                        file(path, Files.size(child), content);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    void finish() throws IOException {
        text(MANIFEST, manifest.toString());
        tar.finish();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
