package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What roles allow before any transition asks.
@ConductTest
class RightsTest {

    private final Items items;
    private final Remarks remarks;
    private final ItemLists lists;
    private final Ledger ledger;
    private final People people;
    private final Procedures procedures;
    private final Cast cast;

    RightsTest(
            Items items,
            Remarks remarks,
            ItemLists lists,
            Products products,
            People people,
            Procedures procedures,
            Ledger ledger) {
        this.procedures = procedures;
        this.items = items;
        this.remarks = remarks;
        this.lists = lists;
        this.ledger = ledger;
        this.people = people;
        this.cast = new Cast(items, products, people);
    }

    private Item edit(Item item, Map<String, Object> fields, @Nullable String assignee, Actor actor) {
        return items.edit(new Items.Edit(item.key(), null, null, fields, assignee, null, null), actor);
    }

    private Item assign(Item item, String assignee) {
        return items.move(new Items.Move(item.key(), "assign", Map.of(), assignee, null, null, null), cast.lea);
    }

    private void refusedAndRecorded(Item item, ThrowingCallable act, Actor actor, String action) {
        var refusal = catchThrowableOfType(GateClosed.class, act);
        assertThat(refusal).as(action).isNotNull();
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.code()).isEqualTo("role");
        assertThat(refusal.reasons()).isNotEmpty();
        var last = ledger.eventsOf("item:" + item.key()).getLast();
        assertThat(last.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(last.action()).isEqualTo(action);
        assertThat(last.actor()).isEqualTo(actor.id());
    }

    @Test
    void a_page_offers_to_begin_a_record_to_whoever_may_for_some_product() {
        var procedure = procedures.all().getLast();
        var release = Objects.requireNonNull(procedure.types().get("release"));
        var bug = Objects.requireNonNull(procedure.types().get("bug"));
        var ofOneProduct = new Actor(
                cast.ruth.id(),
                "Ruth",
                Set.of(),
                "page",
                null,
                null,
                new Membership(
                        Map.of(cast.product, Set.of("release_manager")), Set.of(), null, Membership.Reach.PRODUCTS),
                Map.of());

        assertThat(Rights.mayBegin(procedure, release, ofOneProduct)).isTrue();
        assertThat(Rights.mayBegin(procedure, release, cast.ruth)).isTrue();
        assertThat(Rights.mayBegin(procedure, release, cast.sam)).isFalse();
        assertThat(Rights.mayBegin(procedure, bug, cast.sam)).isTrue();
        assertThat(Rights.mayBegin(procedure, bug, cast.as("Aud", "auditor"))).isFalse();
    }

    @Test
    void an_auditor_reads_everything_and_changes_nothing() {
        var bug = cast.reported();
        var other = cast.reported();
        var audrey = cast.as("Audrey", "auditor");

        refusedAndRecorded(bug, () -> edit(bug, Map.of("severity", "low"), null, audrey), audrey, "item.edit");
        refusedAndRecorded(bug, () -> items.comment(bug.key(), "Hm", null, audrey), audrey, "item.comment");
        refusedAndRecorded(
                bug, () -> remarks.link(bug.key(), "blocks", other.key(), null, audrey), audrey, "item.link");
        refusedAndRecorded(bug, () -> remarks.watch(bug.key(), true, audrey), audrey, "item.watch");
        refusedAndRecorded(bug, () -> cast.move(bug, "log", audrey), audrey, "item.transition");
        refusedAndRecorded(bug, () -> cast.attest(bug, "watch", "a1b2c3d", audrey), audrey, "item.attest");
        assertThat(catchThrowableOfType(
                                GateClosed.class,
                                () -> items.report(
                                        new Items.Report(
                                                "bug", cast.product, "Seen", "", Map.of("severity", "low"), null, null),
                                        audrey))
                        .status())
                .isEqualTo(403);
        assertThat(items.findVisible(bug.key(), audrey).version()).isEqualTo(bug.version());
    }

    @Test
    void an_administrator_moves_no_work_and_may_still_remark_and_report() {
        var bug = cast.reported();

        refusedAndRecorded(bug, () -> edit(bug, Map.of("severity", "low"), null, cast.ana), cast.ana, "item.edit");

        items.comment(bug.key(), "Which release?", null, cast.ana);
        var own = items.report(
                new Items.Report("bug", cast.product, "Seen", "", Map.of("severity", "low"), null, null), cast.ana);
        assertThat(own.state()).isEqualTo("reported");
    }

    @Test
    void somebody_with_several_roles_may_do_what_any_of_them_allows() {
        var bug = cast.reported();
        var both = cast.as("Both", "auditor", "administrator", "support");

        assertThat(edit(bug, Map.of("severity", "low"), null, both).fields()).containsEntry("severity", "low");
    }

    @Test
    void what_is_over_is_corrected_by_who_may_reopen_it() {
        var bug = cast.move(cast.reported(), "reject", cast.sam, "reason", "rejected");

        refusedAndRecorded(bug, () -> edit(bug, Map.of("impact", "None"), null, cast.ruth), cast.ruth, "item.edit");

        assertThat(edit(bug, Map.of("impact", "None"), null, cast.sam).fields()).containsEntry("impact", "None");
    }

    @Test
    void handing_over_the_work_of_somebody_else_is_refused_and_recorded() {
        var bug = cast.inFix();
        var dan = cast.as("Dan", "developer");

        refusedAndRecorded(bug, () -> edit(bug, Map.of(), dan.id(), dan), dan, "item.edit");

        assertThat(edit(bug, Map.of(), dan.id(), cast.tom).assignee()).isEqualTo(dan.id());
    }

    @Test
    void a_report_taken_in_is_not_changed_from_outside_and_the_try_is_recorded() {
        var bug = cast.logged();

        refusedAndRecorded(bug, () -> edit(bug, Map.of("steps", "New"), null, cast.carla), cast.carla, "item.edit");
    }

    @Test
    void whoever_reports_assigns_nobody_and_learns_of_nobody_from_outside() {
        for (var somebody : new String[] {cast.lea.id(), "nobody@example.com", "me"}) {
            var refusal = catchThrowableOfType(
                    GateClosed.class,
                    () -> items.report(
                            new Items.Report(
                                    "bug", cast.product, "Mine", "", Map.of("severity", "low"), somebody, null),
                            cast.carla));
            assertThat(refusal.code()).as(somebody).isEqualTo("role");
        }
        assertThat(catchThrowableOfType(
                                Problem.class, () -> lists.page("assignee:" + cast.lea.id(), null, null, cast.carla))
                        .errors())
                .isEqualTo(catchThrowableOfType(
                                Problem.class,
                                () -> lists.page("assignee:" + unknown(cast.lea.id()), null, null, cast.carla))
                        .errors()
                        .stream()
                        .map(error -> new dev.conduct.kernel.FieldProblem(
                                error.field(),
                                error.code(),
                                error.says().replace(unknown(cast.lea.id()), cast.lea.id())))
                        .toList());
        assertThat(items.report(
                                new Items.Report(
                                        "bug",
                                        cast.product,
                                        "Ours",
                                        "",
                                        Map.of("severity", "low"),
                                        cast.tom.id(),
                                        null),
                                cast.lea)
                        .assignee())
                .isEqualTo(cast.tom.id());
    }

    private static String unknown(String id) {
        return id.substring(0, id.length() - 1) + (id.endsWith("0") ? "1" : "0");
    }

    @Test
    void work_is_assigned_to_nobody_who_cannot_sign_in() {
        var author = people.known("jira", "gone " + cast.product, "Gone " + cast.product);
        var bug = cast.triaged();

        assertThat(catchThrowableOfType(Problem.class, () -> assign(bug, author.id()))
                        .errors())
                .extracting(dev.conduct.kernel.FieldProblem::code)
                .containsExactly("inactive_person");
    }

    @Test
    void taking_the_assignee_away_does_not_pass_where_somebody_must_be_assigned() {
        var bug = edit(cast.triaged(), Map.of(), cast.tom.id(), cast.lea);

        var refusal = catchThrowableOfType(GateClosed.class, () -> assign(bug, ""));

        assertThat(refusal.code()).isEqualTo("gate_closed");
        assertThat(items.findVisible(bug.key(), cast.lea).assignee()).isEqualTo(cast.tom.id());
        assertThat(assign(bug, cast.tom.id()).state()).isEqualTo("assigned");
    }

    @Test
    void a_refused_report_for_a_product_that_is_not_there_is_a_bad_request() {
        var audrey = cast.as("Audrey", "auditor");

        var refusal = catchThrowableOfType(
                Problem.class,
                () -> items.report(
                        new Items.Report("bug", "no product", "Seen", "", Map.of("severity", "low"), null, null),
                        audrey));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.errors())
                .extracting(dev.conduct.kernel.FieldProblem::code)
                .containsExactly("unknown_product");
    }
}
