package dev.conduct.source;

import dev.conduct.database.Readers;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where hosts send what happened. Open to everybody who signs with the repository's secret; one that is not connected
/// answers as one whose secret is another. What is believed is kept and answered at once, and worked off behind it.
@RestController
@Hidden
class HookController {

    /// GitHub cuts pushes at 2,048 commits, of about 1 kB each.
    static final int MOST = 4 * 1024 * 1024;

    private final Repositories repositories;
    private final HookDeliveries deliveries;
    private final DeliveryWork work;
    private final Readers readers;
    private final InstantSource time;

    HookController(
            Repositories repositories,
            HookDeliveries deliveries,
            DeliveryWork work,
            Readers readers,
            InstantSource time) {
        this.repositories = repositories;
        this.deliveries = deliveries;
        this.work = work;
        this.readers = readers;
        this.time = time;
    }

    @PostMapping(path = "/hooks/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, String>> take(@PathVariable UUID id, HttpServletRequest request) throws IOException {
        var repository = readers.system(() -> repositories.find(id)).filter(Repository::active);
        if (repository.isEmpty()) {
            return refused();
        }
        if (request.getContentLengthLong() > MOST) {
            return tooLarge();
        }
        var body = request.getInputStream().readNBytes(MOST + 1);
        if (body.length > MOST) {
            return tooLarge();
        }
        UnaryOperator<String> header = name -> Objects.requireNonNullElse(request.getHeader(name), "");
        var known = repository.get();
        var refusal = Signatures.refusal(
                known.host(), readers.system(() -> repositories.secret(id)), header, body, time.instant());
        if (refusal != null) {
            repositories.refused(id, refusal);
            return refused();
        }
        var kept = deliveries.keep(known, Envelope.of(known.host(), header, body), body);
        if (kept.isPresent()) {
            work.wake();
        }
        return ResponseEntity.accepted()
                .body(
                        kept.isPresent()
                                ? Map.of("delivery", kept.get().toString(), "state", "waiting")
                                : Map.of("state", "known"));
    }

    static ResponseEntity<Map<String, String>> refused() {
        return ResponseEntity.status(401)
                .body(Map.of("detail", "This is not signed by the secret of a repository that is connected here."));
    }

    static ResponseEntity<Map<String, String>> tooLarge() {
        return ResponseEntity.status(413).body(Map.of("detail", "A delivery holds at most 4 MB."));
    }
}
