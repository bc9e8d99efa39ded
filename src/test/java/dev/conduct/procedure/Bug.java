package dev.conduct.procedure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A bug on its way, for tests of the judge: each step an hour after the one before.
final class Bug {

    static final Procedure PROCEDURE = PackCheck.check(PackFiles.standard()).orThrow();

    static final String SUSAN = person(1);
    static final String PETRA = person(2);
    static final String QUINN = person(3);
    static final String TOM = person(4);
    static final String RITA = person(5);
    static final String RALF = person(6);

    static final Map<String, Set<String>> ROLES = Map.of(
            SUSAN, Set.of("support"),
            PETRA, Set.of("project_manager"),
            QUINN, Set.of("qa"),
            TOM, Set.of("developer"),
            RITA, Set.of("lead_developer"),
            RALF, Set.of("release_manager"));

    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private String state = "reported";
    private @Nullable String assignee;
    private final Map<String, Object> fields = new HashMap<>(Map.of("severity", "high", "steps", "Open it."));
    private final List<Case.Passage> passages = new ArrayList<>();
    private final List<Case.Fact> evidence = new ArrayList<>();
    private final List<Case.Link> links = new ArrayList<>();
    private final List<Case.Override> overrides = new ArrayList<>();

    static String person(int number) {
        return "person:00000000-0000-7000-8000-00000000000" + number;
    }

    static Bug inReview() {
        return new Bug()
                .with("fix_commit", "abc1234")
                .with("root_cause", "A race.")
                .assigned(TOM)
                .passed("start_fix", "assigned", "in_fix", TOM)
                .attested("local_test", true, "abc1234", TOM)
                .passed("submit_fix", "in_fix", "in_review", TOM);
    }

    static Bug inTest() {
        return inReview()
                .attested("review", true, "abc1234", RITA)
                .passed("approve_review", "in_review", "in_test", RITA);
    }

    static Bug approved() {
        return inTest().attested("staging_test", true, "abc1234", QUINN)
                .attested("regression", true, "abc1234", QUINN)
                .passed("pass_test", "in_test", "approved", QUINN);
    }

    static Bug deployed() {
        return approved().attested("deployment", true, "abc1234", RALF).passed("deploy", "approved", "deployed", RALF);
    }

    Bug at(String state) {
        this.state = state;
        return this;
    }

    Bug with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    Bug without(String field) {
        fields.remove(field);
        return this;
    }

    Bug assigned(@Nullable String person) {
        assignee = person;
        return this;
    }

    Bug later(Duration by) {
        now = now.plus(by);
        return this;
    }

    Bug passed(String transition, String from, String to, String actor) {
        later(Duration.ofHours(1));
        passages.add(new Case.Passage(
                transition,
                from,
                to,
                now,
                actor,
                ROLES.getOrDefault(actor, Set.of()),
                false,
                assignee,
                Map.copyOf(fields)));
        state = to;
        return this;
    }

    Bug assessed(String actor, String... roles) {
        later(Duration.ofHours(1));
        passages.add(
                new Case.Passage("assess", "logged", "logged", now, actor, Set.of(roles), false, assignee, Map.of()));
        return this;
    }

    Bug attested(String kind, boolean passed, @Nullable String commit, String actor) {
        return attested(kind, passed, commit, null, actor);
    }

    Bug attested(String kind, boolean passed, @Nullable String commit, @Nullable String build, String actor) {
        later(Duration.ofHours(1));
        evidence.add(new Case.Fact(
                kind, passed, commit, build, now, actor, ROLES.getOrDefault(actor, Set.of()), "attested", false));
        return this;
    }

    Bug delivered(String kind, boolean passed, String commit, String source) {
        later(Duration.ofHours(1));
        evidence.add(new Case.Fact(kind, passed, commit, null, now, "system:" + kind, Set.of(), source, false));
        return this;
    }

    /// Sends it back, and everything attested so far becomes void.
    Bug sentBack() {
        passed("send_back", state, "in_fix", QUINN);
        evidence.replaceAll(it -> new Case.Fact(
                it.kind(), it.passed(), it.commit(), it.build(), it.at(), it.actor(), it.roles(), it.source(), true));
        return this;
    }

    Bug linked(String kind, String other) {
        links.add(new Case.Link(kind, other));
        return this;
    }

    Bug overridden(String gate, String askedBy, String approvedBy) {
        return overridden(gate, askedBy, approvedBy, null);
    }

    Bug overridden(String gate, String askedBy, String approvedBy, @Nullable String commit) {
        overrides.add(new Case.Override(gate, askedBy, approvedBy, now, now.plus(Duration.ofHours(24)), "", commit));
        return this;
    }

    Case asCase() {
        return new Case(
                "APP-1",
                "bug",
                state,
                Map.copyOf(fields),
                assignee,
                SUSAN,
                Instant.parse("2026-11-23T08:00:00Z"),
                List.copyOf(passages),
                List.copyOf(evidence),
                List.copyOf(links),
                List.copyOf(overrides),
                Map.of());
    }

    Signal.Verdict attempt(String transition, String actor) {
        return attempt(transition, actor, ROLES.getOrDefault(actor, Set.of()));
    }

    Signal.Verdict attempt(String transition, String actor, Set<String> roles) {
        return Gates.judge(
                PROCEDURE,
                asCase(),
                new Case.Attempt(transition, actor, roles, Map.copyOf(fields), assignee, now.plusSeconds(60)));
    }

    Signal.Verdict report() {
        return Gates.judgeCreation(
                PROCEDURE, asCase(), new Case.Attempt("report", SUSAN, Set.of(), Map.copyOf(fields), assignee, now));
    }
}
