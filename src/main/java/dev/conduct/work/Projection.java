package dev.conduct.work;

import static dev.conduct.work.ItemRows.time;

import dev.conduct.ledger.Event;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.ItemWrites.Change;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/// Writes what events made of items into the tables that screens read; any number of events in few round trips. The
/// door and the rebuilding use the same.
@Component
class Projection {

    /// @param before null when the event began the item
    record Step(@Nullable Item before, Item after, Event event) {

        Step due(@Nullable Instant due) {
            return Objects.equals(due, after.dueAt()) ? this : new Step(before, after.due(due), event);
        }

        /// Whether whoever saw the item before, or begins it, writes this as themselves: saying that the system does
        /// would cost two more statements, there and back.
        boolean keepsSight() {
            return OWN_ACTS.contains(event.action())
                    && HIDDEN.stream().noneMatch(event.data()::containsKey)
                    && (before == null
                            || before.readers() == null
                                    && after.readers() == null
                                    && Objects.equals(before.assignee(), after.assignee()));
        }
    }

    private static final Set<String> OWN_ACTS = Set.of("item.report", "item.transition", "item.edit");

    /// Parts of an event whose rows customers never read, not even what they wrote themselves.
    static final Set<String> HIDDEN = Set.of("kept", "cleared");

    private final ItemWrites rows;
    private final RemarkProjection remarks;
    private final FixProjection fixes;
    private final OverrideProjection overrides;
    private final NamedParameterJdbcTemplate batches;

    Projection(ItemWrites rows, Procedures procedures, NamedParameterJdbcTemplate batches) {
        this.rows = rows;
        this.remarks = new RemarkProjection(batches);
        this.fixes = new FixProjection(procedures, batches);
        this.overrides = new OverrideProjection(batches);
        this.batches = batches;
    }

    /// @param steps in the order of the ledger
    void write(List<Step> steps) {
        items(steps);
        var changing =
                steps.stream().filter(step -> ItemFold.changes(step.event())).toList();
        remarks.write(changing);
        links(changing);
        attachments(changing);
        kept(changing);
        fixes.write(changing);
        watchers(changing);
        evidence(changing);
        overrides.write(changing);
        externals(changing);
        withdrawn(changing);
    }

    /// With the item goes whatever refers to it. A rebuilding never gets here: it leaves such an item out.
    private void withdrawn(List<Step> steps) {
        batch("delete from work.item where key = :item", of(Withdrawals.ACTION, steps));
    }

    private void items(List<Step> steps) {
        var first = new LinkedHashMap<String, Step>();
        var last = new LinkedHashMap<String, Item>();
        for (var step : steps) {
            first.putIfAbsent(step.after().key(), step);
            last.put(step.after().key(), step.after());
        }
        var made = new ArrayList<ItemWrites.New>();
        var changed = new ArrayList<Change>();
        first.forEach((key, step) -> {
            var after = Objects.requireNonNull(last.get(key));
            if (step.before() == null) {
                made.add(new ItemWrites.New(after, said(steps, key)));
            } else if (step.before().version() != after.version()) {
                changed.add(new Change(step.before(), after));
            }
        });
        rows.insert(made);
        rows.update(changed);
        var said = new ArrayList<MapSqlParameterSource>();
        for (var change : changed) {
            var texts = said(steps, change.after().key());
            if (!texts.isEmpty()) {
                said.add(new MapSqlParameterSource("item", change.after().key())
                        .addValue("said", texts.toArray(String[]::new)));
            }
        }
        batch("update work.item_words set said = work.said_all(said, :said::text[]) where item = :item", said);
    }

    private static List<String> said(List<Step> steps, String key) {
        return Wordings.texts(steps.stream()
                .filter(step -> step.after().key().equals(key))
                .map(Step::event)
                .toList());
    }

    /// Takes away what was erased with a person.
    ///
    /// @param left the item as the rest of its history tells it
    /// @param said what is left of the comments, in the order of the ledger
    void forget(Item left, List<String> said, String person) {
        remarks.forget(left, said, person);
    }

    private void links(List<Step> steps) {
        batch("""
                insert into work.link (item, kind, other, added_by, at) values (:item, :kind, :other, :actor, :at)
                on conflict do nothing
                """, of("item.link", steps));
    }

    private void attachments(List<Step> steps) {
        batch("""
                insert into work.attachment (id, item, sha256, size, media_type, name, added_by, at, outside)
                values (:attachment::uuid, :item, :sha256, :size, :media_type, :name, :actor, :at, :outside)
                """, of("item.attach", steps));
        batch(
                "update work.attachment set outside = true where item = :item and id::text = any(:opened)",
                steps.stream()
                        .filter(step -> step.event().data().get("opens") instanceof List<?>)
                        .map(step -> values(step).addValue("opened", opened(step)))
                        .toList());
    }

    /// The files that customers may open since this was said to them.
    private static String[] opened(Step step) {
        return step.event().data().get("opens") instanceof List<?> files
                ? files.stream().map(String::valueOf).toArray(String[]::new)
                : new String[0];
    }

    /// Where the values lie that items do not hold.
    private void kept(List<Step> steps) {
        for (var step : steps) {
            if (step.event().data().get("cleared") instanceof List<?> cleared) {
                batch(
                        "delete from work.kept_field where item = :item and field = any(:fields)",
                        List.of(values(step)
                                .addValue(
                                        "fields",
                                        cleared.stream().map(String::valueOf).toArray(String[]::new))));
            }
            if (step.event().data().get("kept") instanceof Map<?, ?> kept) {
                batch(
                        """
                        insert into work.kept_field (item, field, event) values (:item, :field, :id)
                        on conflict (item, field) do update set event = excluded.event
                        """,
                        kept.keySet().stream()
                                .map(field -> values(step).addValue("field", field))
                                .toList());
            }
        }
    }

    /// The last word of each counts.
    private void watchers(List<Step> steps) {
        var last = new LinkedHashMap<String, Step>();
        steps.stream()
                .filter(step -> Set.of("item.watch", "item.unwatch")
                        .contains(step.event().action()))
                .forEach(
                        step -> last.put(step.after().key() + " " + step.event().actor(), step));
        var words = List.copyOf(last.values());
        batch("""
                insert into work.watcher (item, actor, watching) values (:item, :actor, true)
                on conflict (item, actor) do update set watching = true
                """, of("item.watch", words));
        batch("""
                insert into work.watcher (item, actor, watching) values (:item, :actor, false)
                on conflict (item, actor) do update set watching = false
                """, of("item.unwatch", words));
    }

    /// In order: rework voids what came before it, not what comes after.
    private void evidence(List<Step> steps) {
        for (var step : steps) {
            if (step.event().action().equals("item.attest")) {
                batch("""
                        insert into work.evidence (id, item, kind, verdict, passed, commit, build, url, note, actor, at, voided)
                        values (:id, :item, :kind, :verdict, :passed, :commit, :build, :url, :note, :actor, :at, false)
                        """, List.of(values(step)));
            } else if (step.event().data().get("voids") instanceof List<?> voids && !voids.isEmpty()) {
                batch(
                        "update work.evidence set voided = true where item = :item and kind = any(:kinds) and not voided",
                        List.of(values(step)
                                .addValue(
                                        "kinds",
                                        voids.stream().map(String::valueOf).toArray(String[]::new))));
            }
        }
    }

    private void externals(List<Step> steps) {
        batch(
                """
                insert into work.external (system, external_id, item) values (:system, :external_id, :item)
                """,
                steps.stream()
                        .filter(step -> step.event().data().containsKey("system"))
                        .map(Projection::values)
                        .toList());
        batch(
                "insert into work.external_act (item, act) values (:item, :external_act)",
                steps.stream()
                        .filter(step -> step.event().data().containsKey("external_act"))
                        .map(Projection::values)
                        .toList());
    }

    static List<MapSqlParameterSource> of(String action, List<Step> steps) {
        return steps.stream()
                .filter(step -> step.event().action().equals(action))
                .map(Projection::values)
                .toList();
    }

    /// Every value of the event by its name, what is absent as null.
    static MapSqlParameterSource values(Step step) {
        var event = step.event();
        var values = new MapSqlParameterSource()
                .addValue("id", event.id())
                .addValue("item", step.after().key())
                .addValue("actor", event.actor())
                .addValue("at", time(event.occurredAt()))
                .addValue("clause", event.clause());
        for (var name : List.of("commit", "build", "url", "note")) {
            values.addValue(name, null, Types.VARCHAR);
        }
        values.addValue("name", OwnWords.ERASED);
        event.data().forEach(values::addValue);
        event.content().forEach(values::addValue);
        return values.addValue("outside", ItemFold.outside(event, step.after()));
    }

    private void batch(String sql, List<MapSqlParameterSource> rows) {
        batch(batches, sql, rows);
    }

    static void batch(NamedParameterJdbcTemplate batches, String sql, List<MapSqlParameterSource> rows) {
        if (!rows.isEmpty()) {
            batches.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
        }
    }
}
