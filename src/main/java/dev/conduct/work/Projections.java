package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.ItemProjection.Whole;
import dev.conduct.work.Projection.Step;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The tables that screens read, made anew from the ledger alone and held beside the live ones. Everything happens in
/// one transaction that sees one moment, while others go on working: an act's event and its rows are seen together or
/// not at all.
@Component
public class Projections {

    /// What people keep for themselves follows from no event.
    private static final List<String> NOT_FROM_THE_LEDGER =
            List.of("work.saved_view", "work.first_view", "work.content", "work.kept_code", "work.kept_seen");

    private static final int EVENTS_AT_ONCE = 2_000;
    private static final int ATTEMPTS = 5;

    private final Ledger ledger;
    private final Procedures procedures;
    private final List<ItemProjection> others;
    private final List<LedgerProjection> beside;
    private final KeptCodes codes;
    private final DataSource source;
    private final JdbcClient database;
    private final InstantSource time;
    private final TransactionTemplate oneMoment;

    Projections(
            Ledger ledger,
            Procedures procedures,
            List<ItemProjection> others,
            List<LedgerProjection> beside,
            KeptCodes codes,
            DataSource source,
            JdbcClient database,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.procedures = procedures;
        this.others = others;
        this.beside = beside;
        this.codes = codes;
        this.source = source;
        this.database = database;
        this.time = time;
        this.oneMoment = new TransactionTemplate(transactions);
        this.oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /// A row that is not what the ledger says.
    ///
    /// @param key the values of its primary key
    /// @param says what differs, a sentence for each column
    public record Difference(String table, String key, List<String> says) {}

    /// Compares every table and changes none.
    ///
    /// @return the first row that differs
    public Optional<Difference> check() {
        return inOneMoment(() -> {
            for (var comparison : rebuilt()) {
                var difference = comparison.first(database);
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        });
    }

    /// Puts the rebuilt rows in the place of those that differ, all of them or none, and records that it did. The
    /// items concerned are held meanwhile; if one of them changed since the ledger was read, all is done anew.
    ///
    /// @return by table, how many rows were replaced, added or removed; empty when nothing differed
    /// @throws Problem 503 when the items concerned never stood still
    public Map<String, Integer> rebuild(Actor actor) {
        for (var attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                return inOneMoment(() -> mend(rebuilt(), actor));
            } catch (ConcurrencyFailureException changed) {
                // Told below when it was the last attempt.
            }
        }
        throw Problem.unavailable(
                "busy", "The items to be mended are being changed all the time. Try again when it is quieter.");
    }

    private <T> T inOneMoment(Supplier<T> work) {
        return java.util.Objects.requireNonNull(oneMoment.execute(status -> {
            database.sql("set local statement_timeout = 0").update();
            return work.get();
        }));
    }

    private Map<String, Integer> mend(List<Comparison> comparisons, Actor actor) {
        var items = new TreeSet<String>();
        comparisons.forEach(comparison -> items.addAll(comparison.items(database)));
        database.sql("select key from work.item where key = any(:items) order by key for update")
                .param("items", items.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
        var mended = new LinkedHashMap<String, Integer>();
        comparisons.reversed().forEach(it -> mended.merge(it.table(), it.remove(database), Integer::sum));
        comparisons.forEach(it -> mended.merge(it.table(), it.write(database), Integer::sum));
        mended.values().removeIf(rows -> rows == 0);
        // Who is mended loses codes with the old row.
        while (codes.lookAtNew(EVENTS_AT_ONCE) > 0) {
            continue;
        }
        if (!mended.isEmpty()) {
            record(mended, actor);
        }
        return mended;
    }

    private void record(Map<String, Integer> mended, Actor actor) {
        ledger.append(new NewEvent(
                time.instant().truncatedTo(ChronoUnit.MILLIS),
                actor.id(),
                actor.via(),
                "projection.mend",
                "system:projections",
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(
                        "tables",
                        mended.entrySet().stream()
                                .map(table -> Map.of("table", table.getKey(), "rows", (long) table.getValue()))
                                .toList()),
                Map.of()));
    }

    private List<Comparison> rebuilt() {
        var tables = Stream.of(
                        own().stream(),
                        others.stream().flatMap(other -> other.tables().stream()),
                        beside.stream().flatMap(other -> other.tables().stream()))
                .flatMap(some -> some)
                .toList();
        var shadow = Shadow.of(tables, source, database);
        var rebuilt = JdbcClient.create(shadow);
        var batches = new NamedParameterJdbcTemplate(shadow);
        products(rebuilt);
        items(rebuilt, new ItemWrites(rebuilt, batches, procedures), batches);
        ComponentProjection.followAll(rebuilt, procedures);
        beside.forEach(other -> other.write(rebuilt));
        settle();
        others.forEach(ItemProjection::settle);
        tables.forEach(table -> database.sql("analyze " + Shadow.twin(table)).update());
        return tables.stream().map(table -> Comparison.of(table, database)).toList();
    }

    /// Those that others refer to come first.
    private List<String> own() {
        return database.sql("""
                        select 'work.' || relname
                          from pg_class
                         where relnamespace = 'work'::regnamespace and relkind = 'r'
                           and 'work.' || relname <> all(:others)
                         order by array_position(array['product', 'component', 'item', 'override'], relname::text), relname
                        """)
                .param("others", NOT_FROM_THE_LEDGER.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .list();
    }

    private void products(JdbcClient rebuilt) {
        ledger.replayByObject("product:", event -> ProductRows.of(event).ifPresent(row -> row.write(rebuilt)));
    }

    private void items(JdbcClient rebuilt, ItemWrites rows, NamedParameterJdbcTemplate batches) {
        var chunk = new Chunk(new Projection(rows, procedures, batches), rebuilt, rows);
        ledger.replayByObject(ItemFold.PREFIX, chunk::take);
        chunk.write();
    }

    /// The numbers given to items that were never made follow from no event, and none is given twice.
    private void settle() {
        database.sql("""
                        update pg_temp.product rebuilt
                           set next_number = greatest(live.next_number, rebuilt.next_number,
                                                      (select max(number) + 1 from pg_temp.item
                                                        where product = rebuilt.key))
                          from work.product live
                         where live.key = rebuilt.key
                        """).update();
        // A link ends with either end: the other may have been withdrawn.
        database.sql("""
                        delete from pg_temp.link
                         where not exists (select from pg_temp.item where item.key = link.other)
                        """).update();
    }

    /// Some items whole, so that no more of the ledger is in memory at once.
    private final class Chunk {

        private final Projection projection;
        private final JdbcClient rebuilt;
        private final ItemWrites rows;
        private final List<Step> steps = new ArrayList<>();
        private final List<Whole> wholes = new ArrayList<>();
        private List<Event> events = new ArrayList<>();
        private @Nullable Item item;
        private String object = "";

        Chunk(Projection projection, JdbcClient rebuilt, ItemWrites rows) {
            this.projection = projection;
            this.rebuilt = rebuilt;
            this.rows = rows;
        }

        void take(Event event) {
            if (!event.object().equals(object)) {
                end();
                object = event.object();
            }
            events.add(event);
            if (ItemFold.changes(event) && (item != null || event.action().equals("item.report"))) {
                var after = ItemFold.after(item, event);
                steps.add(new Step(item, after, event));
                item = after;
                if (event.action().equals(Withdrawals.ACTION)) {
                    steps.removeIf(step -> step.event().object().equals(object));
                    item = null;
                }
            }
        }

        private void end() {
            if (item != null) {
                wholes.add(new Whole(item, events));
            }
            item = null;
            events = new ArrayList<>();
            if (steps.size() >= EVENTS_AT_ONCE) {
                flush();
            }
        }

        void write() {
            end();
            flush();
        }

        private void flush() {
            projection.write(steps);
            others.forEach(other -> other.write(wholes, rebuilt, rows::due));
            steps.clear();
            wholes.clear();
        }
    }
}
