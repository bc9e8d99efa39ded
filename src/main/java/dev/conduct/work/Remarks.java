package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Nearest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What is added to an item and moves nothing: evidence, comments, links, watchers, notices.
@Component
class Remarks {

    /// The kinds of links, each with what the other item calls it.
    static final Map<String, String> INVERSE =
            Map.of("duplicates", "duplicated_by", "blocks", "blocked_by", "causes", "caused_by", "fixes", "fixed_by");

    private static final int URL = 2_000;

    private final Door door;
    private final ItemRows rows;
    private final Watchers watchers;

    Remarks(Door door, ItemRows rows, Watchers watchers) {
        this.door = door;
        this.rows = rows;
        this.watchers = watchers;
    }

    Door.Entered attest(Items.Attestation given, Actor who) {
        var actor = who.on(Door.product(given.key()));
        return door.through(() -> {
            var found = door.hold(given.key(), actor, null).item();
            var at = door.moment(given.occurredAt(), actor, found);
            var held = door.standing(found, at);
            var item = held.item();
            var kinds = held.procedure().evidenceKinds();
            var kind = kinds.get(given.kind());
            if (kind == null) {
                throw Problem.badInput(
                        "kind",
                        "unknown_evidence",
                        "is no kind of evidence here; " + Nearest.instead(Door.shown(given.kind()), kinds.keySet())
                                + ".");
            }
            var passed = kind.passes().contains(given.verdict());
            if (!passed && !kind.fails().contains(given.verdict())) {
                throw Problem.badInput(
                        "verdict",
                        "unknown_verdict",
                        "says neither passed nor failed; write one of " + String.join(", ", kind.passes()) + ", "
                                + String.join(", ", kind.fails()) + ".");
            }
            var telling = new Telling("item.attest", at)
                    .with("kind", kind.name())
                    .with("verdict", given.verdict())
                    .with("passed", passed)
                    .with(
                            "commit",
                            given.commit() == null ? inForce(held) : FieldChecks.commit("commit", given.commit()))
                    .with("build", given.build() == null ? null : FieldChecks.line("build", given.build(), 200))
                    .with("source", "attested")
                    .with("roles", actor.roles().stream().sorted().toList())
                    .judgedBy(kind.clause(), held.procedure().version())
                    .words("url", url(given.url()))
                    .words(
                            "note",
                            given.note() == null ? null : PlainText.checked("note", given.note(), FieldChecks.TEXT));
            if (!kind.roles().isEmpty() && !actor.hasAny(kind.roles())) {
                var reason = new dev.conduct.procedure.Reason(
                        kind.clause(),
                        dev.conduct.procedure.Reason.Kind.ROLE,
                        kind.name(),
                        kind.title(),
                        kind.title() + " is attested by "
                                + String.join(
                                        ", ", kind.roles().stream().sorted().toList()) + " only.",
                        "Ask one of them.",
                        dev.conduct.procedure.ItemType.Mode.ENFORCE);
                throw GateClosed.notTheirs(reason, telling.refused(item.key(), item.version(), actor, List.of(reason)));
            }
            door.require(item, actor, "item.attest", true);
            return door.enter(held, telling, at, actor);
        });
    }

    /// Evidence that names no commit is of the one in force, and stays so.
    private static @Nullable String inForce(Door.Held held) {
        return held.type()
                .commitInForce(held.item().fields(), held.item().state())
                .orElse(null);
    }

    /// @param outside true: customers who see the item read it too, and open the files that the text shows; what
    /// they say themselves, they read
    Door.Entered comment(String key, String text, boolean outside, @Nullable Instant occurredAt, Actor who) {
        var actor = who.on(Door.product(key));
        if (text.isBlank()) {
            throw Problem.badInput("text", "missing", "is empty. Write what you want to say.");
        }
        PlainText.checked("text", text, FieldChecks.TEXT);
        return door.through(() -> {
            var item = door.hold(key, actor, null).item();
            door.require(item, actor, "item.comment", false);
            var inside = Sight.of(actor).inside();
            var read = outside || !inside;
            // What somebody outside writes opens no file to them: they would name one that they may not read.
            var opens = outside && inside ? OutsideTexts.named(item.key(), text) : Set.<String>of();
            var telling = new Telling("item.comment", door.moment(occurredAt, actor, item))
                    .with("outside", read)
                    .with("opens", opens.isEmpty() ? null : List.copyOf(opens))
                    .words("text", text);
            return door.enter(item, telling.of(item.key(), item.version() + 1, actor));
        });
    }

    Item link(String key, String kind, String other, @Nullable Instant occurredAt, Actor who) {
        var actor = who.on(Door.product(key));
        if (!INVERSE.containsKey(kind)) {
            throw Problem.badInput(
                    "kind",
                    "unknown_link",
                    "is no kind of link; " + Nearest.instead(Door.shown(kind), INVERSE.keySet()) + ".");
        }
        return door.through(() -> {
            if (rows.visibleKey(PlainText.checked("other", other, 40), Sight.of(actor))
                    .isEmpty()) {
                throw Problem.badInput("other", "unknown_item", "is no item here. Write its key, such as APP-12.");
            }
            var item = door.hold(key, actor, null).item();
            if (item.key().equals(other)) {
                throw Problem.badInput("other", "itself", "is the item itself. Write another one's key.");
            }
            door.require(item, actor, "item.link", false);
            if (linked(item, kind, other)) {
                return item;
            }
            var telling = new Telling("item.link", door.moment(occurredAt, actor, item))
                    .with("kind", kind)
                    .with("other", other);
            return door.enter(item, telling.of(item.key(), item.version() + 1, actor))
                    .item();
        });
    }

    private boolean linked(Item item, String kind, String other) {
        return rows.linked(item.key(), kind, other);
    }

    Item watch(String key, boolean watching, Actor who) {
        var actor = who.on(Door.product(key));
        return door.through(() -> {
            var item = door.hold(key, actor, null).item();
            if (watchers.watches(item.key(), actor.id()) == watching) {
                return item;
            }
            var action = watching ? "item.watch" : "item.unwatch";
            door.require(item, actor, action, false);
            var telling = new Telling(action, door.now(item));
            return door.enter(item, telling.of(item.key(), item.version() + 1, actor))
                    .item();
        });
    }

    void notice(Items.Notice notice, Actor actor) {
        door.through(() -> {
            var item = door.hold(notice.key(), actor, null).item();
            var telling = new Telling(notice.action(), door.moment(notice.occurredAt(), actor))
                    .judgedBy(notice.clause(), item.procedureVersion());
            notice.data().forEach(telling::with);
            return door.note(item, telling.of(item.key(), item.version(), actor));
        });
    }

    private static @Nullable String url(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        PlainText.checked("url", url, URL);
        try {
            var scheme = Objects.requireNonNullElse(URI.create(url).getScheme(), "");
            if (Set.of("http", "https").contains(scheme.toLowerCase(java.util.Locale.ROOT))) {
                return url;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // said below
        }
        throw Problem.badInput("url", "not_an_address", "must be an address that begins with http:// or https://.");
    }
}
