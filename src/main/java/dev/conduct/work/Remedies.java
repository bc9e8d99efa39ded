package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Signal;
import dev.conduct.work.FactSource.Place;
import dev.conduct.work.FactSource.Wanted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Where what a gate asks for is supplied: the page of the module that delivers the fact, or a form of the record.
@Component
class Remedies {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final ObjectProvider<FactSource> sources;

    Remedies(ObjectProvider<FactSource> sources) {
        this.sources = sources;
    }

    /// The page that shows what machines know of what a gate asks for; empty where people alone can tell.
    ///
    /// @param fields of the item, as they are or would be
    Optional<Place> place(ItemType.Gate gate, Item item, ItemType type, Map<String, Object> fields) {
        var kind = gate.evidence();
        if (kind == null) {
            return Optional.empty();
        }
        var commit = type.commitField()
                .map(field -> String.valueOf(fields.get(field.name())).strip())
                .filter(text -> COMMIT.matcher(text).matches());
        var wanted = new Wanted(kind, item.key(), item.product(), commit.orElse(""));
        return sources.stream().flatMap(source -> source.place(wanted).stream()).findFirst();
    }

    /// Addresses by gate, of those that are not clear; for readers inside.
    Map<String, String> links(
            Signal.Verdict verdict, Item item, ItemType type, Map<String, Object> fields, Actor actor) {
        var links = new HashMap<String, String>();
        if (Sight.of(actor).inside()) {
            verdict.signals().stream()
                    .filter(signal -> !signal.clear())
                    .map(Signal::gate)
                    .forEach(gate -> links.put(
                            gate.name(),
                            place(gate, item, type, fields).map(Place::href).orElseGet(() -> form(gate, item))));
        }
        return links;
    }

    private static String form(ItemType.Gate gate, Item item) {
        var page = "/items/" + item.key();
        if (gate.evidence() != null) {
            return page + "?evidence=" + gate.evidence() + "#form";
        }
        if (gate.field() != null) {
            return page + "?edit=" + gate.field() + "#form";
        }
        return gate.act() != null ? page + "?move=" + gate.act() + "#form" : page + "#signals";
    }
}
