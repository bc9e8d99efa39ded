package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.conformance.Replay;
import dev.conduct.conformance.Replayed.Difference;
import dev.conduct.identity.People;
import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.Command;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Drafts;
import dev.conduct.support.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What another version of the procedure makes of what happened.
@ConductTest(properties = "test.alone=ReplayTest")
class ReplayTest {

    private static final String COMMIT = "a1b2c3d4e5f6";

    private final Items items;
    private final Procedures procedures;
    private final Replay replay;
    private final TestClock clock;
    private final JdbcClient database;
    private final Environment server;
    private final Cast cast;

    ReplayTest(
            Items items,
            Products products,
            People people,
            Procedures procedures,
            Replay replay,
            TestClock clock,
            JdbcClient database,
            Environment server) {
        this.items = items;
        this.procedures = procedures;
        this.replay = replay;
        this.clock = clock;
        this.database = database;
        this.server = server;
        this.cast = new Cast(items, products, people);
    }

    private Replay.Range mine() {
        return new Replay.Range(null, null, cast.product);
    }

    private List<Difference> differences(Drafts draft) {
        return replay.by(PackCheck.check(draft.pack()).orThrow(), mine()).differences();
    }

    /// In review, after an attempt that its gate held.
    private Item held() {
        var bug = cast.inReview(COMMIT);
        var refusal = catchThrowableOfType(GateClosed.class, () -> cast.move(bug, "approve_review", cast.lea));
        assertThat(refusal.code()).isEqualTo("gate_closed");
        return bug;
    }

    @Test
    void the_version_that_judged_finds_nothing_otherwise() {
        held();
        clock.advance(Duration.ofDays(3));

        var replayed = replay.by(procedures.at(clock.instant()), mine());

        assertThat(replayed.records()).isEqualTo(1);
        assertThat(replayed.attempts()).isEqualTo(8);
        assertThat(replayed.same()).isEqualTo(8);
        assertThat(replayed.heldBefore()).isEqualTo(1);
        assertThat(replayed.brokenBefore()).isEqualTo(replayed.brokenAfter()).isPositive();
        assertThat(replayed.differences()).isEmpty();
        assertThat(replayed.stranded()).isEmpty();
    }

    @Test
    void what_would_have_been_refused_is_said_with_its_reason() {
        var bug = held();
        var draft = Drafts.named("2027.1")
                .with(
                        "types/bug.yaml",
                        "    to: in_fix\n    roles: [developer, lead_developer]\n    clause: BUG-4",
                        "    to: in_fix\n    roles: [lead_developer]\n    clause: BUG-4");

        assertThat(differences(draft)).singleElement().satisfies(difference -> {
            assertThat(difference.item()).isEqualTo(bug.key());
            assertThat(difference.kind()).isEqualTo("refused");
            assertThat(difference.by()).isEqualTo("2026.11");
            assertThat(difference.says())
                    .isEqualTo(
                            "\"Start the fix\" would have been refused: \"Start the fix\" is for Lead developer. (BUG-4)");
        });
    }

    @Test
    void what_would_have_passed_is_said_with_what_held_it() {
        held();
        var draft = Drafts.named("2027.1")
                .with("types/bug.yaml", "        evidence: review\n", "        mode: warn\n        evidence: review\n");

        assertThat(differences(draft)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo("passed");
            assertThat(difference.says())
                    .startsWith("\"Approve the review\" would have passed; it was held: Nobody has reviewed the fix");
        });
    }

    @Test
    void states_that_the_draft_calls_otherwise_make_no_difference_when_it_maps_them_and_strand_when_not() {
        var bug = cast.inFix();
        var mapped = Drafts.named("2027.1")
                .with("pack.yaml", "  rule: move\n", "  rule: move\n  states:\n    bug: {in_fix: fixing}\n")
                .with("types/bug.yaml", "in_fix", "fixing");
        var unmapped = Drafts.named("2027.2").with("types/bug.yaml", "in_fix", "fixing");

        assertThat(differences(mapped)).isEmpty();
        var replayed = replay.by(PackCheck.check(unmapped.pack()).orThrow(), mine());
        assertThat(replayed.stranded()).containsExactly(bug.key());
        assertThat(replayed.differences())
                .last()
                .satisfies(difference -> assertThat(difference.says())
                        .isEqualTo("it stands in in_fix, which 2027.2 does not know, and would stay under 2026.11."));
    }

    @Test
    void clocks_that_would_have_run_out_or_been_kept_are_named() {
        cast.inFix();
        clock.advance(Duration.ofHours(30));
        var tighter = Drafts.named("2027.1").with("parameters.yaml", "value: 48 h", "value: 25 h");
        var looser = Drafts.named("2027.2").with("parameters.yaml", "value: 48 h", "value: 90 h");

        assertThat(differences(tighter)).singleElement().satisfies(difference -> {
            assertThat(difference.kind()).isEqualTo("broken");
            assertThat(difference.what()).isEqualTo("Fix");
            assertThat(difference.says())
                    .startsWith("the clock \"Fix\", begun ")
                    .contains("would have run out at");
        });
        clock.advance(Duration.ofHours(30));
        assertThat(differences(looser))
                .singleElement()
                .satisfies(difference -> assertThat(difference.kind()).isEqualTo("kept"));
        var later = new Replay.Range(clock.instant(), null, cast.product);
        assertThat(replay.by(PackCheck.check(looser.pack()).orThrow(), later).differences())
                .isEmpty();
    }

    @Test
    void the_command_tells_it_in_words_and_as_json_and_writes_nothing(@TempDir Path folder) throws Exception {
        var bug = held();
        Drafts.named("2027.1")
                .with("types/bug.yaml", "        evidence: review\n", "        mode: warn\n        evidence: review\n")
                .in(folder);
        var before = events();

        var ran = Command.conduct(server, "procedure", "replay", folder.toString(), "--product", cast.product);

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err())
                .contains(bug.key() + ", ")
                .contains("\"Approve the review\" would have passed")
                .contains("1 record judged once more by 2027.1")
                .contains("7 of 8 attempts come out the same; held were 1, held would be 0.");
        var json = new JsonMapper().readTree(ran.out());
        assertThat(json.get("version").asString()).isEqualTo("2027.1");
        assertThat(json.get("differences")).hasSize(1);
        assertThat(events()).isEqualTo(before);
        assertThat(Command.conduct(server, "procedure", "replay", folder.toString(), "--from", "yesterday")
                        .err())
                .contains("--from: is no moment");
    }

    private long events() {
        return database.sql("select count(*) from ledger.event")
                .query(Long.class)
                .single();
    }
}
