package dev.conduct.clock;

import dev.conduct.clock.ClockRow.Alarm;
import dev.conduct.clock.ClockRows.Which;
import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType.ClockRule;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Items;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Tells, each once, that a clock is to be watched, that it ran out, and to whom it goes then: as events of the item.
///
/// One transaction a clock. Its row is locked first, then the item by the event; a change of the item takes them the
/// other way round, so waiting for the item is cut short and the row is tried again a second later.
@Component
public class Alarms {

    static final Actor ACTOR = new Actor("system:clock", "Clocks", Set.of(), "scheduler");

    private static final Logger log = LoggerFactory.getLogger(Alarms.class);
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(1);
    private static final Duration UNTIL_A_BROKEN_ONE_IS_TRIED_AGAIN = Duration.ofMinutes(1);
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ClockRows rows;
    private final Clocks clocks;
    private final Items items;
    private final Ledger ledger;
    private final Procedures procedures;
    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Alarms(
            ClockRows rows,
            Clocks clocks,
            Items items,
            Ledger ledger,
            Procedures procedures,
            JdbcClient database,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.clocks = clocks;
        this.items = items;
        this.ledger = ledger;
        this.procedures = procedures;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Deals with everything whose moment has come.
    ///
    /// @return when to look again, null when nothing is to come
    public @Nullable Instant ringAll(Instant now) {
        var more = ringNext(now);
        while (more) {
            more = ringNext(now);
        }
        return rows.nextMoment().orElse(null);
    }

    /// Deals with the clock whose moment came first.
    ///
    /// @return false when there was none
    boolean ringNext(Instant now) {
        var taken = new Which[1];
        try {
            transaction.executeWithoutResult(status -> rows.takeDue(now).ifPresent(which -> {
                taken[0] = which;
                database.sql("set local lock_timeout = '200ms'").update();
                ring(which, now);
            }));
            if (taken[0] != null) {
                clocks.forget(taken[0].item());
            }
        } catch (DataAccessException busy) {
            if (taken[0] == null) {
                throw busy;
            }
            log.info("Clock {} of {} is tried again in a second", taken[0].name(), taken[0].item());
            log.debug("Because", busy);
            rows.postpone(taken[0], now.plus(UNTIL_TRIED_AGAIN));
        } catch (RuntimeException broken) {
            if (taken[0] == null) {
                throw broken;
            }
            log.error("Clock {} of {} could not be read", taken[0].name(), taken[0].item(), broken);
            rows.postpone(taken[0], now.plus(UNTIL_A_BROKEN_ONE_IS_TRIED_AGAIN));
        }
        return taken[0] != null;
    }

    private void ring(Which which, Instant now) {
        var procedure = procedures.version(which.procedure());
        var type = clocks.type(procedure, which.type());
        var rule = type.clocks().stream()
                .filter(clock -> clock.name().equals(which.name()))
                .findFirst()
                .orElseThrow();
        var history = History.of(type, ledger.eventsOf("item:" + which.item()));
        var reading = ClockReading.of(rule, clocks.timetable(procedure), history.happenings(), now).stream()
                .filter(round -> round.round() == which.round())
                .findFirst()
                .orElseThrow();
        var due = ClockRow.due(rule, reading, history, now);
        for (var alarm : due) {
            items.notice(notice(which, rule, reading, alarm), ACTOR);
        }
        var told =
                history.andTold(due.stream().map(alarm -> alarm.told(reading)).toList());
        rows.keep(ClockRow.of(which.item(), which.type(), which.procedure(), rule, reading, told, now));
    }

    private static Items.Notice notice(Which which, ClockRule rule, ClockReading reading, Alarm alarm) {
        var data = new HashMap<String, Object>(Map.of(
                "clock", which.name(),
                "round", (long) which.round(),
                "target", reading.targetName()));
        if (reading.dueAt() != null) {
            data.put("due_at", MILLISECONDS.format(reading.dueAt()));
        }
        if (alarm.action().equals("clock.escalate")) {
            data.put("roles", rule.escalateTo().stream().sorted().toList());
        }
        return new Items.Notice(which.item(), alarm.action(), rule.clause(), data, alarm.at());
    }
}
