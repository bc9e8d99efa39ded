package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.sql.Types;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How many records of a line are open, overrun, at risk. Counting takes longer the more there are, so it is done at
/// most a hundredth of the time: at once in a small installation, every few seconds in a large one.
@Component
class LineCounts {

    private static final int SPARED = 100;

    private final JdbcClient database;
    private final AtRisk atRisk;
    private final InstantSource time;
    private final Map<String, Counted> known = new ConcurrentHashMap<>();

    private record Counted(LinePage.Counts counts, long at, long took) {

        boolean fresh() {
            return System.nanoTime() - at < took * SPARED;
        }
    }

    LineCounts(JdbcClient database, AtRisk atRisk, InstantSource time) {
        this.database = database;
        this.atRisk = atRisk;
        this.time = time;
    }

    LinePage.Counts of(String type, Actor actor) {
        var sight = Sight.of(actor);
        if (!sight.all()) {
            return count(type, sight);
        }
        var counted = known.get(type);
        if (counted == null || !counted.fresh()) {
            var began = System.nanoTime();
            var counts = count(type, sight);
            var now = System.nanoTime();
            counted = new Counted(counts, now, now - began);
            known.put(type, counted);
        }
        return counted.counts();
    }

    boolean hasProducts() {
        return database.sql("select exists (select 1 from work.product)")
                .query(Boolean.class)
                .single();
    }

    private long risk(String type, Sight sight) {
        return sight.all() ? atRisk.count(type) : atRisk.among(own(type, sight)).size();
    }

    private List<String> own(String type, Sight sight) {
        return database.sql("select key from work.item where type = :type and open and reporter = :actor limit 1000")
                .param("type", type)
                .param("actor", sight.actor())
                .query((row, number) -> row.getString("key"))
                .list();
    }

    private LinePage.Counts count(String type, Sight sight) {
        var now = time.instant();
        return database.sql("""
                select count(*) filter (where open) as open,
                       count(*) as every,
                       count(*) filter (where open and due_at < :now) as overrun
                  from work.item
                 where type = :type and (:all or reporter = :actor)
                """)
                .param("type", type)
                .param("now", now.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("all", sight.all())
                .param("actor", sight.actor())
                .query((row, number) -> new LinePage.Counts(
                        row.getLong("open"), row.getLong("every"), row.getLong("overrun"), risk(type, sight)))
                .single();
    }
}
