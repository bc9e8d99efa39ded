package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Signal;
import dev.conduct.work.FactSource.Place;
import dev.conduct.work.FactSource.Wanted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Where what a gate asks for is supplied: the page of the module that delivers the fact, or a form of the record.
@Component
class Remedies {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final ObjectProvider<FactSource> sources;
    private final Roles roles;

    Remedies(ObjectProvider<FactSource> sources, Roles roles) {
        this.sources = sources;
        this.roles = roles;
    }

    /// The page that shows what machines know of what a gate asks for; empty where people alone can tell, and
    /// for who may not read it.
    ///
    /// @param fields of the item, as they are or would be
    Optional<Place> place(ItemType.Gate gate, Item item, ItemType type, Map<String, Object> fields, Actor actor) {
        var kind = gate.evidence();
        if (kind == null) {
            return Optional.empty();
        }
        var commit = type.commitField()
                .map(field -> String.valueOf(fields.get(field.name())).strip())
                .filter(text -> COMMIT.matcher(text).matches());
        var wanted = new Wanted(kind, item.key(), item.product(), commit.orElse(""));
        return sources.stream()
                .flatMap(source -> source.place(wanted).stream())
                .filter(place ->
                        place.href().startsWith("/items/") || roles.may(actor.on(item.product()), Right.READ_REPORTS))
                .findFirst();
    }

    /// Addresses by gate, of those that are not clear; for readers inside. A form leads only whom it is for:
    /// anybody else comes to the signals of the record, which say who can.
    Map<String, String> links(
            Signal.Verdict verdict,
            Item item,
            Procedure procedure,
            ItemType type,
            Map<String, Object> fields,
            Actor actor) {
        var links = new HashMap<String, String>();
        if (Sight.of(actor).inside()) {
            verdict.signals().stream()
                    .filter(signal -> !signal.clear())
                    .map(Signal::gate)
                    .forEach(gate -> links.put(
                            gate.name(),
                            place(gate, item, type, fields, actor)
                                    .map(Place::href)
                                    .orElseGet(() -> form(gate, item, procedure, type, actor.on(item.product())))));
        }
        return links;
    }

    private static String form(ItemType.Gate gate, Item item, Procedure procedure, ItemType type, Actor actor) {
        var page = "/items/" + item.key();
        if (gate.evidence() != null) {
            var kind = procedure.evidenceKinds().get(gate.evidence());
            return kind != null && may(kind.roles(), actor)
                    ? page + "?evidence=" + kind.name() + "#form"
                    : page + "#signals";
        }
        if (gate.field() != null) {
            var field = type.fields().get(gate.field());
            return field != null && may(field.editors(), actor)
                    ? page + "?edit=" + field.name() + "#form"
                    : page + "#signals";
        }
        var act = gate.act() == null ? null : type.transitions().get(gate.act());
        return act != null && may(act.roles(), actor) ? page + "?move=" + act.name() + "#form" : page + "#signals";
    }

    private static boolean may(Set<String> roles, Actor actor) {
        return roles.isEmpty() || actor.hasAny(roles);
    }
}
