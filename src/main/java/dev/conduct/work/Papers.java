package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.shell.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What lies beside a record on its page: its files, the records it is linked with, who watches it.
@Component
class Papers {

    private final Attachments attachments;
    private final RemarkRows remarks;
    private final Watchers watchers;

    Papers(Attachments attachments, RemarkRows remarks, Watchers watchers) {
        this.attachments = attachments;
        this.remarks = remarks;
        this.watchers = watchers;
    }

    /// Who hears of it: told by what was read of its history, when that is all of it.
    List<String> watchers(ItemPast past) {
        if (!past.whole()) {
            return watchers.of(past.item().key());
        }
        var heard = new TreeSet<String>();
        Stream.of(past.item().reporter(), past.item().assignee())
                .filter(Objects::nonNull)
                .forEach(heard::add);
        var said = new HashMap<String, Boolean>();
        for (var event : past.newest()) {
            if (ItemFold.changes(event) && RemarkProjection.comment(event) != null) {
                heard.add(event.actor());
            }
            if (ItemFold.changes(event) && event.action().endsWith("watch")) {
                said.put(event.actor(), event.action().equals("item.watch"));
            }
        }
        said.forEach((actor, watches) -> {
            var _ = watches ? heard.add(actor) : heard.remove(actor);
        });
        return List.copyOf(heard);
    }

    /// Those it is linked with, as far as the reader sees them.
    List<RemarkController.LinkAnswer> links(Item item, Actor viewer) {
        return remarks.links(item.key(), Sight.of(viewer));
    }

    /// @param linked each with the item it leads to
    RecordPage.Documents of(
            ItemPast past, List<String> watchers, List<RecordPage.Linked> linked, PageNames names, Actor viewer) {
        var item = past.item();
        return new RecordPage.Documents(
                past.maybe("item.attach")
                        ? attachments.of(item, viewer).stream()
                                .map(Papers::document)
                                .toList()
                        : List.of(),
                linked,
                watchers.stream().map(names::named).toList(),
                watchers.contains(viewer.id()) ? RecordPage.Watching.YES : RecordPage.Watching.NO);
    }

    private static RecordPage.Document document(Attachment attachment) {
        return new RecordPage.Document(
                attachment.name(),
                "/items/" + attachment.item() + "/attachments/" + attachment.id(),
                Words.size(attachment.size()));
    }
}
