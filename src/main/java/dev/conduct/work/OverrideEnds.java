package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.work.OverrideRows.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Tells, each once, that an exception is over and that a duty was not settled in time. One transaction each; an item
/// that somebody holds is left for the next look, and the row is read again under the item's lock, so that several
/// nodes may look at once.
@Component
class OverrideEnds {

    static final Actor ACTOR = new Actor("system:overrides", "Exceptions", Set.of(), "scheduler");

    private static final Logger log = LoggerFactory.getLogger(OverrideEnds.class);
    private static final int AT_ONCE = 200;
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(1);
    private static final Duration UNTIL_BROKEN_IS_TRIED_AGAIN = Duration.ofMinutes(10);

    private final Door door;
    private final ItemRows items;
    private final OverrideRows overrides;
    private final DutyRows duties;
    private final Map<UUID, Instant> putOff = new ConcurrentHashMap<>();

    OverrideEnds(Door door, ItemRows items, OverrideRows overrides, DutyRows duties) {
        this.door = door;
        this.items = items;
        this.overrides = overrides;
        this.duties = duties;
    }

    @Nullable
    Instant tell(Instant now) {
        putOff.values().removeIf(until -> !now.isBefore(until));
        var broken = List.copyOf(putOff.keySet());
        var ending = overrides.ending(now, AT_ONCE, broken);
        var passed = duties.passed(now, AT_ONCE, broken);
        var left = ending.stream().filter(one -> !told(one, now, this::end)).count()
                + passed.stream().filter(one -> !told(one, now, this::miss)).count();
        if (left > 0 || ending.size() == AT_ONCE || passed.size() == AT_ONCE) {
            return now.plus(UNTIL_TRIED_AGAIN);
        }
        return Stream.of(
                        overrides.nextEnd(now),
                        duties.nextDue(now),
                        putOff.values().stream().min(Instant::compareTo))
                .flatMap(java.util.Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /// @return false when it is to be tried again
    private boolean told(Ending ending, Instant now, BiFunction<Ended, Instant, Item> telling) {
        try {
            return door.through(() -> {
                var held = items.lockIfFree(ending.item());
                held.ifPresent(item -> {
                    var _ = telling.apply(new Ended(ending, item), now);
                });
                return held.isPresent();
            });
        } catch (RuntimeException broken) {
            log.error("What ends on {} could not be told", ending.item(), broken);
            putOff.put(ending.id(), now.plus(UNTIL_BROKEN_IS_TRIED_AGAIN));
            return true;
        }
    }

    private record Ended(Ending which, Item item) {}

    private Item end(Ended ended, Instant now) {
        var item = ended.item();
        return overrides
                .running(item.key(), ended.which().id())
                .map(override -> endIfOver(item, override, now))
                .orElse(item);
    }

    /// @param item held under its lock
    Item endIfOver(Item item, GateOverride override, Instant now) {
        if (now.isBefore(override.endsAt())) {
            return item;
        }
        var telling = new Telling("override.expire", now)
                .with("override", override.id().toString())
                .with("transition", override.transition())
                .with("gate", override.gate());
        return entered(item, telling, override.clause(), now);
    }

    private Item miss(Ended ended, Instant now) {
        var item = ended.item();
        var duty = duties.find(ended.which().id())
                .filter(one -> one.open() && !one.overdue() && !now.isBefore(one.dueAt()))
                .orElse(null);
        if (duty == null) {
            return item;
        }
        var telling = new Telling("duty.overdue", now)
                .with("duty", duty.id().toString())
                .with("transition", duty.transition())
                .with("gate", duty.gate())
                .with("owed_by", duty.owedBy());
        return entered(item, telling, duty.clause(), now);
    }

    /// By the version in force then, as every act that is judged.
    private Item entered(Item item, Telling telling, String clause, Instant now) {
        var held = door.standing(item, now);
        return door.enter(held, telling.judgedBy(clause, held.procedure().version()), now, ACTOR)
                .item();
    }
}
