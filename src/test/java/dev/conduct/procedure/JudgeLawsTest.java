package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Whatever happened to a bug, in whatever order: the judge answers, and answers the same again.
class JudgeLawsTest {

    private static final ItemType BUG =
            java.util.Objects.requireNonNull(Bug.PROCEDURE.types().get("bug"));
    private static final Procedure OTHER = other();
    private static final List<String> PEOPLE = List.of(Bug.SUSAN, Bug.PETRA, Bug.QUINN, Bug.TOM, Bug.RITA, Bug.RALF);
    private static final List<String> COMMITS = List.of("", "abc1234", "abc1234def5678", "fff0000", "€ no commit");

    @Property(tries = 300)
    void the_judge_is_total_and_pure(@ForAll long seed) {
        var random = new Random(seed);
        var item = randomCase(random);
        for (var transition : BUG.transitions().keySet()) {
            var attempt = randomAttempt(random, transition);

            var verdict = Gates.judge(Bug.PROCEDURE, item, attempt);

            assertThat(Gates.judge(Bug.PROCEDURE, item, attempt)).isEqualTo(verdict);
            assertThat(verdict.allowed()).isEqualTo(verdict.blockedBy().isEmpty());
            assertThat(verdict.blockedBy()).allSatisfy(reason -> {
                assertThat(reason.says()).isNotBlank().doesNotContain("{");
                assertThat(reason.fix()).isNotBlank().doesNotContain("{");
                assertThat(Bug.PROCEDURE.clauses()).containsKey(reason.clause());
            });
        }
    }

    @Property(tries = 200)
    void rework_leaves_no_evidence_that_counts(@ForAll long seed) {
        var random = new Random(seed);
        var history = new ArrayList<CaseFold.Happening>(randomHistory(random));
        var voids = java.util.Objects.requireNonNull(BUG.transitions().get("reopen"))
                .voids();
        var last = history.getLast().at().plusSeconds(1);
        history.add(new CaseFold.Moved(
                last,
                "reopen",
                "closed",
                "logged",
                Bug.PETRA,
                Set.of("project_manager"),
                voids,
                CaseFold.Changes.none()));

        var item = CaseFold.of("APP-1", "bug", history);

        // A commit that was merged stays merged; that its fix is good is to be shown anew.
        assertThat(item.evidence())
                .filteredOn(fact -> !fact.kind().equals("merged"))
                .allMatch(Case.Fact::voided);
        assertThat(item.passages()).filteredOn(it -> it.name().equals("assess")).allMatch(Case.Passage::voided);
        for (var transition : List.of("submit_fix", "approve_review", "pass_test", "deploy", "confirm")) {
            var attempt = new Case.Attempt(
                    transition, Bug.RITA, Bug.PROCEDURE.roles().keySet(), item.fields(), null, last.plusSeconds(1));
            assertThat(Gates.judge(Bug.PROCEDURE, item, attempt).allowed()).isFalse();
        }
    }

    /// A page asks machines for nothing else: what no gate ahead looks at opens none and holds none.
    @Property(tries = 200)
    void a_verdict_rests_on_the_evidence_that_its_gates_look_at_alone(@ForAll long seed) {
        var random = new Random(seed);
        for (var procedure : List.of(Bug.PROCEDURE, OTHER)) {
            for (var type : procedure.types().values()) {
                var item = with(randomCase(random), type, told(random, procedure));
                for (var transition : type.transitions().values()) {
                    var looksAt = procedure.rules().evidence(type.name(), transition);
                    var narrowed = item.evidence().stream()
                            .filter(fact -> looksAt.contains(fact.kind()))
                            .toList();
                    var attempt = randomAttempt(random, transition.name());

                    assertThat(Gates.judge(procedure, with(item, type, narrowed), attempt))
                            .as(procedure.version() + " " + type.name() + " " + transition.name())
                            .isEqualTo(Gates.judge(procedure, item, attempt));
                }
            }
        }
    }

    private static Procedure other() {
        try {
            return PackCheck.check(PackFiles.of(Path.of("src/test/resources/procedure/wartung")))
                    .orThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Case.Fact> told(Random random, Procedure procedure) {
        var facts = new ArrayList<Case.Fact>();
        for (var kind : procedure.evidenceKinds().keySet()) {
            for (var count = random.nextInt(3); count > 0; count--) {
                facts.add(new Case.Fact(
                        kind,
                        random.nextInt(3) > 0,
                        "abc1234",
                        random.nextBoolean() ? null : "build-" + random.nextInt(2),
                        Instant.parse("2026-11-30T00:00:00Z").plusSeconds(random.nextInt(1_000)),
                        pick(random, PEOPLE),
                        Bug.ROLES.getOrDefault(pick(random, PEOPLE), Set.of()),
                        random.nextBoolean() ? "attested" : "report:1",
                        random.nextInt(5) == 0));
            }
        }
        return facts;
    }

    private static Case with(Case item, ItemType type, List<Case.Fact> evidence) {
        return new Case(
                item.key(),
                type.name(),
                item.state(),
                item.fields(),
                item.assignee(),
                item.reporter(),
                item.createdAt(),
                item.passages(),
                evidence,
                item.links(),
                item.overrides(),
                item.facts());
    }

    private static Case randomCase(Random random) {
        var item = CaseFold.of("APP-1", "bug", randomHistory(random));
        var overrides = new ArrayList<>(item.overrides());
        if (random.nextBoolean()) {
            overrides.add(new Case.Override(
                    "reviewed_by_another", pick(random, PEOPLE), pick(random, PEOPLE), Instant.EPOCH, Instant.MAX));
        }
        return new Case(
                item.key(),
                item.type(),
                item.state(),
                item.fields(),
                item.assignee(),
                item.reporter(),
                item.createdAt(),
                item.passages(),
                item.evidence(),
                item.links(),
                overrides,
                item.facts());
    }

    private static List<CaseFold.Happening> randomHistory(Random random) {
        var now = Instant.parse("2026-11-01T00:00:00Z");
        var history = new ArrayList<CaseFold.Happening>();
        history.add(new CaseFold.Created(now, pick(random, PEOPLE), "reported", changes(random)));
        for (var step = random.nextInt(40); step > 0; step--) {
            now = now.plus(Duration.ofMinutes(random.nextInt(5_000)));
            history.add(happening(random, now));
        }
        return history;
    }

    private static CaseFold.Happening happening(Random random, Instant now) {
        var actor = pick(random, PEOPLE);
        return switch (random.nextInt(5)) {
            case 0 -> new CaseFold.Edited(now, changes(random));
            case 1 -> new CaseFold.Linked(now, new Case.Link(pick(random, Names.LINKS), "APP-2"));
            case 2, 3 -> {
                var commit = pick(random, COMMITS);
                yield new CaseFold.Attested(
                        now,
                        new Case.Fact(
                                pick(
                                        random,
                                        List.copyOf(
                                                Bug.PROCEDURE.evidenceKinds().keySet())),
                                random.nextInt(4) > 0,
                                commit.isEmpty() ? null : commit,
                                random.nextBoolean() ? null : "build-" + random.nextInt(3),
                                now,
                                actor,
                                Bug.ROLES.getOrDefault(actor, Set.of()),
                                "attested",
                                false));
            }
            default -> {
                var transition = pick(random, List.copyOf(BUG.transitions().values()));
                var from = pick(random, List.copyOf(transition.from()));
                yield new CaseFold.Moved(
                        now,
                        transition.name(),
                        from,
                        transition.to() == null ? from : transition.to(),
                        actor,
                        Bug.ROLES.getOrDefault(actor, Set.of()),
                        transition.voids(),
                        changes(random));
            }
        };
    }

    private static CaseFold.Changes changes(Random random) {
        return new CaseFold.Changes(
                randomFields(random),
                random.nextInt(5) == 0 ? Set.of("priority", "fix_commit") : Set.of(),
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? null : pick(random, PEOPLE));
    }

    private static Map<String, Object> randomFields(Random random) {
        var fields = new HashMap<String, Object>();
        BUG.fields().values().forEach(field -> {
            if (random.nextInt(3) == 0) {
                fields.put(
                        field.name(),
                        field.options().isEmpty()
                                ? pick(random, List.of("", " ", "text", "$1\\", "abc1234"))
                                : pick(random, field.options()));
            }
        });
        return fields;
    }

    private static Case.Attempt randomAttempt(Random random, String transition) {
        var actor = pick(random, PEOPLE);
        return new Case.Attempt(
                transition,
                actor,
                Bug.ROLES.getOrDefault(actor, Set.of()),
                randomFields(random),
                random.nextBoolean() ? null : pick(random, PEOPLE),
                Instant.parse("2026-12-01T00:00:00Z"));
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
