package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import java.sql.Types;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How many records of a line are open, overrun, at risk. Counting takes longer the more there are, so it is done at
/// most a hundredth of the time: at once in a small installation, every few seconds in a large one.
@Component
class LineCounts {

    private static final int SPARED = 100;

    private final JdbcClient database;
    private final AtRisk atRisk;
    private final Readers readers;
    private final InstantSource time;
    private final Map<String, Counted> known = new ConcurrentHashMap<>();

    /// Everybody with a role held company-wide sees the same of these.
    private static final String OPEN = " and i.readers is null";

    private static final String RESTRICTED = " and i.readers is not null";

    /// @param restricted whether there are restricted ones beside them
    private record Counts(LinePage.Counts counts, boolean restricted) {}

    private record Counted(Counts counts, long at, long took) {

        boolean fresh() {
            return System.nanoTime() - at < took * SPARED;
        }
    }

    LineCounts(JdbcClient database, AtRisk atRisk, Readers readers, InstantSource time) {
        this.database = database;
        this.atRisk = atRisk;
        this.readers = readers;
        this.time = time;
    }

    /// Of the product that the actor has pages narrowed to, else of all.
    LinePage.Counts of(String type, Actor actor) {
        var sight = Sight.of(actor);
        var product = ChosenProduct.wanted(actor);
        return switch (sight.reach()) {
            case SYSTEM, OUTSIDE -> count(type, product, sight, "");
            case PRODUCTS ->
                counted(
                                type + " " + product + " " + actor.id(),
                                () -> new Counts(count(type, product, sight, ""), false))
                        .counts();
            case COMPANY -> {
                var all = counted(type + " " + product, () -> readers.system(() -> counts(type, product, sight, OPEN)));
                yield all.restricted() ? all.counts().and(count(type, product, sight, RESTRICTED)) : all.counts();
            }
        };
    }

    private Counts counted(String what, Supplier<Counts> count) {
        var counted = known.get(what);
        if (counted == null || !counted.fresh()) {
            var began = System.nanoTime();
            var counts = count.get();
            var now = System.nanoTime();
            counted = new Counted(counts, now, now - began);
            known.put(what, counted);
        }
        return counted.counts();
    }

    boolean hasProducts() {
        return database.sql("select exists (select 1 from work.product)")
                .query(Boolean.class)
                .single();
    }

    private LinePage.Counts count(String type, String product, Sight sight, String only) {
        return counts(type, product, sight, only).counts();
    }

    private Counts counts(String type, String product, Sight sight, String only) {
        var now = time.instant();
        var seen = sight.of("i") + only + (product.isEmpty() ? "" : " and i.product = :chosen");
        var parameters = new HashMap<>(sight.parameters());
        parameters.put("chosen", product);
        return database.sql("""
                select count(*) filter (where open) as open,
                       count(*) as every,
                       count(*) filter (where open and due_at < :now) as overrun,
                       exists (select from work.item r where r.type = :type and r.readers is not null) as restricted
                  from work.item i
                 where type = :type and
                """ + seen)
                .param("type", type)
                .param("now", now.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .params(parameters)
                .query((row, number) -> new Counts(
                        new LinePage.Counts(
                                row.getLong("open"),
                                row.getLong("every"),
                                row.getLong("overrun"),
                                atRisk.count(type, seen, parameters)),
                        row.getBoolean("restricted")))
                .single();
    }
}
