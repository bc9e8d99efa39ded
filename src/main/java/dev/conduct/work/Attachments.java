package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/// Files of items. The content is on the disk before the transaction that tells of it begins, and gets its place under
/// its hash inside it: no event without its content. A content without an event is left for `sweep`.
@Component
public class Attachments {

    private static final Duration SWEPT_AFTER = Duration.ofDays(1);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private static final RowMapper<Attachment> ROW = (row, number) -> new Attachment(
            row.getObject("id", UUID.class),
            row.getString("item"),
            row.getString("name"),
            row.getString("media_type"),
            row.getLong("size"),
            row.getString("sha256"),
            row.getString("added_by"),
            row.getObject("at", OffsetDateTime.class).toInstant());

    private final Blobs blobs;
    private final ContentFiles files;
    private final Contents contents;
    private final List<Contents.Holder> holders;
    private final Door door;
    private final Items items;
    private final JdbcClient database;
    private final InstantSource time;

    Attachments(
            Blobs blobs,
            ContentFiles files,
            Contents contents,
            List<Contents.Holder> holders,
            Door door,
            Items items,
            JdbcClient database,
            InstantSource time) {
        this.blobs = blobs;
        this.files = files;
        this.contents = contents;
        this.holders = List.copyOf(holders);
        this.door = door;
        this.items = items;
        this.database = database;
        this.time = time;
    }

    /// Attaches one file to an item.
    ///
    /// @param outside true: customers who see the item may open it; what they attach themselves, they may
    /// @throws Problem 400 when it is empty, 404 without the item, 413 when it is too large
    Attachment attach(String key, MultipartFile file, boolean outside, Actor actor) {
        var item = items.findVisible(key, actor);
        var attached = new ArrayList<Attachment>();
        with(List.of(file), () -> item, attached, outside, actor);
        return attached.getFirst();
    }

    /// Attaches a content that did not come by a form.
    ///
    /// @throws Problem 400 when it is empty, 404 without the item, 413 when it is too large
    public void attach(String key, String name, InputStreamSource content, Actor actor) {
        var item = items.findVisible(key, actor);
        var arrived = arrived(name, content);
        try {
            var _ = door.through(() -> record(item.key(), arrived, false, actor));
        } finally {
            blobs.leave(arrived.content());
        }
    }

    /// Without the part that a browser sends when nothing was chosen.
    static List<MultipartFile> chosen(@Nullable List<MultipartFile> sent) {
        return sent == null
                ? List.of()
                : sent.stream()
                        .filter(file -> !file.isEmpty()
                                || !Objects.requireNonNullElse(file.getOriginalFilename(), "")
                                        .isEmpty())
                        .toList();
    }

    /// One act, and files attached to its item, all or nothing.
    Item with(List<MultipartFile> files, Supplier<Item> act, Actor actor) {
        return with(files, act, new ArrayList<>(), false, actor);
    }

    private Item with(
            List<MultipartFile> files, Supplier<Item> act, List<Attachment> attached, boolean outside, Actor actor) {
        var arrived = new ArrayList<Arrived>();
        try {
            for (var file : files) {
                arrived.add(arrived(Objects.requireNonNullElse(file.getOriginalFilename(), ""), file));
            }
            return door.through(() -> {
                var item = act.get();
                arrived.forEach(one -> attached.add(record(item.key(), one, outside, actor)));
                return item;
            });
        } finally {
            arrived.forEach(one -> blobs.leave(one.content()));
        }
    }

    private record Arrived(FileName name, Blobs.Arrived content) {}

    private Arrived arrived(String name, InputStreamSource file) {
        var known = FileName.of(name);
        try (var content = file.getInputStream()) {
            return new Arrived(known, blobs.arrive("file", content));
        } catch (IOException broken) {
            throw Problem.unavailable(
                    "upload_lost", "The upload could not be read. Nothing was recorded; send it again.");
        }
    }

    private Attachment record(String key, Arrived file, boolean outside, Actor who) {
        var actor = who.on(Door.product(key));
        var content = file.content();
        var id = UUID.randomUUID();
        var item = door.hold(key, actor, null).item();
        door.require(item, actor, "item.attach", false);
        files.place(content);
        var at = door.now();
        var telling = new Telling("item.attach", at)
                .with("attachment", id.toString())
                .with("sha256", content.sha256())
                .with("size", content.size())
                .with("media_type", content.mediaType())
                .with("outside", outside || !Sight.of(actor).inside())
                .words("name", file.name().text());
        var _ = door.enter(item, telling.of(item.key(), item.version() + 1, actor));
        return new Attachment(
                id,
                item.key(),
                file.name().text(),
                content.mediaType(),
                content.size(),
                content.sha256(),
                actor.id(),
                at);
    }

    /// Of an item that the reader may see, those that are for the reader, oldest first.
    List<Attachment> of(Item item, Actor reader) {
        return database.sql("""
                        select id, item, name, media_type, size, sha256, added_by, at
                          from work.attachment where item = :item and (:inside or outside) order by at, id
                        """)
                .param("item", item.key())
                .param("inside", Sight.of(reader).inside())
                .query(ROW)
                .list();
    }

    /// Those that customers who see the item may open, oldest first.
    List<Attachment> ofOutside(Item item) {
        return database.sql("""
                        select id, item, name, media_type, size, sha256, added_by, at
                          from work.attachment where item = :item and outside order by at, id
                        """).param("item", item.key()).query(ROW).list();
    }

    /// @throws Problem 404 when the item or the attachment is not there, or not visible
    Attachment find(String key, String id, Actor actor) {
        var item = items.findVisible(key, actor);
        return uuid(id).flatMap(known -> database.sql("""
                                select id, item, name, media_type, size, sha256, added_by, at
                                  from work.attachment where item = :item and id = :id and (:inside or outside)
                                """)
                        .param("inside", Sight.of(actor).inside())
                        .param("item", item.key())
                        .param("id", known)
                        .query(ROW)
                        .optional())
                .orElseThrow(() -> Problem.notFound("The attachment"));
    }

    /// @throws Problem 503 when the content is gone from the folder
    Resource content(Attachment attachment) {
        return contents.resource(new Contents.Content(
                attachment.name(), attachment.mediaType(), attachment.size(), attachment.sha256()));
    }

    /// Removes contents that no attachment names: left behind when a transaction failed, or the server stopped,
    /// between the file and the event. Younger ones than a day stay. Safe beside running servers. It trusts the
    /// database it is connected to, so nothing runs it by itself: on a wrong or half restored database it would
    /// take away good files.
    ///
    /// @return how many were removed
    int sweep() {
        try {
            var swept = 0;
            for (var file : blobs.all()) {
                var old = Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(time.instant().minus(SWEPT_AFTER));
                if (old && door.through(() -> swept(file))) {
                    swept++;
                }
            }
            return swept;
        } catch (IOException unreadable) {
            throw Problem.unavailable("unreadable_folder", "The attachments folder cannot be read: " + unreadable);
        }
    }

    private boolean swept(Path file) {
        database.sql("select pg_advisory_xact_lock(:places)")
                .param("places", ContentFiles.PLACES)
                .query((row, number) -> 0)
                .single();
        var hash = file.getFileName().toString();
        var named = HASH.matcher(hash).matches()
                && (database.sql("select exists (select from work.attachment where sha256 = :hash)")
                                .param("hash", hash)
                                .query(Boolean.class)
                                .single()
                        || holders.stream().anyMatch(holder -> holder.holds(hash)));
        try {
            if (named || !Files.deleteIfExists(file)) {
                return false;
            }
            files.swept(hash);
            return true;
        } catch (IOException held) {
            return false;
        }
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return id.length() == 36 ? Optional.of(UUID.fromString(id)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
