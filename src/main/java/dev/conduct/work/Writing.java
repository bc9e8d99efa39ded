package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.ledger.Event;
import dev.conduct.work.Projection.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// What the door does once events are recorded: deadlines, rows, and whoever listens, in the same transaction.
@Component
class Writing {

    private static final int HISTORIES_AT_ONCE = 32;

    private final Histories histories;
    private final Projection projection;
    private final ComponentNames components;
    private final ObjectProvider<DueDates> dueDates;
    private final ApplicationEventPublisher listeners;
    private final Readers readers;

    Writing(
            Histories histories,
            Projection projection,
            ComponentNames components,
            ObjectProvider<DueDates> dueDates,
            ApplicationEventPublisher listeners,
            Readers readers) {
        this.histories = histories;
        this.projection = projection;
        this.components = components;
        this.dueDates = dueDates;
        this.listeners = listeners;
        this.readers = readers;
    }

    /// The deadlines first, so that each item's row is written once.
    ///
    /// @return the items as they are now
    Map<String, Item> write(List<Step> told) {
        var steps = components.today(told);
        var changes = new LinkedHashMap<String, DueDates.Change>();
        var earlier = new Earlier(steps);
        for (var step : steps) {
            var known = changes.get(step.after().key());
            var before = known == null ? step.before() : known.before();
            var events = known == null ? new ArrayList<Event>() : known.events();
            events.add(step.event());
            changes.put(
                    step.after().key(), new DueDates.Change(before, step.after(), events, () -> earlier.of(before)));
        }
        var due = dueDates.getObject().after(List.copyOf(changes.values()));
        var dated = steps.stream()
                .map(step -> step.due(due.get(step.after().key())))
                .toList();
        if (dated.stream().allMatch(Step::keepsSight)) {
            project(dated);
        } else {
            // As the system: the act may take the item out of the actor's own sight.
            var _ = readers.system(() -> {
                project(dated);
                return true;
            });
        }
        var items = new HashMap<String, Item>();
        dated.forEach(step -> items.put(step.after().key(), step.after()));
        return items;
    }

    /// What was recorded of items before, read of all of them when it is asked for of one.
    private final class Earlier {

        private final List<Item> items;
        private @Nullable Map<String, List<Event>> read;

        Earlier(List<Step> steps) {
            this.items =
                    steps.stream().map(Step::before).filter(Objects::nonNull).toList();
        }

        List<Event> of(@Nullable Item before) {
            if (before == null || items.size() == 1 || items.size() > HISTORIES_AT_ONCE) {
                return histories.earlier(before);
            }
            if (read == null) {
                read = histories.earlier(items);
            }
            return read.getOrDefault(before.key(), List.of()).stream()
                    .filter(event -> event.objectVersion() <= before.version())
                    .toList();
        }
    }

    private void project(List<Step> steps) {
        projection.write(steps);
        steps.forEach(step -> listeners.publishEvent(new ItemChanged(step.after(), step.event())));
    }
}
