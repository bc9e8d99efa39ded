package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.procedure.Reason;
import dev.conduct.work.Projection.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What every act has in common: one transaction, the item held under its lock, the event, the projection and the
/// listeners together; a refusal recorded when the transaction is gone.
@Component
class Door {

    private static final Set<String> MAY_DATE = Set.of("import", "demo", "scheduler");

    private static final Duration SERVERS_DIFFER = Duration.ofMinutes(1);
    private static final Set<String> CHANGES_FORMS = Set.of("item.edit", "item.transition", "item.migrate");

    private final ItemRows rows;
    private final Histories histories;
    private final Writing writing;
    private final Ledger ledger;
    private final Procedures procedures;
    private final FactSources facts;
    private final ApplicationEventPublisher listeners;
    private final InstantSource time;
    private final TransactionTemplate transaction;

    Door(
            ItemRows rows,
            Histories histories,
            Writing writing,
            Ledger ledger,
            Procedures procedures,
            FactSources facts,
            ApplicationEventPublisher listeners,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.histories = histories;
        this.writing = writing;
        this.ledger = ledger;
        this.procedures = procedures;
        this.facts = facts;
        this.listeners = listeners;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// An item held under its lock.
    ///
    /// @param item by the words of the version it is judged by
    /// @param procedure the version it is judged by
    record Held(Item item, Procedure procedure, ItemType type, Migrating migrating) {}

    /// Runs an act as one transaction, or as part of the one that is open. A refusal takes everything back and is
    /// then recorded alone, so that it holds no second connection while the first waits.
    <T> T through(Supplier<T> act) {
        if (TransactionSynchronizationManager.hasResource(this)) {
            return act.get();
        }
        try {
            TransactionSynchronizationManager.bindResource(this, Boolean.TRUE);
            try {
                return Objects.requireNonNull(transaction.execute(status -> act.get()));
            } finally {
                TransactionSynchronizationManager.unbindResourceIfPossible(this);
            }
        } catch (GateClosed refused) {
            ledger.appendAlone(refused.event());
            throw refused;
        }
    }

    /// Records an attempt that was refused before it got as far as a transaction of its own.
    void record(GateClosed refused) {
        ledger.appendAlone(refused.event());
    }

    /// @throws Problem 404 when not there or not visible, 412 when it changed since it was read
    Held hold(String key, Actor actor, @Nullable Long expectedVersion) {
        var item = rows.lock(key, Sight.of(actor)).orElseThrow(() -> Problem.notFound("The item " + shown(key)));
        requireUpToDate(item, expectedVersion, actor);
        var procedure = procedures.version(item.procedureVersion());
        return new Held(item, procedure, type(procedure, item.type()), new Migrating(item, procedure, List.of()));
    }

    /// The same, held by nobody.
    Item look(String key, Actor actor, @Nullable Long expectedVersion) {
        var item = rows.find(key, Sight.of(actor)).orElseThrow(() -> Problem.notFound("The item " + shown(key)));
        requireUpToDate(item, expectedVersion, actor);
        return item;
    }

    /// @throws Problem 412 when it changed since it was read
    void requireUpToDate(Item item, @Nullable Long expectedVersion, Actor actor) {
        if (expectedVersion != null && !upToDate(item, expectedVersion, actor)) {
            throw Problem.stale(item.key(), item.version());
        }
    }

    /// A form is out of date when what it shows has changed; remarks of others leave it alone. A program's
    /// `If-Match` is taken at its word.
    private boolean upToDate(Item item, long expected, Actor actor) {
        return expected == item.version()
                || actor.via().equals("page")
                        && expected < item.version()
                        && ledger.eventsOf(ItemFold.PREFIX + item.key()).stream()
                                .filter(event -> event.objectVersion() > expected && ItemFold.changes(event))
                                .noneMatch(event -> CHANGES_FORMS.contains(event.action()));
    }

    /// Refuses whoever holds only roles that read, or that run the installation.
    ///
    /// @param moves false for what only adds to an item: a comment, a file, a link, a report
    void require(Item item, Actor actor, String action, boolean moves) {
        var procedure = procedures.at(now());
        var refusal = Rights.refusal(procedure, item.type(), actor, moves);
        if (refusal != null) {
            refuse(item, actor, action, refusal);
        }
    }

    /// A refusal that nothing else is known of: who tried what, and why not.
    void refuse(Item item, Actor actor, String action, Reason refusal) {
        throw GateClosed.notTheirs(
                refusal,
                new Telling(action, now())
                        .with("roles", actor.roles().stream().sorted().toList())
                        .judgedBy(refusal.clause(), item.procedureVersion())
                        .refused(item.key(), item.version(), actor, List.of(refusal)));
    }

    /// The same item as the procedure in force sees it: a newer version may judge work in flight.
    Held standing(Item item, Instant at) {
        var migrating = Migrating.of(procedures, item, at);
        var procedure = migrating.procedure();
        return new Held(
                item.standing(migrating.state(), procedure.version()),
                procedure,
                type(procedure, item.type()),
                migrating);
    }

    /// The same for whoever only looks.
    Standing standing(Item item) {
        var held = standing(item, now());
        return new Standing(
                item,
                held.item(),
                held.procedure(),
                held.type(),
                held.migrating().renamed());
    }

    /// What happened to it, by the words of the version that judges it now; without what machines know.
    Case past(Standing standing) {
        var now = now();
        var happenings = new ArrayList<>(histories.happenings(standing.found()));
        happenings.addAll(Migrating.of(procedures, standing.found(), now).happenings(now));
        return CaseFold.of(standing.item().key(), standing.item().type(), happenings);
    }

    /// The history, and all that machines know of the commit in force.
    Case history(Held held, Instant at) {
        var history = told(held, at);
        var kinds = held.procedure().evidenceKinds().keySet();
        return facts.with(List.of(new FactSources.Judged(history, held, history.fields(), kinds)), at)
                .getFirst();
    }

    /// The history, and what machines know of the commit in force that the gates of one transition look at.
    ///
    /// @param changed what the fields of the history would be
    Case history(Held held, Instant at, ItemType.Transition way, UnaryOperator<Map<String, Object>> changed) {
        var history = told(held, at);
        var judged = new FactSources.Judged(history, held, changed.apply(history.fields()), looksAt(held, way));
        return facts.with(List.of(judged), at).getFirst();
    }

    /// An item, and the ways on that it is to be judged for.
    record Ahead(Held held, List<ItemType.Transition> ways) {}

    /// The same of several for whoever only looks, in their order; what machines know is asked of all at once.
    List<Case> histories(List<Ahead> ahead, Instant at) {
        return facts.shown(
                ahead.stream()
                        .map(one -> {
                            var held = one.held();
                            var history = told(held, at);
                            var kinds = one.ways().stream()
                                    .flatMap(way -> looksAt(held, way).stream())
                                    .collect(Collectors.toSet());
                            return new FactSources.Judged(history, held, history.fields(), kinds);
                        })
                        .toList(),
                at);
    }

    private static Set<String> looksAt(Held held, ItemType.Transition way) {
        return held.procedure().rules().evidence(held.type().name(), way);
    }

    private Case told(Held held, Instant at) {
        var happenings = new ArrayList<>(histories.happenings(held.item()));
        happenings.addAll(held.migrating().happenings(at));
        return CaseFold.of(held.item().key(), held.item().type(), happenings);
    }

    /// What an act left behind.
    record Entered(Item item, Event event) {}

    /// Records an event of an item that is held.
    Entered enter(Item before, NewEvent event) {
        var recorded = ledger.append(event);
        var after = write(new Step(before, ItemFold.after(before, recorded), recorded));
        histories.remember(before, after, List.of(recorded));
        return new Entered(after, recorded);
    }

    /// Records an act that was judged; the item's way into the version that judged it goes before.
    Entered enter(Held held, Telling telling, Instant at, Actor actor) {
        var found = held.migrating().item();
        var events = held.migrating().events(at);
        if (events.isEmpty()) {
            return enter(found, telling.of(found.key(), found.version() + 1, actor));
        }
        events.add(telling.of(found.key(), found.version() + events.size() + 1, actor));
        var items = new HashMap<>(Map.of(found.key(), found));
        var recorded = enterAll(events, items);
        var after = Objects.requireNonNull(items.get(found.key()));
        histories.remember(found, after, recorded);
        return new Entered(after, recorded.getLast());
    }

    /// Records of items that are held their way into the versions in force, and nothing else.
    void migrate(List<Item> held) {
        var events = new ArrayList<NewEvent>();
        var items = new HashMap<String, Item>();
        for (var item : held) {
            var at = now(item);
            events.addAll(Migrating.of(procedures, item, at).events(at));
            items.put(item.key(), item);
        }
        var recorded = enterAll(events, items).stream().collect(Collectors.groupingBy(Event::object));
        for (var before : held) {
            var own = recorded.getOrDefault(ItemFold.PREFIX + before.key(), List.of());
            histories.remember(before, Objects.requireNonNull(items.get(before.key())), own);
        }
    }

    /// Records the event that begins an item.
    Item begin(NewEvent event) {
        var recorded = ledger.append(event);
        var made = write(new Step(null, ItemFold.after(null, recorded), recorded));
        histories.remember(made, recorded);
        return made;
    }

    /// Records many, each with the item before it, in few round trips.
    List<Event> enterAll(List<NewEvent> events, Map<String, Item> items) {
        var steps = new ArrayList<Step>(events.size());
        var entered = ledger.appendAll(events);
        for (var recorded : entered) {
            var key = recorded.object().substring(ItemFold.PREFIX.length());
            var before = items.get(key);
            var after = ItemFold.after(before, recorded);
            items.put(key, after);
            steps.add(new Step(before, after, recorded));
        }
        items.putAll(writing.write(steps));
        return entered;
    }

    private Item write(Step step) {
        return Objects.requireNonNull(
                writing.write(List.of(step)).get(step.after().key()));
    }

    /// Records something noticed: no version, no projection, the listeners hear of it.
    Event note(Item item, NewEvent event) {
        var recorded = ledger.append(event);
        listeners.publishEvent(new ItemChanged(item, recorded));
        return recorded;
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Now, as the item sees it: an act under its lock is not before what another server recorded of it.
    Instant now(Item item) {
        var now = now();
        var last = item.updatedAt();
        return last.isAfter(now) && last.isBefore(now.plus(SERVERS_DIFFER)) ? last : now;
    }

    /// @param item held under its lock
    /// @throws Problem 400 when somebody dates an act who may not
    Instant moment(@Nullable Instant occurredAt, Actor actor, Item item) {
        return occurredAt == null ? now(item) : moment(occurredAt, actor);
    }

    /// @throws Problem 400 when somebody dates an act who may not
    Instant moment(@Nullable Instant occurredAt, Actor actor) {
        if (occurredAt == null) {
            return now();
        }
        if (!MAY_DATE.contains(actor.via())) {
            throw Problem.badInput("occurred_at", "server_owned", "is the moment of the act and cannot be given.");
        }
        return occurredAt.truncatedTo(ChronoUnit.MILLIS);
    }

    static ItemType type(Procedure procedure, String name) {
        var type = procedure.types().get(name);
        if (type == null) {
            throw new IllegalStateException("Procedure " + procedure.version() + " knows no " + name);
        }
        return type;
    }

    /// The product of an item, as its key names it.
    static String product(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('-')));
    }

    static String shown(String key) {
        return key.length() > 40 ? key.substring(0, 40) : key;
    }
}
