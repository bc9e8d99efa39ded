package dev.conduct.clock;

import dev.conduct.work.ItemProjection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The clocks of items, computed anew with the items.
@Component
class RebuildClocks implements ItemProjection {

    private final Clocks clocks;
    private final JdbcClient database;
    private final InstantSource time;

    RebuildClocks(Clocks clocks, JdbcClient database, InstantSource time) {
        this.clocks = clocks;
        this.database = database;
        this.time = time;
    }

    @Override
    public List<String> tables() {
        return List.of("clock.clock");
    }

    @Override
    public void write(List<Whole> items, JdbcClient rebuilt, BiConsumer<String, @Nullable Instant> due) {
        var rows = items.stream()
                .flatMap(whole -> clocks.rows(whole.item(), whole.events(), time.instant()).stream())
                .toList();
        new ClockRows(rebuilt)
                .replace(items.stream().map(whole -> whole.item().key()).toList(), rows);
        Clocks.mostUrgent(rows).forEach(due);
    }

    /// A clock whose moment has come stands as it was last looked at until it is rung.
    @Override
    public void settle() {
        database.sql("""
                        update pg_temp.clock rebuilt
                           set state = live.state, next_moment = live.next_moment
                          from clock.clock live
                         where (live.item, live.name, live.round) = (rebuilt.item, rebuilt.name, rebuilt.round)
                           and least(live.next_moment, rebuilt.next_moment) <= :now
                        """).param("now", time.instant().atOffset(ZoneOffset.UTC)).update();
    }
}
