package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.shell.Words;
import org.springframework.stereotype.Component;

/// What lies beside a record on its page: its files, the records it is linked with, who watches it.
@Component
class Papers {

    private final Attachments attachments;
    private final RemarkRows remarks;
    private final People people;

    Papers(Attachments attachments, RemarkRows remarks, People people) {
        this.attachments = attachments;
        this.remarks = remarks;
        this.people = people;
    }

    RecordPage.Documents of(Item item, Actor viewer) {
        var watchers = remarks.watchers(item.key());
        var names = PageNames.of(watchers, people, viewer);
        return new RecordPage.Documents(
                attachments.of(item).stream().map(Papers::document).toList(),
                remarks.links(item.key(), Sight.of(viewer)).stream()
                        .map(link -> new RecordPage.Linked(
                                Words.plain(link.kind()), link.other(), link.title(), Words.plain(link.state())))
                        .toList(),
                watchers.stream().map(names::named).toList(),
                watching(item, watchers.contains(viewer.id()), viewer));
    }

    private static RecordPage.Watching watching(Item item, boolean watches, Actor viewer) {
        if (viewer.id().equals(item.reporter()) || viewer.id().equals(item.assignee())) {
            return RecordPage.Watching.ALWAYS;
        }
        return watches ? RecordPage.Watching.YES : RecordPage.Watching.NO;
    }

    private static RecordPage.Document document(Attachment attachment) {
        return new RecordPage.Document(
                attachment.name(),
                "/items/" + attachment.item() + "/attachments/" + attachment.id(),
                Words.size(attachment.size()));
    }
}
