package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class OverridesTest {

    private static final String COMMIT = "a1b2c3d4e5f6";
    private static final String REASON = "Payments stand still; the test machine is down.";
    private static final Duration A_DAY = Duration.ofHours(24);
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    private final Items items;
    private final Overrides overrides;
    private final Duties duties;
    private final DutyRows dutyRows;
    private final ExceptionPanel panel;
    private final Pasts pasts;
    private final Projections projections;
    private final Ledger ledger;
    private final JdbcClient database;
    private final TestClock clock;
    private final Cast cast;
    private final Item bug;

    OverridesTest(
            Items items,
            Products products,
            People people,
            Overrides overrides,
            Duties duties,
            DutyRows dutyRows,
            ExceptionPanel panel,
            Pasts pasts,
            Projections projections,
            Ledger ledger,
            JdbcClient database,
            TestClock clock) {
        this.items = items;
        this.overrides = overrides;
        this.duties = duties;
        this.dutyRows = dutyRows;
        this.panel = panel;
        this.pasts = pasts;
        this.projections = projections;
        this.ledger = ledger;
        this.database = database;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.bug = cast.inFix();
    }

    @AfterEach
    void the_tables_are_what_the_events_made_of_them() {
        var fold = OverrideFold.of(bug.key(), events());

        assertThat(overrides.page(bug.key(), 200, null, cast.paula).items())
                .containsExactlyInAnyOrderElementsOf(fold.overrides());
        assertThat(dutyRows.ofItem(bug.key())).containsExactlyInAnyOrderElementsOf(fold.duties());
        assertThat(events())
                .filteredOn(event -> event.outcome() == Outcome.SUCCESS)
                .last()
                .satisfies(last -> assertThat(last.objectVersion())
                        .isEqualTo(items.findVisible(bug.key(), cast.paula).version()));
    }

    @Test
    void an_exception_lets_one_pass_and_is_counted_as_deviation() {
        assertThatThrownBy(this::submit).isInstanceOf(GateClosed.class);
        var override = approved();

        var moved = submit();

        assertThat(moved.state()).isEqualTo("in_review");
        assertThat(of("item.transition").getLast().data().get("deviations"))
                .isEqualTo(List.of(Map.of(
                        "gate", "tested_locally",
                        "clause", "BUG-4",
                        "kind", "missing",
                        "mode", "overridden",
                        "override", override.id().toString())));
    }

    @Test
    void while_in_force_the_signal_says_by_exception() {
        approved();

        var signal = items.verdicts(bug.key(), cast.tom).stream()
                .filter(verdict -> verdict.transition().name().equals("submit_fix"))
                .flatMap(verdict -> verdict.signals().stream())
                .filter(one -> one.gate().name().equals("tested_locally"))
                .findFirst()
                .orElseThrow();

        assertThat(signal.clear()).isFalse();
        assertThat(signal.overridden()).isTrue();
    }

    @Test
    void nobody_approves_what_they_asked_for() {
        var asked = ask(cast.lea);

        var refusal = refusalOf(() -> approve(asked, cast.lea));

        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.code()).isEqualTo("second_person");
        assertThat(events().getLast().outcome()).isEqualTo(Outcome.DENIED);
        assertThatThrownBy(this::submit).isInstanceOf(GateClosed.class);
    }

    @Test
    void only_the_authority_of_the_gate_decides() {
        var asked = ask(cast.tom);

        assertThat(refusalOf(() -> approve(asked, cast.quinn)).code()).isEqualTo("role");
        assertThat(refusalOf(() -> decline(asked, cast.quinn)).code()).isEqualTo("role");
    }

    @Test
    void who_may_not_take_the_transition_may_not_ask() {
        assertThat(refusalOf(() -> ask(cast.quinn)).code()).isEqualTo("role");
    }

    @Test
    void the_author_does_not_decide_about_the_review_of_the_fix() {
        var fixedByLea = items.move(
                new Items.Move(cast.triaged().key(), "assign", Map.of(), cast.lea.id(), null, null, null), cast.lea);
        cast.move(fixedByLea, "start_fix", cast.lea);
        cast.attest(fixedByLea, "local_test", COMMIT, cast.lea);
        cast.move(fixedByLea, "submit_fix", cast.lea, "fix_commit", COMMIT, "root_cause", "Off by one");
        var asked = overrides.ask(
                new Overrides.Ask(fixedByLea.key(), "approve_review", "reviewed_by_another", REASON), cast.tom);

        var refusal = refusalOf(() -> overrides.approve(fixedByLea.key(), asked.id(), null, cast.lea));

        assertThat(refusal.code()).isEqualTo("second_person");
        assertThat(overrides
                        .approve(fixedByLea.key(), asked.id(), null, cast.paula)
                        .state())
                .isEqualTo(GateOverride.State.APPROVED);
    }

    @Test
    void it_ends_by_itself_and_that_is_told_once() {
        var override = approved();
        assertThat(override.endsAt()).isEqualTo(clock.instant().plus(A_DAY));

        clock.advance(A_DAY);
        assertThatThrownBy(this::submit).isInstanceOf(GateClosed.class);
        overrides.expireDue(clock.instant());
        overrides.expireDue(clock.instant());

        assertThat(of("override.expire")).hasSize(1);
    }

    @Test
    void one_that_cannot_be_told_is_put_off_and_keeps_nothing_else_waiting() {
        approved();
        clock.advance(A_DAY);
        var judgedBy = "update work.item set procedure_version = :version where key = :key";
        database.sql(judgedBy)
                .param("version", "nowhere")
                .param("key", bug.key())
                .update();
        try {
            assertThat(overrides.expireDue(clock.instant()))
                    .isAfter(clock.instant().plusSeconds(1));
            assertThat(of("override.expire")).isEmpty();
        } finally {
            database.sql(judgedBy)
                    .param("version", bug.procedureVersion())
                    .param("key", bug.key())
                    .update();
        }

        clock.advance(Duration.ofHours(1));
        overrides.expireDue(clock.instant());
        assertThat(of("override.expire")).hasSize(1);
    }

    @Test
    void until_the_last_millisecond_it_stands_in() {
        approved();

        clock.advance(A_DAY.minusMillis(1));
        overrides.expireDue(clock.instant());

        assertThat(of("override.expire")).isEmpty();
        assertThat(submit().state()).isEqualTo("in_review");
    }

    @Test
    void what_nobody_decides_lapses_and_may_be_asked_again() {
        var asked = ask(cast.tom);

        clock.advance(A_DAY);

        assertThat(problemOf(() -> approve(asked, cast.paula)).code()).isEqualTo("not_waiting");
        var again = ask(cast.tom);
        assertThat(of("override.expire")).hasSize(1);
        assertThat(again.id()).isNotEqualTo(asked.id());
    }

    @Test
    void rework_takes_it_back() {
        approved();
        submit();
        cast.move(bug, "send_back", cast.quinn);

        assertThatThrownBy(this::submit).isInstanceOf(GateClosed.class);
    }

    @Test
    void a_declined_one_stands_in_for_nothing() {
        var asked = ask(cast.tom);

        assertThat(decline(asked, cast.paula).state()).isEqualTo(GateOverride.State.DECLINED);

        assertThatThrownBy(this::submit).isInstanceOf(GateClosed.class);
        assertThat(problemOf(() -> approve(asked, cast.ruth)).code()).isEqualTo("not_waiting");
    }

    @Test
    void a_reason_is_written_out() {
        assertThat(problemOf(() -> overrides.ask(
                                new Overrides.Ask(bug.key(), "submit_fix", "tested_locally", "no   time        today"),
                                cast.tom))
                        .errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("too_short"));
    }

    @Test
    void there_is_one_at_a_time_and_only_where_a_gate_holds() {
        ask(cast.tom);
        assertThat(problemOf(() -> ask(cast.lea)).code()).isEqualTo("already_asked");

        items.edit(
                new Items.Edit(bug.key(), null, null, Map.of("root_cause", "Off by one"), null, null, null), cast.tom);
        var clear = new Overrides.Ask(bug.key(), "submit_fix", "root_cause_recorded", REASON);
        assertThat(problemOf(() -> overrides.ask(clear, cast.tom)).code()).isEqualTo("not_held");

        var unknown = new Overrides.Ask(bug.key(), "submit_fix", "tested_localy", REASON);
        assertThat(problemOf(() -> overrides.ask(unknown, cast.tom)).says()).contains("tested_locally");
    }

    @Test
    void who_asked_owes_what_was_skipped_until_the_evidence_is_there() {
        approved();
        submit();
        var duty = owed();

        assertThat(duty.owedBy()).isEqualTo(cast.tom.id());
        assertThat(duty.dueAt()).isEqualTo(clock.instant().plus(THREE_DAYS));
        assertThat(problemOf(() -> settle(duty, cast.tom)).code()).isEqualTo("evidence_missing");
        assertThat(refusalOf(() -> settle(duty, cast.quinn)).code()).isEqualTo("role");

        cast.attest(bug, "local_test", COMMIT, cast.tom);
        assertThat(settle(duty, cast.tom).open()).isFalse();

        assertThat(problemOf(() -> settle(duty, cast.tom)).code()).isEqualTo("settled");
    }

    @Test
    void an_unsettled_one_is_told_overdue_once_and_can_still_be_settled() {
        approved();
        submit();
        var duty = owed();

        clock.advance(THREE_DAYS);
        overrides.expireDue(clock.instant());
        overrides.expireDue(clock.instant());

        assertThat(of("duty.overdue")).hasSize(1);
        cast.attest(bug, "local_test", COMMIT, cast.tom);
        assertThat(settle(duty, cast.tom).overdue()).isTrue();
    }

    @Test
    void a_settled_one_never_falls_due() {
        approved();
        submit();
        cast.attest(bug, "local_test", COMMIT, cast.tom);
        settle(owed(), cast.tom);

        clock.advance(THREE_DAYS);
        overrides.expireDue(clock.instant());

        assertThat(of("duty.overdue")).isEmpty();
    }

    @Test
    void rebuilt_from_the_ledger_they_are_the_same() {
        decline(ask(cast.tom), cast.paula);
        approved();
        submit();
        clock.advance(THREE_DAYS);
        overrides.expireDue(clock.instant());
        cast.attest(bug, "local_test", COMMIT, cast.tom);
        settle(owed(), cast.tom);
        cast.move(bug, "send_back", cast.quinn);
        ask(cast.tom);

        assertThat(projections.check()).isEmpty();
    }

    @Test
    void it_says_when_to_look_again() {
        ask(cast.tom);

        assertThat(overrides.expireDue(clock.instant()))
                .isNotNull()
                .isBeforeOrEqualTo(clock.instant().plus(A_DAY));
    }

    @Test
    void the_reason_stays_out_of_the_sealed_data() {
        ask(cast.tom);

        var event = of("override.ask").getFirst();
        assertThat(event.content()).containsEntry("reason", REASON);
        assertThat(event.data()).doesNotContainKey("reason");
    }

    @Test
    void the_page_offers_the_decision_to_the_second_person_only() {
        assertThat(panel.of(pasts.of(items.standing(bug)), cast.paula)).isNull();
        ask(cast.tom);

        assertThat(page(cast.paula)).contains("Asked by Tom", "Waits for a second person until", "/approval\"");
        assertThat(page(cast.tom)).contains("Withdraw").doesNotContain("/approval\"");
        assertThat(page(cast.quinn)).doesNotContain("/approval\"", "/refusal\"");
    }

    @Test
    void the_page_names_two_people_and_an_end_and_what_is_owed() {
        approved();
        submit();

        assertThat(page(cast.tom))
                .contains("Asked by Tom", "Approved by Paula, in force until", "Owed by Tom", "/settlement\"");
        assertThat(page(cast.quinn)).doesNotContain("/settlement\"");
    }

    private String page(Actor viewer) {
        var output = new StringOutput();
        Objects.requireNonNull(panel.of(pasts.of(items.standing(bug.key(), viewer)), viewer))
                .writeTo(output);
        return output.toString();
    }

    private GateOverride ask(Actor actor) {
        return overrides.ask(new Overrides.Ask(bug.key(), "submit_fix", "tested_locally", REASON), actor);
    }

    private GateOverride approve(GateOverride asked, Actor actor) {
        return overrides.approve(bug.key(), asked.id(), "Go", actor);
    }

    private GateOverride decline(GateOverride asked, Actor actor) {
        return overrides.decline(bug.key(), asked.id(), null, actor);
    }

    private GateOverride approved() {
        return approve(ask(cast.tom), cast.paula);
    }

    private Item submit() {
        return cast.move(bug, "submit_fix", cast.tom, "fix_commit", COMMIT, "root_cause", "Off by one");
    }

    private Duty owed() {
        return dutyRows.ofItem(bug.key()).getFirst();
    }

    private Duty settle(Duty duty, Actor actor) {
        return duties.settle(duty.id(), "Tested at home on Tuesday.", actor);
    }

    private List<Event> events() {
        return ledger.eventsOf("item:" + bug.key());
    }

    private List<Event> of(String action) {
        return events().stream().filter(event -> event.action().equals(action)).toList();
    }

    private static GateClosed refusalOf(ThrowingCallable act) {
        return catchThrowableOfType(GateClosed.class, act);
    }

    private static Problem problemOf(ThrowingCallable act) {
        return catchThrowableOfType(Problem.class, act);
    }
}
