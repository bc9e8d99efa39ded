package dev.conduct.work;

import dev.conduct.kernel.Problem;
import dev.conduct.keys.SealedFiles;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Contents that belong to no item, such as what a run of tests left behind: kept as attachments are, each once and
/// encrypted. A module that keeps some implements [Holder], so that they are not swept away.
@Component
public class Contents {

    private final Blobs blobs;
    private final ContentFiles contents;
    private final SealedFiles files;
    private final TransactionTemplate transaction;

    Contents(Blobs blobs, ContentFiles contents, SealedFiles files, PlatformTransactionManager transactions) {
        this.blobs = blobs;
        this.contents = contents;
        this.files = files;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param name what the sender called it, cleaned
    /// @param mediaType found in the content; the sender's word is not taken
    public record Content(String name, String mediaType, long size, String sha256) {}

    /// Whether a row of a module still names a content.
    public interface Holder {
        boolean holds(String sha256);
    }

    /// Keeps a content and does what tells of it, both or neither, in one transaction.
    ///
    /// @param field which a refusal names
    /// @throws Problem 400 when it is empty, 413 when it is larger than 25 MB, 503 when the disk does not take it
    public <T> T keep(String field, String name, InputStream content, Function<Content, T> tell) {
        var arrived = blobs.arrive(field, content);
        try {
            return Objects.requireNonNull(transaction.execute(_ -> {
                contents.place(arrived);
                return tell.apply(
                        new Content(FileName.of(name).text(), arrived.mediaType(), arrived.size(), arrived.sha256()));
            }));
        } finally {
            blobs.leave(arrived);
        }
    }

    /// @throws Problem 503 when the content is gone from the folder
    public ResponseEntity<Resource> download(Content content) {
        return download(content.name(), resource(content));
    }

    Resource resource(Content content) {
        return blobs.find(content.sha256())
                .map(file -> new SealedContent(files, file, content))
                .orElseThrow(
                        () -> Problem.unavailable(
                                "content_lost",
                                "The content of this attachment is not in the attachments folder. Restore the folder from a backup."));
    }

    /// Only ever a download, of no type that a browser would show, in a sandbox should it be shown after all.
    static ResponseEntity<Resource> download(String name, Resource content) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, new FileName(name).disposition())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(content);
    }
}
