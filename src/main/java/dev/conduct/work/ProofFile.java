package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Bundles;
import dev.conduct.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// A record's events with their proofs, for whoever wants to check them without this server; of comments that were
/// deleted the proofs alone.
@Controller
class ProofFile {

    private static final MediaType ZIP = MediaType.valueOf("application/zip");

    private final Items items;
    private final Ledger ledger;
    private final Bundles bundles;

    ProofFile(Items items, Ledger ledger, Bundles bundles) {
        this.items = items;
        this.ledger = ledger;
        this.bundles = bundles;
    }

    @GetMapping("/items/{key}/proof")
    ResponseEntity<byte[]> proof(@PathVariable("key") String key, Actor actor) {
        var item = items.findVisible(key, actor);
        var file = new ByteArrayOutputStream();
        var events = ledger.eventsOf(ItemFold.PREFIX + item.key());
        var wordings = Wordings.of(events);
        bundles.of(events, event -> !wordings.deleted(event), file);
        return ResponseEntity.ok()
                .contentType(ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + item.key() + ".zip\"")
                .body(file.toByteArray());
    }
}
