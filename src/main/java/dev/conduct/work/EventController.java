package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Bundles;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What happened to an item, and the proof of it.
@RestController
@RequestMapping("/api/v1/items/{key}")
@Tag(name = "history")
class EventController {

    /// @param seq position in the item's history, from 1
    /// @param entry index in the Merkle tree, null until sealed
    @JsonNaming(SnakeCaseStrategy.class)
    record EventAnswer(
            int seq,
            String kind,
            String actor,
            String via,
            String outcome,
            Instant occurredAt,
            Instant recordedAt,
            @Nullable String clause,
            @Nullable String procedure,
            Map<String, Object> payload,
            @Nullable Long entry) {

        static EventAnswer of(int seq, Event event) {
            var payload = new TreeMap<String, Object>(event.data());
            payload.putAll(event.content());
            return of(seq, event, payload);
        }

        static EventAnswer of(int seq, Event event, Map<String, Object> payload) {
            return new EventAnswer(
                    seq,
                    event.action(),
                    event.actor(),
                    event.via(),
                    event.outcome().name().toLowerCase(Locale.ROOT),
                    event.occurredAt(),
                    event.recordedAt(),
                    event.clause(),
                    event.procedure(),
                    payload,
                    event.entry());
        }
    }

    private final Items items;
    private final Ledger ledger;
    private final Bundles bundles;
    private final OutsideView outside;

    EventController(Items items, Ledger ledger, Bundles bundles, OutsideView outside) {
        this.outside = outside;
        this.items = items;
        this.ledger = ledger;
        this.bundles = bundles;
    }

    @GetMapping("/events")
    @Operation(operationId = "listEvents", summary = "Everything that happened to it, oldest first")
    List<EventAnswer> events(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var item = items.findVisible(key, actor);
        var events = ledger.eventsOf(ItemFold.PREFIX + item.key());
        if (!Sight.of(actor).inside()) {
            return forOutside(events, item);
        }
        var wordings = Wordings.of(events);
        return IntStream.range(0, events.size())
                .mapToObj(i -> EventAnswer.of(i + 1, wordings.told(events.get(i))))
                .toList();
    }

    @GetMapping(path = "/bundle", produces = "application/zip")
    @Operation(operationId = "getBundle", summary = "Its events with proofs, to be checked offline by `verify`")
    @ApiResponse(responseCode = "200", description = "The bundle", content = @Content(mediaType = "application/zip"))
    @ApiResponse(responseCode = "409", description = "Nothing was signed yet.")
    ResponseEntity<byte[]> bundle(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var bundle = new ByteArrayOutputStream();
        var events = of(key, actor);
        var wordings = Wordings.of(events);
        bundles.of(events, event -> !wordings.deleted(event), bundle);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + key + ".zip\"")
                .body(bundle.toByteArray());
    }

    /// Numbered among themselves: what is not for them leaves no gap to be counted.
    private List<EventAnswer> forOutside(List<Event> events, Item item) {
        var told = new ArrayList<EventAnswer>();
        var wordings = Wordings.of(events);
        for (var event : events) {
            var payload = outside.payload(wordings.current(event), item);
            if (payload != null) {
                told.add(EventAnswer.of(told.size() + 1, event, payload));
            }
        }
        return told;
    }

    private List<Event> of(String key, Actor actor) {
        return ledger.eventsOf(ItemFold.PREFIX + items.findVisible(key, actor).key());
    }
}
