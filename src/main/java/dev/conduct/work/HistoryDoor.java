package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.ExternalRows.Known;
import dev.conduct.work.HistoricResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// The mode of the door in which history comes in: the same events, the same projection, the same listeners; gates
/// observe. Only who brings history has it.
@Component
class HistoryDoor {

    static final Set<String> BRINGS_HISTORY = Set.of("import", "demo");
    private static final Set<String> ADDS =
            Set.of("item.comment", "item.link", "item.attach", "item.watch", "item.unwatch");
    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final Door door;
    private final ItemRows rows;
    private final NumberRows numbers;
    private final ExternalRows externals;
    private final Histories histories;
    private final FieldChecks checks;
    private final Procedures procedures;
    private final Ledger ledger;

    HistoryDoor(
            Door door,
            ItemRows rows,
            NumberRows numbers,
            ExternalRows externals,
            Histories histories,
            FieldChecks checks,
            Procedures procedures,
            Ledger ledger) {
        this.door = door;
        this.rows = rows;
        this.numbers = numbers;
        this.externals = externals;
        this.histories = histories;
        this.checks = checks;
        this.procedures = procedures;
        this.ledger = ledger;
    }

    List<HistoricResult> record(List<HistoricItem> items, Actor importer) {
        if (!BRINGS_HISTORY.contains(importer.via())) {
            throw Problem.forbidden("history", "History comes in by an import only.");
        }
        return items.isEmpty() ? List.of() : door.through(() -> recorded(items, importer));
    }

    private List<HistoricResult> recorded(List<HistoricItem> items, Actor importer) {
        var batch = new Batch(importer, door.now());
        batch.find(items);
        var results = items.stream().map(batch::take).toList();
        var finished = new ArrayList<HistoricResult>();
        for (var i = 0; i < items.size(); i++) {
            finished.add(batch.finish(items.get(i), results.get(i)));
        }
        door.enterAll(batch.events, batch.items);
        return finished;
    }

    /// @param refused null when it can be recorded
    private record Taken(
            @org.jspecify.annotations.Nullable HistoricStory story,
            @org.jspecify.annotations.Nullable String refused) {}

    private final class Batch {

        private final Actor importer;
        private final Instant now;
        private final Map<Known, String> keys = new HashMap<>();
        private final Map<String, Item> items = new HashMap<>();
        private final Map<String, Set<String>> acts = new HashMap<>();
        private final List<NewEvent> events = new ArrayList<>();

        private Batch(Actor importer, Instant now) {
            this.importer = importer;
            this.now = now;
        }

        void find(List<HistoricItem> wanted) {
            var known = new HashSet<Known>();
            for (var item : wanted) {
                known.add(new Known(item.externalSystem(), item.externalId()));
                for (var act : item.acts()) {
                    if (act instanceof HistoricAct.Link link) {
                        known.add(new Known(item.externalSystem(), link.otherExternalId()));
                    }
                }
            }
            keys.putAll(externals.keys(known));
            var here = wanted.stream()
                    .map(item -> keys.get(new Known(item.externalSystem(), item.externalId())))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            items.putAll(rows.lock(here));
            acts.putAll(externals.acts(here));
        }

        /// Checks one and gives it its key, so that links among the batch find it whatever the order.
        Taken take(HistoricItem historic) {
            try {
                var known = new Known(historic.externalSystem(), historic.externalId());
                var key = keys.get(known);
                var item = key == null ? null : items.get(key);
                var migrating = item == null ? null : Migrating.of(procedures, item, now);
                var procedure = migrating == null ? procedures.at(now) : migrating.procedure();
                var story = new HistoricStory(
                        checked(historic), procedure, Reports.type(procedure, historic.type()), checks, importer);
                if (item != null && migrating != null) {
                    requireSame(historic, item);
                    story.resume(migrating, histories.happenings(item), acts.getOrDefault(item.key(), Set.of()), now);
                    if (story.moves() && workedOnHere(item)) {
                        story.remarksOnly();
                    }
                } else if (key != null) {
                    throw Problem.badInput("external_id", "twice", "stands twice in what is imported together.");
                } else {
                    story.begin();
                    story.check();
                    var number = numbers.number(historic.product(), 1, false)
                            .orElseThrow(() -> Problem.badInput("product", "unknown_product", "is no product here."));
                    story.called(historic.product() + "-" + number);
                    keys.put(known, story.key());
                }
                story.check();
                return new Taken(story, null);
            } catch (Problem refused) {
                return new Taken(null, refused.says());
            }
        }

        /// Another list with ids of its own is another system.
        private static void requireSame(HistoricItem historic, Item item) {
            if (!item.product().equals(historic.product()) || !item.type().equals(historic.type())) {
                throw Problem.badInput(
                        "external_id",
                        "another",
                        "is " + item.key() + " already, of another list. Give this list a name of its own: `source` in"
                                + " the mapping.");
            }
            var moment = item.createdAt()
                    .truncatedTo(ChronoUnit.MILLIS)
                    .equals(historic.createdAt().truncatedTo(ChronoUnit.MILLIS));
            if (!historic.named().sameItem(item.title().equals(historic.title()), moment)) {
                throw Problem.badInput(
                        "external_id",
                        "another",
                        "is " + item.key() + " (" + Door.shown(item.title())
                                + ") already, with another title or moment."
                                + " Say in the mapping which list this is: `source: " + historic.externalSystem()
                                + "` for a newer export of that one, a name of its own for another.");
            }
        }

        /// Whether anybody moved, changed or judged it here: what another system says of it no longer counts then.
        private boolean workedOnHere(Item item) {
            return ledger.eventsOf(ItemFold.PREFIX + item.key()).stream()
                    .filter(ItemFold::changes)
                    .filter(event -> !BRINGS_HISTORY.contains(event.via()))
                    .anyMatch(event -> !ADDS.contains(event.action()));
        }

        HistoricResult finish(HistoricItem historic, Taken taken) {
            var story = taken.story();
            if (story == null) {
                return new HistoricResult(
                        historic.externalId(), Outcome.REFUSED, null, 0, 0, List.of(), 0, taken.refused());
            }
            var merged = items.containsKey(story.key());
            story.tell(other -> keys.get(new Known(historic.externalSystem(), other)));
            events.addAll(story.events());
            return new HistoricResult(
                    historic.externalId(),
                    merged ? Outcome.MERGED : Outcome.IMPORTED,
                    story.key(),
                    story.events().size(),
                    story.deviations(),
                    List.copyOf(new LinkedHashMap<>(story.unresolved()).keySet()),
                    story.leftOut(),
                    null);
        }

        private HistoricItem checked(HistoricItem historic) {
            FieldChecks.line("external_system", historic.externalSystem(), 100);
            FieldChecks.line("external_id", historic.externalId(), 500);
            past("created_at", historic.createdAt());
            historic.acts().forEach(act -> {
                past("acts[" + act.externalId() + "].at", act.at());
                PlainText.checked("acts.external_id", act.externalId(), 500);
            });
            return historic;
        }

        private void past(String field, Instant at) {
            if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
                throw Problem.badInput(field, "in_the_future", "lies in the future: " + at + ".");
            }
        }
    }
}
