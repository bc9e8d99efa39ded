package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.conformance.Replay;
import dev.conduct.identity.Actor;
import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Drafts;
import dev.conduct.support.TestClock;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A company's real history, judged by a draft before it is adopted.
@ConductTest
class ReplayOfImportsTest {

    private static final Actor ADMIN = new Actor("system:test", "Test", Set.of("administrator"), "api");

    private static final String REOPEN = "deployment, watch]\n    clause: BUG-7\n";

    private static final String BY_WHO_REPORTED = """
                gates:
                  by_who_reported:
                    title: By who reported it
                    clause: BUG-7
                    kind: separation
                    rule: actor.id == item.reporter
                    says: Somebody else reported it.
                    fix: Ask who reported it to reopen it.
            """;

    private final Imports imports;
    private final Products products;
    private final Procedures procedures;
    private final Replay replay;
    private final TestClock clock;

    ReplayOfImportsTest(Imports imports, Products products, Procedures procedures, Replay replay, TestClock clock) {
        this.imports = imports;
        this.products = products;
        this.procedures = procedures;
        this.replay = replay;
        this.clock = clock;
    }

    @Test
    void real_bugs_are_judged_by_their_own_version_as_they_were_and_by_others_otherwise() throws Exception {
        var name = "bugzilla-eclipse-aspectj-b.json";
        var file = Corpus.real("issue-history/" + name);
        products.create("PAST", name, ADMIN);
        var overlay = new Imports.Overlay("source", "source: replay-of-imports\n");
        var account = imports.run(
                new Imports.Order(
                        ImportFormat.BUGZILLA, "PAST", List.of(new Imports.Source(name, file)), List.of(overlay)),
                ADMIN);
        var range = new Replay.Range(null, null, "PAST");

        var same = replay.by(procedures.at(clock.instant()), range);
        var stricter = replay.by(
                PackCheck.check(Drafts.named("2027.1")
                                .with("types/bug.yaml", REOPEN, REOPEN + BY_WHO_REPORTED)
                                .pack())
                        .orThrow(),
                range);

        assertThat(same.records()).isEqualTo(account.imported());
        assertThat(same.attempts()).isPositive();
        assertThat(same.same()).isEqualTo(same.attempts());
        assertThat(same.differences()).isEmpty();
        assertThat(stricter.heldAfter()).isGreaterThan(stricter.heldBefore());
        assertThat(stricter.differences())
                .hasSize(Math.toIntExact(stricter.attempts() - stricter.same()))
                .allMatch(difference -> difference.kind().equals("refused")
                        && difference.says().contains("Somebody else reported it."));
    }
}
