package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;

/// What customers do with what they reported: find it, follow it, say something, send a file, report more. Everything
/// goes through the one door, and is shown as `OutsideView` lets it be read.
@Component
public class OutsideDesk {

    private final Items items;
    private final ItemLists lists;
    private final Attachments attachments;
    private final ShownImages shown;
    private final OutsideView view;
    private final Products products;
    private final Ledger ledger;
    private final People people;
    private final Procedures procedures;
    private final InstantSource time;

    OutsideDesk(
            Items items,
            ItemLists lists,
            Attachments attachments,
            ShownImages shown,
            OutsideView view,
            Products products,
            Ledger ledger,
            People people,
            Procedures procedures,
            InstantSource time) {
        this.items = items;
        this.lists = lists;
        this.attachments = attachments;
        this.shown = shown;
        this.view = view;
        this.products = products;
        this.ledger = ledger;
        this.people = people;
        this.procedures = procedures;
        this.time = time;
    }

    /// One line of the list.
    public record Request(String key, String title, String station, boolean open, Instant updatedAt) {}

    /// @param standing `done`, `here` or `ahead`
    public record Station(
            String title, String standing, @Nullable Instant at) {}

    /// What was said, or what happened when `html` is null.
    public record Said(
            Instant at,
            String who,
            String initials,
            boolean me,
            String says,
            @Nullable String html) {}

    /// A file that may be opened.
    public record Sent(String id, String name, String size) {}

    /// What a field holds, as HTML.
    public record Told(String title, String html) {}

    /// @param said the newest first
    public record Story(
            Item item,
            @Nullable String severity,
            List<Station> stations,
            List<Said> said,
            List<Sent> files,
            List<Told> told) {}

    /// Last touched first.
    ///
    /// @param cursor of the page before, null for the first
    public Page<Request> requests(@Nullable String cursor, Actor actor) {
        var page = lists.page("sort:updated", null, cursor, actor);
        return new Page<>(page.items().stream().map(this::request).toList(), page.next());
    }

    private Request request(Item item) {
        var now = items.standing(item);
        return new Request(
                item.key(),
                item.title(),
                Stations.title(now.type(), now.item().state()),
                !now.type().ended().contains(now.item().state()),
                item.updatedAt());
    }

    /// @throws Problem 404 when it is not there or not visible to the actor
    public Story story(String key, Actor actor) {
        var standing = items.standing(key, actor);
        var item = view.outside(standing.item());
        var type = standing.type();
        var files = attachments.ofOutside(item);
        var texts = new OutsideTexts(
                item.key(), files.stream().map(file -> file.id().toString()).collect(Collectors.toSet()));
        return new Story(
                item,
                type.field(ItemType.Meaning.SEVERITY)
                        .map(field -> item.fields().get(field.name()))
                        .map(Object::toString)
                        .orElse(null),
                Stations.of(type, items.caseOf(standing)).stream()
                        .map(station -> new Station(station.title(), station.standing(), station.at()))
                        .toList(),
                said(standing, texts, actor).reversed(),
                files.stream()
                        .map(file -> new Sent(file.id().toString(), file.name(), Words.size(file.size())))
                        .toList(),
                told(type, item, texts));
    }

    private List<Said> said(Standing standing, OutsideTexts texts, Actor actor) {
        var events = ledger.eventsOf(ItemFold.PREFIX + standing.item().key());
        var names = PageNames.of(events.stream().map(Event::actor).distinct().toList(), people, actor);
        var wordings = Wordings.of(events);
        var said = new ArrayList<Said>();
        for (var event : events) {
            var payload = view.payload(wordings.current(event), standing.found());
            if (payload != null) {
                var by = names.named(event.actor());
                var text = payload.getOrDefault("text", payload.get("comment"));
                said.add(new Said(
                        event.occurredAt(),
                        by.name(),
                        by.initials(),
                        by.me(),
                        says(event, standing.type(), payload),
                        text == null ? null : texts.html(String.valueOf(text))));
            }
        }
        return said;
    }

    private static String says(Event event, ItemType type, Map<String, Object> payload) {
        return switch (event.action()) {
            case "item.report" -> "Received";
            case "item.transition" -> "Now at " + Stations.title(type, String.valueOf(payload.getOrDefault("to", "")));
            case "item.attach" -> "File added: " + payload.getOrDefault("name", "");
            case "item.edit" -> "Changed";
            default -> "";
        };
    }

    private static List<Told> told(ItemType type, Item item, OutsideTexts texts) {
        var told = new ArrayList<Told>();
        if (!item.description().isBlank()) {
            told.add(new Told("What you wrote", texts.html(item.description())));
        }
        for (var field : type.fields().values()) {
            if (field.outside()
                    && field.meaning() != ItemType.Meaning.SEVERITY
                    && item.fields().get(field.name()) instanceof String text
                    && !text.isBlank()) {
                told.add(new Told(
                        field.title(),
                        texts.html(field.kind() == ItemType.FieldKind.CHOICE ? Words.plain(text) : text)));
            }
        }
        return told;
    }

    /// What this actor may report to the company.
    public List<ItemType> types(Actor actor) {
        return procedures.at(time.instant()).types().values().stream()
                .filter(type -> type.reporters().isEmpty() || actor.hasAnyAnywhere(type.reporters()))
                .toList();
    }

    public List<Products.Product> products(Actor actor) {
        return products.offered(actor);
    }

    /// What a customer is asked for: the fields that are theirs, but for what a way back asks.
    public static List<ItemType.Field> asks(ItemType type) {
        return type.fields().values().stream()
                .filter(ItemType.Field::outside)
                .filter(field -> type.transitions().values().stream()
                        .noneMatch(way -> way.back() && way.asks().contains(field.name())))
                .toList();
    }

    /// @param entered answers by the names of the form
    /// @throws Problem 400 naming what is wrong
    public String report(Map<String, String> entered, @Nullable List<MultipartFile> files, Actor actor) {
        var type = types(actor).stream()
                .filter(known -> known.name().equals(entered.getOrDefault("type", "")))
                .findFirst()
                .orElseThrow(() -> Problem.badInput("type", "unknown_type", "is missing. Choose one."));
        var missing = new ArrayList<FieldProblem>();
        for (var name : List.of("product", "title")) {
            if (entered.getOrDefault(name, "").isBlank()) {
                missing.add(new FieldProblem(name, "missing", "is missing."));
            }
        }
        if (!missing.isEmpty()) {
            throw Problem.badInput(missing);
        }
        var fields = new HashMap<String, Object>();
        for (var field : asks(type)) {
            var value = entered.getOrDefault(field.name(), "");
            if (!value.isBlank()) {
                fields.put(field.name(), RecordForms.value(field, value));
            }
        }
        var report = new Items.Report(
                type.name(),
                entered.getOrDefault("product", ""),
                entered.getOrDefault("title", "").strip(),
                entered.getOrDefault("description", "").strip(),
                fields,
                null,
                null);
        return attachments
                .with(Attachments.chosen(files), () -> items.report(report, actor), actor)
                .key();
    }

    /// Says something, with files or without; or sends files alone.
    public void say(String key, String text, @Nullable List<MultipartFile> files, Actor actor) {
        var chosen = Attachments.chosen(files);
        var item = items.findVisible(key, actor);
        if (text.isBlank() && !chosen.isEmpty()) {
            var _ = attachments.with(chosen, () -> item, actor);
            return;
        }
        var _ = attachments.with(chosen, () -> items.comment(key, text, true, null, actor), actor);
    }

    /// @throws Problem 404 when there is no such file that the actor may open
    public ResponseEntity<Resource> file(String key, String id, Actor actor) {
        var attachment = attachments.find(key, id, actor);
        return AttachmentController.download(attachment, attachments.content(attachment));
    }

    /// An image inside a text; null when the browser has it already.
    ///
    /// @throws Problem 404 when there is no such image that the actor may open
    public @Nullable ResponseEntity<byte[]> image(String key, String id, WebRequest request, Actor actor) {
        return shown.of(key, id, request, actor);
    }
}
