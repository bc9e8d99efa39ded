package dev.conduct.work;

import dev.conduct.keys.SealedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/// A content, decrypted as it is read.
final class SealedContent extends AbstractResource {

    private final SealedFiles files;
    private final Path file;
    private final Contents.Content content;

    SealedContent(SealedFiles files, Path file, Contents.Content content) {
        this.files = files;
        this.file = file;
        this.content = content;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return files.open(file, content.sha256());
    }

    @Override
    public long contentLength() {
        return content.size();
    }

    @Override
    public String getDescription() {
        return "attachment " + content.sha256();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedContent sealed && sealed.content.equals(content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }
}
