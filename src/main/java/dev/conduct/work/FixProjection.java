package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Projection.Step;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/// Who has mended what, and in which component.
final class FixProjection {

    private final Procedures procedures;
    private final NamedParameterJdbcTemplate batches;

    FixProjection(Procedures procedures, NamedParameterJdbcTemplate batches) {
        this.procedures = procedures;
        this.batches = batches;
    }

    /// Who took a transition that earns credit, and in which component; when that changes, so does what it counts for.
    void write(List<Step> steps) {
        for (var step : steps) {
            var before = step.before();
            var type = type(step.after());
            var component = type.component(step.after().fields()).orElse(null);
            var taken =
                    type.transitions().get(String.valueOf(step.event().data().get("transition")));
            if (taken != null && taken.credit() != null) {
                Projection.batch(
                        batches,
                        """
                        insert into work.fix (item, fixer, product, component, at)
                        values (:item, :actor, :product, :component, :at)
                        on conflict (item, fixer) do update set component = excluded.component, at = excluded.at
                        """,
                        List.of(Projection.values(step)
                                .addValue("product", step.after().product())
                                .addValue("component", component, Types.VARCHAR)));
            }
            if (before != null
                    && !Objects.equals(type(before).component(before.fields()).orElse(null), component)) {
                Projection.batch(
                        batches,
                        "update work.fix set component = :component where item = :item",
                        List.of(Projection.values(step).addValue("component", component, Types.VARCHAR)));
            }
        }
    }

    private ItemType type(Item item) {
        return Door.type(procedures.version(item.procedureVersion()), item.type());
    }
}
