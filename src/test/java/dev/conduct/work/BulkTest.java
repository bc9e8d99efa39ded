package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Bulk.Act;
import dev.conduct.work.Bulk.Asked;
import dev.conduct.work.Bulk.Result;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Many items at once go through the one door, and what will come of it is known before.
@ConductTest
class BulkTest {

    private final Bulk bulk;
    private final Items items;
    private final Ledger ledger;
    private final Clients clients;
    private final int port;
    private final Cast cast;

    BulkTest(
            Bulk bulk,
            Items items,
            Products products,
            People people,
            Ledger ledger,
            Clients clients,
            @LocalServerPort int port) {
        this.bulk = bulk;
        this.items = items;
        this.ledger = ledger;
        this.clients = clients;
        this.port = port;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void what_will_come_of_it_is_said_before_and_nothing_is_recorded() {
        var free = assigned();
        var held = cast.inFix();
        var events = events(free) + events(held);

        var foreseen = bulk.foresee(onward(free.key(), held.key(), "NONE-1"), cast.tom);

        assertThat(outcomes(foreseen)).isEqualTo(Map.of(free.key(), "READY", held.key(), "HELD", "NONE-1", "REFUSED"));
        assertThat(foreseen.get(1).reasons()).extracting("gate").contains("tested_locally", "fix_commit_given");
        assertThat(events(free) + events(held)).isEqualTo(events);
    }

    @Test
    void all_or_nothing_changes_nothing_when_one_is_held_and_says_which() {
        var free = assigned();
        var held = cast.inFix();

        var refusal = catchThrowableOfType(
                Bulk.BulkHeld.class, () -> bulk.together(onward(free.key(), held.key()), cast.tom));

        assertThat(refusal.code()).isEqualTo("bulk_held");
        assertThat(refusal.says()).startsWith("1 of 2 cannot, so nothing was changed. " + held.key());
        assertThat(cast.found(free.key()).state()).isEqualTo("assigned");
        assertThat(ledger.eventsOf(ItemFold.PREFIX + held.key()).getLast().outcome())
                .isEqualTo(Outcome.DENIED);
    }

    @Test
    void those_that_can_go_and_the_held_ones_stay() {
        var free = assigned();
        var held = cast.inFix();

        var done = bulk.each(onward(free.key(), held.key()), cast.tom);

        assertThat(outcomes(done)).isEqualTo(Map.of(free.key(), "DONE", held.key(), "HELD"));
        assertThat(cast.found(free.key()).state()).isEqualTo("in_fix");
        assertThat(cast.found(held.key()).state()).isEqualTo("in_fix");
    }

    @Test
    void doing_it_again_changes_nothing_more() {
        var one = assigned();
        var other = assigned();
        var asked = asked(act("start_fix", Map.of(), null), one.key(), other.key());
        var _ = bulk.together(asked, cast.tom);
        var version = cast.found(one.key()).version();

        var again = bulk.together(asked, cast.tom);

        assertThat(again).extracting(Result::outcome).containsOnly(Bulk.Outcome.UNCHANGED);
        assertThat(cast.found(one.key()).version()).isEqualTo(version);
    }

    @Test
    void what_changed_since_it_was_looked_at_is_not_moved_twice() {
        var bug = assigned();
        var seen = Map.of(bug.key(), bug.version());
        var onward = new Asked(List.of(bug.key()), seen, new Act(null, true, Map.of(), null, null));
        var _ = bulk.each(onward, cast.tom);

        var again = bulk.each(onward, cast.tom);

        assertThat(again.getFirst().says()).contains("is at version");
        assertThat(cast.found(bug.key()).state()).isEqualTo("in_fix");
    }

    @Test
    void fields_and_assignees_of_many_are_changed_and_what_is_so_already_is_left() {
        var high = cast.reported("High", Map.of("severity", "high"));
        var low = cast.reported("Low", Map.of("severity", "low"));

        var done = bulk.together(asked(act(null, Map.of("severity", "low"), null), high.key(), low.key()), cast.paula);

        assertThat(outcomes(done)).isEqualTo(Map.of(high.key(), "DONE", low.key(), "UNCHANGED"));
        assertThat(cast.found(high.key()).fields()).containsEntry("severity", "low");
    }

    @Test
    void a_right_is_asked_for_each_of_them() {
        var bug = cast.triaged();

        var foreseen = bulk.foresee(asked(act(null, Map.of(), cast.tom.id()), bug.key()), cast.sam);

        assertThat(foreseen.getFirst().outcome()).isEqualTo(Bulk.Outcome.REFUSED);
        assertThat(foreseen.getFirst().says()).contains("assignee is set by");
    }

    @Test
    void two_hundred_go_at_once() {
        var keys = IntStream.range(0, 200)
                .mapToObj(n ->
                        cast.reported("Bug " + n, Map.of("severity", "high")).key())
                .toArray(String[]::new);

        var done = bulk.together(asked(act(null, Map.of("severity", "low"), null), keys), cast.paula);

        assertThat(done).extracting(Result::outcome).hasSize(200).containsOnly(Bulk.Outcome.DONE);
    }

    @Test
    void programs_ask_by_a_query_and_are_told_of_each() {
        var free = assigned();
        var held = cast.inFix();
        var lead = new Api(port, clients, "developer");
        var q = "product:" + cast.product + " state:assigned,in_fix";

        var dry = lead.post("/items/bulk", Map.of("q", q, "onward", true, "dry_run", true));
        var refused = lead.post("/items/bulk", Map.of("q", q, "onward", true));
        var done = lead.post("/items/bulk", Map.of("q", q, "onward", true, "partial", true));

        assertThat(dry.status()).isEqualTo(200);
        assertThat(dry.json().get("counts").toString()).contains("\"ready\"", "\"held\"");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("code")).isEqualTo("bulk_held");
        assertThat(refused.json().get("results").toString()).contains(free.key(), held.key(), "\"left\"");
        assertThat(refused.json().get("results").toString())
                .contains("\"link\":\"/items/" + held.key() + "?evidence=local_test#form\"");
        assertThat(new Api(port, clients, "qa")
                        .get("/items/" + held.key() + "/transitions")
                        .json()
                        .toString())
                .as("who may not attest it is led to where it says who may")
                .contains("\"link\":\"/items/" + held.key() + "#signals\"")
                .doesNotContain("evidence=local_test");
        assertThat(done.status()).isEqualTo(200);
        assertThat(cast.found(free.key()).state()).isEqualTo("in_fix");
    }

    @Test
    void a_body_that_says_nothing_or_too_much_is_told_by_its_field() {
        var program = new Api(port, clients, "developer");
        var many = IntStream.range(0, 501).mapToObj(n -> "APP-" + n).toList();

        assertThat(field(program.post("/items/bulk", Map.of("keys", List.of("A-1")))))
                .isEqualTo("transition");
        assertThat(field(program.post("/items/bulk", Map.of("onward", true)))).isEqualTo("keys");
        assertThat(field(program.post("/items/bulk", Map.of("onward", true, "keys", many))))
                .isEqualTo("keys");
        assertThat(field(program.post("/items/bulk", Map.of("onward", true, "keys", List.of("A-1"), "q", "x"))))
                .isEqualTo("q");
    }

    private static String field(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().get("errors").get(0).get("field").asString();
    }

    private Item assigned() {
        return items.move(
                new Items.Move(cast.triaged().key(), "assign", Map.of(), cast.tom.id(), null, null, null), cast.lea);
    }

    private long events(Item item) {
        return ledger.eventsOf(ItemFold.PREFIX + item.key()).size();
    }

    private static Asked onward(String... keys) {
        return asked(new Act(null, true, Map.of(), null, null), keys);
    }

    private static Asked asked(Act act, String... keys) {
        return new Asked(Arrays.asList(keys), Map.of(), act);
    }

    private static Act act(@Nullable String transition, Map<String, Object> fields, @Nullable String assignee) {
        return new Act(transition, false, fields, assignee, null);
    }

    private static Map<String, String> outcomes(List<Result> results) {
        return results.stream()
                .collect(
                        Collectors.toMap(Result::key, result -> result.outcome().name()));
    }
}
