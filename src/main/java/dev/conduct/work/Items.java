package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The one door: whatever changes an item, from whatever side, comes through here. Each act authorises, judges the
/// gates, appends its event, updates the projection and tells the listeners, in one transaction; or it is refused,
/// and the refusal is an event too.
@Component
public class Items {

    private final Reports reports;
    private final Moves moves;
    private final Edits edits;
    private final Remarks remarks;
    private final Rewordings rewordings;
    private final Withdrawals withdrawals;
    private final Restrictions restrictions;
    private final HistoryDoor history;
    private final ItemRows rows;
    private final Histories histories;
    private final Door door;

    Items(
            Reports reports,
            Moves moves,
            Edits edits,
            Remarks remarks,
            Rewordings rewordings,
            Withdrawals withdrawals,
            Restrictions restrictions,
            HistoryDoor history,
            ItemRows rows,
            Histories histories,
            Door door) {
        this.reports = reports;
        this.moves = moves;
        this.edits = edits;
        this.remarks = remarks;
        this.rewordings = rewordings;
        this.withdrawals = withdrawals;
        this.restrictions = restrictions;
        this.history = history;
        this.rows = rows;
        this.histories = histories;
        this.door = door;
    }

    /// @param occurredAt null for now; imports and the demo give the original time
    public record Report(
            String type,
            String product,
            String title,
            String description,
            Map<String, Object> fields,
            @Nullable String assignee,
            @Nullable Instant occurredAt) {}

    /// @param expectedVersion null to accept any
    public record Move(
            String key,
            String transition,
            Map<String, Object> fields,
            @Nullable String assignee,
            @Nullable String comment,
            @Nullable Long expectedVersion,
            @Nullable Instant occurredAt) {}

    /// Absent members stay as they are; an empty text takes a field's value, or the assignee, away.
    public record Edit(
            String key,
            @Nullable String title,
            @Nullable String description,
            Map<String, Object> fields,
            @Nullable String assignee,
            @Nullable Long expectedVersion,
            @Nullable Instant occurredAt) {}

    public record Attestation(
            String key,
            String kind,
            String verdict,
            @Nullable String commit,
            @Nullable String build,
            @Nullable String url,
            @Nullable String note,
            @Nullable Instant occurredAt) {}

    /// @param readers null opens it to whoever sees the product; else ids, e-mail addresses, `team:…` and `role:…`
    public record Restriction(
            String key,
            @Nullable List<String> readers,
            @Nullable Long expectedVersion) {}

    /// Something noticed about an item (a clock that ran out, a test that shows it): recorded, changes no field. Who
    /// may say so is for the module to ask that says it.
    ///
    /// @param occurredAt null for now; only the system gives another time
    public record Notice(
            String key,
            String action,
            @Nullable String clause,
            Map<String, Object> data,
            @Nullable Instant occurredAt) {}

    public Item report(Report report, Actor actor) {
        return reports.report(report, actor);
    }

    public Item move(Move move, Actor actor) {
        return moves.move(move, actor.on(Door.product(move.key())));
    }

    public Item edit(Edit edit, Actor actor) {
        return edits.edit(edit, actor.on(Door.product(edit.key())));
    }

    public Item attest(Attestation attestation, Actor actor) {
        return remarks.attest(attestation, actor).item();
    }

    public Item comment(String key, String text, @Nullable Instant occurredAt, Actor actor) {
        return comment(key, text, false, occurredAt, actor);
    }

    /// @param outside true: customers who see the item read it too; what customers say, they read
    public Item comment(String key, String text, boolean outside, @Nullable Instant occurredAt, Actor actor) {
        return remarks.comment(key, text, outside, occurredAt, actor).item();
    }

    /// Says otherwise what the actor said.
    ///
    /// @param comment its id
    public Item reword(String key, String comment, String text, Actor actor) {
        return rewordings.reword(key, comment, text, actor);
    }

    /// Deletes what the actor said: nobody reads it any more, and that it was deleted stays.
    ///
    /// @param comment its id
    public Item unsay(String key, String comment, Actor actor) {
        return rewordings.delete(key, comment, actor);
    }

    public Item link(String key, String kind, String other, @Nullable Instant occurredAt, Actor actor) {
        return remarks.link(key, kind, other, occurredAt, actor);
    }

    /// Restricts an item to those named, or opens it.
    public Item restrict(Restriction restriction, Actor actor) {
        return restrictions.restrict(restriction, actor);
    }

    public Item watch(String key, boolean watching, Actor actor) {
        return remarks.watch(key, watching, actor);
    }

    public void notice(Notice notice, Actor actor) {
        remarks.notice(notice, actor);
    }

    /// @throws dev.conduct.kernel.Problem 404 when not there or not visible to the actor
    public Item findVisible(String key, Actor actor) {
        return rows.find(key, Sight.of(actor)).orElseThrow(() -> Problem.notFound("The item " + Door.shown(key)));
    }

    /// Whether the actor still sees it: an act may have restricted it to others.
    boolean sees(String key, Actor actor) {
        return rows.visibleKey(key, Sight.of(actor)).isPresent();
    }

    /// Those of these items that the actor sees.
    public List<Item> visible(java.util.Collection<String> keys, Actor actor) {
        return keys.isEmpty() ? List.of() : rows.visible(keys, Sight.of(actor));
    }

    /// As its next act will find it, whether or not the version in force has been recorded of it yet.
    ///
    /// @throws dev.conduct.kernel.Problem 404 when not there or not visible to the actor
    public Standing standing(String key, Actor actor) {
        return standing(findVisible(key, actor));
    }

    /// Of an item that the actor has just read.
    public Standing standing(Item item) {
        return door.standing(item);
    }

    /// Records history of other systems, in order, in one transaction: original times, authors and states; gates
    /// observe and never refuse. Safe to repeat. Only the import and the demo may; no request reaches it. Give it
    /// some hundred items at a time.
    ///
    /// @param importer who imports; `via` must be `import` or `demo`
    public List<HistoricResult> history(List<HistoricItem> items, Actor importer) {
        return history.record(items, importer);
    }

    /// Takes back what an import brought and nobody has touched since, some hundred at a time.
    ///
    /// @param run the import, named in each event
    /// @param versions by key, the version in which the import left it
    /// @param alike which of some keys came by the same import: a link among those keeps nothing
    /// @param importer `via` must be `import`
    /// @return by key, why it stays
    public Map<String, String> withdraw(
            String run,
            Map<String, Long> versions,
            java.util.function.Function<java.util.Collection<String>, java.util.Set<String>> alike,
            Actor importer) {
        return withdrawals.withdraw(run, versions, alike, importer);
    }

    /// The history as rules see it.
    public dev.conduct.procedure.Case caseOf(String key) {
        return histories.of(
                rows.find(key, Sight.OF_THE_SYSTEM).orElseThrow(() -> Problem.notFound("The item " + Door.shown(key))));
    }

    /// Every transition from where the item stands, each with its signals, for this actor now.
    public List<dev.conduct.procedure.Signal.Verdict> verdicts(String key, Actor actor) {
        return verdicts(findVisible(key, actor), actor);
    }

    /// Of an item that the actor has just read.
    List<dev.conduct.procedure.Signal.Verdict> verdicts(Item item, Actor actor) {
        return moves.verdicts(item, actor);
    }

    /// By the words of the version that judges it now.
    dev.conduct.procedure.Case caseOf(Standing standing) {
        return door.past(standing);
    }
}
