package dev.conduct.work;

import static dev.conduct.work.ItemRows.time;

import dev.conduct.ledger.Event;
import dev.conduct.work.Projection.Step;
import java.sql.Types;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/// Writes what events made of exceptions and of what they leave owing, in the order of the events.
final class OverrideProjection {

    private final NamedParameterJdbcTemplate database;

    OverrideProjection(NamedParameterJdbcTemplate database) {
        this.database = database;
    }

    void write(List<Step> steps) {
        for (var step : steps) {
            var statement = statement(step.event());
            if (!statement.isEmpty()) {
                database.update(statement, values(step));
            }
        }
    }

    private static String statement(Event event) {
        return switch (event.action()) {
            case "override.ask" -> """
                insert into work.override (id, item, transition, gate, clause, state, reason, asked_by, asked_at, ends_at)
                values (:override::uuid, :item, :transition, :gate, :clause, 'asked', :reason, :actor, :at,
                        :ends_at::timestamptz)
                """;
            case "override.approve" -> """
                update work.override
                   set state = 'approved', decided_by = :actor, decided_at = :at, note = :note,
                       ends_at = :ends_at::timestamptz
                 where id = :override::uuid
                """;
            case "override.decline" -> """
                update work.override set state = 'declined', decided_by = :actor, decided_at = :at, note = :note
                 where id = :override::uuid
                """;
            case "override.expire" -> "update work.override set state = 'expired' where id = :override::uuid";
            case "duty.owe" -> """
                insert into work.duty (id, item, transition, gate, clause, evidence, owed_by, owed_at, due_at)
                values (:duty::uuid, :item, :transition, :gate, :clause, :evidence, :owed_by, :at,
                        :due_at::timestamptz)
                """;
            case "duty.settle" -> """
                update work.duty set settled_by = :actor, settled_at = :at, note = :note where id = :duty::uuid
                """;
            case "duty.overdue" -> "update work.duty set overdue = true where id = :duty::uuid";
            case "item.transition" -> rework(event) ? """
                update work.override set state = 'voided' where item = :item and state in ('asked', 'approved')
                """ : "";
            default -> "";
        };
    }

    private static boolean rework(Event event) {
        return event.data().get("voids") instanceof List<?> voids && !voids.isEmpty();
    }

    private static MapSqlParameterSource values(Step step) {
        var event = step.event();
        var values = new MapSqlParameterSource();
        for (var name : List.of("reason", "note", "evidence")) {
            values.addValue(name, null, Types.VARCHAR);
        }
        event.data().forEach(values::addValue);
        event.content().forEach(values::addValue);
        return values.addValue("item", step.after().key())
                .addValue("actor", event.actor())
                .addValue("at", time(event.occurredAt()))
                .addValue("clause", event.clause());
    }
}
