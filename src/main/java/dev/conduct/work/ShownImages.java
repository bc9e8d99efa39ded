package dev.conduct.work;

import dev.conduct.identity.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;

/// An image inside a text. Whether one may see it is asked each time; its bytes are sent once.
@Component
class ShownImages {

    private final Attachments attachments;
    private final Pictures pictures;

    ShownImages(Attachments attachments, Pictures pictures) {
        this.attachments = attachments;
        this.pictures = pictures;
    }

    /// Null when the browser has it already.
    ///
    /// @throws Problem 404 when it is not there, no image, or not for the actor
    @Nullable
    ResponseEntity<byte[]> of(String key, String id, WebRequest request, Actor actor) {
        var attachment = attachments.find(key, id, actor);
        if (request.checkNotModified("\"" + attachment.sha256() + "\"")) {
            return null;
        }
        var picture = pictures.of(attachment, attachments.content(attachment));
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf(picture.mediaType()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .eTag("\"" + attachment.sha256() + "\"")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(picture.content());
    }
}
