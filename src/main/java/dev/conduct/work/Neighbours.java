package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.Linked;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The records that a record's page leads to: those it is linked with and those its texts name, in one look-up.
@Component
class Neighbours {

    private final Items items;
    private final Papers papers;

    Neighbours(Items items, Papers papers) {
        this.items = items;
        this.papers = papers;
    }

    /// @param found those that the reader sees, by key
    record Found(List<RemarkController.LinkAnswer> links, Map<String, Item> found) {

        Mentioned mentioned() {
            return new Mentioned(found);
        }

        /// Who is to do them.
        Set<String> people() {
            return links.stream()
                    .map(link -> found.get(link.other()))
                    .filter(item -> item != null && item.assignee() != null)
                    .map(Item::assignee)
                    .collect(Collectors.toSet());
        }
    }

    Found of(Item item, List<Event> shown, Actor viewer) {
        var links = papers.links(item, viewer);
        var keys = new LinkedHashSet<String>();
        links.forEach(link -> keys.add(link.other()));
        keys.addAll(Mentioned.in(texts(item, shown)));
        keys.remove(item.key());
        return new Found(
                links, items.visible(keys, viewer).stream().collect(Collectors.toMap(Item::key, Function.identity())));
    }

    private static List<String> texts(Item item, List<Event> shown) {
        var texts = new ArrayList<String>();
        texts.add(item.description());
        item.fields().values().forEach(value -> texts.add(String.valueOf(value)));
        shown.forEach(event -> texts.addAll(event.content().values()));
        return texts;
    }

    List<Linked> linked(Found neighbours, PageNames names) {
        var linked = new ArrayList<Linked>();
        for (var link : neighbours.links()) {
            var item = neighbours.found().get(link.other());
            if (item != null) {
                var now = items.standing(item);
                linked.add(new Linked(
                        Words.plain(link.kind()),
                        item.key(),
                        item.title(),
                        now.type().title(),
                        Stations.title(now.type(), now.item().state()),
                        item.dueAt(),
                        item.assignee() == null ? "" : names.name(item.assignee())));
            }
        }
        return linked;
    }
}
