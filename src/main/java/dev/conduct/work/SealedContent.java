package dev.conduct.work;

import dev.conduct.keys.SealedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;

/// The content of an attachment, decrypted as it is read.
final class SealedContent extends AbstractResource {

    private final SealedFiles files;
    private final Path file;
    private final Attachment attachment;

    SealedContent(SealedFiles files, Path file, Attachment attachment) {
        this.files = files;
        this.file = file;
        this.attachment = attachment;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return files.open(file, attachment.sha256());
    }

    @Override
    public long contentLength() {
        return attachment.size();
    }

    @Override
    public String getDescription() {
        return "attachment " + attachment.id();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealedContent content && content.attachment.equals(attachment);
    }

    @Override
    public int hashCode() {
        return attachment.hashCode();
    }
}
