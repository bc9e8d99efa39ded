package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.PersonErased;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.Staff;
import dev.conduct.support.TestClock;
import dev.conduct.work.FactSource;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What the gates of a fix learn from the webhooks of a connected repository.
@ConductTest
class SourceFactsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String FIX = "abc1234def567890abc1234def567890abc12345";
    private static final String LATER = "bcd1234def567890abc1234def567890abc12345";
    private static final String MERGE = "cde1234def567890abc1234def567890abc12345";

    private final Items items;
    private final Products products;
    private final People people;
    private final Repositories repositories;
    private final Identities identities;
    private final DeliveryWork work;
    private final SourceFacts facts;
    private final CodeRows rows;
    private final ApplicationEventPublisher events;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final TestClock clock;
    private final Sender sender;
    private final Actor ana = new Actor("system:test", "Ana", Set.of("administrator"), "page");
    private final Actor tom;
    private final Actor lea;
    private String product = "";
    private Repositories.Key key;

    @SuppressWarnings("NullAway.Init")
    SourceFactsTest(
            Items items,
            Products products,
            People people,
            Repositories repositories,
            Identities identities,
            DeliveryWork work,
            SourceFacts facts,
            CodeRows rows,
            ApplicationEventPublisher events,
            JdbcClient database,
            TransactionTemplate transaction,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.repositories = repositories;
        this.identities = identities;
        this.work = work;
        this.facts = facts;
        this.rows = rows;
        this.events = events;
        this.database = database;
        this.transaction = transaction;
        this.clock = clock;
        this.sender = new Sender(port);
        tom = as("Tom", "developer");
        lea = as("Lea", "lead_developer");
    }

    private Actor as(String name, String... roles) {
        var person = people.known("source facts", name, name);
        Staff.hire(people, person.id());
        return new Actor(person.id(), name, Set.of(roles), "page");
    }

    @BeforeEach
    void a_connected_repository() {
        product = "SF" + COUNT.incrementAndGet();
        products.create(product, "Facts", ana);
        for (var login : List.of("rita", "carl", "pair", "octo")) {
            identities.say("github", login, as("Known " + login, "developer").id(), ana);
        }
        key = repositories.add(new Repositories.Wanted(product, "octo/app", "github", "", "main"), ana);
    }

    @Test
    void a_change_approved_by_another_on_its_last_commit_with_green_ci_clears_the_review() {
        var bug = inReview();
        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.MISSING);
        assertThat(kind(bug, "ci_green")).isEqualTo(Reason.Kind.MISSING);

        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "approved"));
        tell("workflow_run", run(1, FIX, "success"));

        assertThat(signal(bug, "reviewed_by_another").clear()).isTrue();
        assertThat(signal(bug, "ci_green").clear()).isTrue();
        move(bug, lea, "approve_review", Map.of());
        assertThat(database.sql(
                                "select convert_from(entry, 'UTF8') from ledger.event where object = :o order by row desc limit 1")
                        .param("o", "item:" + bug.key())
                        .query(String.class)
                        .single())
                .contains("\"kind\":\"review\"", "change:octo/app 7", "\"kind\":\"ci\"", "run:ci");
    }

    @Test
    void a_review_of_an_earlier_commit_is_of_another_build() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "approved"));
        tell("workflow_run", run(1, LATER, "success"));

        tell("pull_request", change(bug, "open", LATER));

        tell("pull_request_review", review(bug, "rita", LATER, "approved"));
        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.OTHER_BUILD);
        assertThat(kind(bug, "ci_green")).isEqualTo(Reason.Kind.OTHER_BUILD);
    }

    @Test
    void the_merge_is_asked_for_though_the_newest_review_does_not_count_any_more() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "approved"));
        tell("workflow_run", run(1, FIX, "success"));
        move(bug, lea, "approve_review", Map.of());
        var qa = as("Quinn", "qa");
        items.attest(new Items.Attestation(bug.key(), "staging_test", "passed", FIX, null, null, null, null), qa);
        items.attest(new Items.Attestation(bug.key(), "regression", "passed", FIX, null, null, null, null), qa);
        move(bug, qa, "pass_test", Map.of());
        assertThat(merge(bug)).isTrue();

        clock.advance(Duration.ofDays(400));

        assertThat(merge(bug)).isTrue();
    }

    /// Whether the merge is asked for before the deployment.
    private boolean merge(Item bug) {
        return items.verdicts(bug.key(), as("Rhea", "release_manager")).stream()
                .flatMap(verdict -> verdict.signals().stream())
                .anyMatch(signal -> signal.gate().name().equals("merged_to_main"));
    }

    @Test
    void neither_the_author_nor_who_wrote_its_commits_reviews_a_change() {
        var bug = inReview();
        tell("push", push("fix", FIX, "pair"));
        tell("pull_request", change(bug, "open", FIX));

        tell("pull_request_review", review(bug, "octo", FIX, "approved"));
        tell("pull_request_review", review(bug, "pair", FIX, "approved"));

        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.MISSING);
    }

    @Test
    void an_account_that_is_the_developers_own_does_not_pass_their_fix() {
        var bug = inReview();
        identities.say("github", "second-" + product, tom.id(), ana);
        tell("pull_request", change(bug, "open", FIX));

        tell("pull_request_review", review(bug, "second-" + product, FIX, "approved"));

        assertThat(signal(bug, "reviewed_by_another").clear()).isFalse();
    }

    @Test
    void who_asks_for_changes_stands_against_who_approves_until_it_is_withdrawn() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "changes_requested"));
        tell("pull_request_review", review(bug, "carl", FIX, "approved"));
        assertThat(reason(bug, "reviewed_by_another").says()).contains("did not pass");

        tell("pull_request_review", review(bug, "rita", FIX, "dismissed"));

        assertThat(signal(bug, "reviewed_by_another").clear()).isTrue();
    }

    @Test
    void a_run_too_old_to_count_is_stale_and_a_red_one_does_not_pass() {
        var bug = inReview();
        tell("workflow_run", run(1, FIX, "failure"));
        assertThat(reason(bug, "ci_green").says()).contains("did not pass");
        tell("workflow_run", run(2, FIX, "success"));
        assertThat(signal(bug, "ci_green").clear()).isTrue();

        clock.advance(Duration.ofDays(31));

        assertThat(kind(bug, "ci_green")).isEqualTo(Reason.Kind.STALE);
    }

    @Test
    void an_approval_of_what_was_there_before_is_of_another_build_and_asked_changes_outlive_a_push() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", LATER));
        tell("pull_request_review", review(bug, "carl", LATER, "approved"));
        tell("pull_request", change(bug, "open", FIX));
        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.OTHER_BUILD);

        tell("pull_request_review", review(bug, "rita", LATER, "changes_requested"));
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "carl", FIX, "approved"));

        assertThat(reason(bug, "reviewed_by_another").says()).contains("did not pass");
    }

    @Test
    void an_account_that_nobody_named_approves_nothing() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", FIX));

        tell("pull_request_review", review(bug, "stranger-" + product, FIX, "approved"));
        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.MISSING);

        identities.say("github", "stranger-" + product, as("Nora", "developer").id(), ana);
        assertThat(signal(bug, "reviewed_by_another").clear()).isTrue();
    }

    @Test
    void code_of_another_product_is_no_evidence_however_it_names_the_record() {
        var bug = inReview();
        var elsewhere = "SF" + COUNT.incrementAndGet();
        products.create(elsewhere, "Elsewhere", ana);
        key = repositories.add(new Repositories.Wanted(elsewhere, "octo/other", "github", "", "main"), ana);
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "approved"));

        assertThat(kind(bug, "reviewed_by_another")).isEqualTo(Reason.Kind.MISSING);
        assertThat(rows.changes(bug.key())).isEmpty();
    }

    @Test
    void what_was_skipped_is_no_success_and_a_merge_elsewhere_is_none() {
        var bug = inReview();
        tell("workflow_run", run(1, FIX, "skipped"));
        assertThat(kind(bug, "ci_green")).isEqualTo(Reason.Kind.MISSING);

        tell(
                "pull_request",
                change(bug, "closed", FIX).replace("\"base\":{\"ref\":\"main\"}", "\"base\":{\"ref\":\"dev\"}"));

        assertThat(told(bug, FIX)).noneMatch(fact -> fact.startsWith("merged"));
    }

    @Test
    void who_is_erased_is_named_nowhere_in_what_was_told() {
        var bug = inReview();
        var login = "gone-" + product;
        var gone = as("Gone", "developer");
        identities.say("github", login, gone.id(), ana);
        tell("push", push("fix", FIX, login));
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, login, FIX, "approved"));

        var told = told(bug, FIX);
        transaction.executeWithoutResult(open -> events.publishEvent(new PersonErased(gone.id(), Set.of())));

        assertThat(identities.all()).noneMatch(account -> account.login().equals(login));
        assertThat(rows.reviews(rows.changes(bug.key()))).singleElement().satisfies(review -> {
            assertThat(review.reviewer()).startsWith(Logins.ERASED);
            assertThat(review.person()).isEqualTo(gone.id());
        });
        assertThat(told(bug, FIX))
                .as("what the gates know; they still do not review themselves")
                .isEqualTo(told)
                .noneMatch(fact -> fact.startsWith("review"));
        assertThat(database.sql("""
                                select count(*) from source.delivery
                                 where repository = :id and (body is not null or strpos(says, :login) > 0)
                                """)
                        .param("login", login)
                        .param("id", key.repository().id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void who_took_another_login_still_does_not_review_what_they_wrote_by_the_former() {
        var bug = inReview();
        var ann = as("Ann", "developer");
        identities.say("github", "old-" + product, ann.id(), ana);
        tell("push", push("fix", FIX, "old-" + product));
        tell("pull_request", change(bug, "open", FIX));
        identities.unsay("github", "old-" + product, ana);
        identities.say("github", "new-" + product, ann.id(), ana);

        tell("pull_request_review", review(bug, "new-" + product, FIX, "approved"));

        assertThat(told(bug, FIX)).noneMatch(fact -> fact.startsWith("review"));
    }

    @Test
    void a_merged_change_says_where_and_its_merge_commit_counts_as_reviewed() {
        var bug = inReview();
        tell("pull_request", change(bug, "open", FIX));
        tell("pull_request_review", review(bug, "rita", FIX, "approved"));
        tell("pull_request", change(bug, "closed", FIX));
        move(bug, lea, "approve_review", Map.of());

        assertThat(told(bug, FIX)).contains("merged branch:octo/app main");
        assertThat(told(bug, MERGE)).contains("review change:octo/app 7", "merged branch:octo/app main");
    }

    @Test
    void without_a_repository_people_attest_as_before() {
        product = "SF" + COUNT.incrementAndGet();
        products.create(product, "Facts", ana);
        var bug = inReview();
        items.attest(new Items.Attestation(bug.key(), "review", "approved", FIX, null, null, null, null), lea);

        assertThat(signal(bug, "reviewed_by_another").clear()).isTrue();
        move(bug, lea, "approve_review", Map.of());
    }

    private List<String> told(Item bug, String commit) {
        return facts
                .facts(new FactSource.Question(bug.key(), product, "", commit, clock.instant(), Evidence.TOLD))
                .stream()
                .map(fact -> fact.kind() + " " + fact.source())
                .toList();
    }

    private Item inReview() {
        var bug = items.report(
                new Items.Report("bug", product, "It breaks", "", Map.of("severity", "high"), null, null), tom);
        var sam = as("Sam", "support");
        var paula = as("Paula", "project_manager");
        var quinn = as("Quinn", "qa");
        products.ensureComponent(product, "editor", ana);
        move(bug, sam, "log", Map.of("kind", "functional", "component", "editor", "expected", "a", "actual", "b"));
        move(bug, paula, "assess", Map.of("severity", "high"));
        move(bug, quinn, "assess", Map.of("impact", "All"));
        move(bug, paula, "triage", Map.of("priority", "high"));
        items.move(new Items.Move(bug.key(), "assign", Map.of(), tom.id(), null, null, null), paula);
        move(bug, tom, "start_fix", Map.of());
        items.attest(new Items.Attestation(bug.key(), "local_test", "passed", FIX, null, null, null, null), tom);
        return move(bug, tom, "submit_fix", Map.of("fix_commit", FIX, "root_cause", "Off by one"));
    }

    private Item move(Item bug, Actor actor, String transition, Map<String, Object> fields) {
        return items.move(new Items.Move(bug.key(), transition, fields, null, null, null, null), actor);
    }

    private void tell(String event, String body) {
        assertThat(sender.github(key, event, body).statusCode()).isEqualTo(202);
        work.workOff();
        assertThat(database.sql(
                                "select state || ' ' || says from source.delivery where repository = :id order by place desc limit 1")
                        .param("id", key.repository().id())
                        .query(String.class)
                        .single())
                .startsWith("applied");
    }

    private Instant tick() {
        return clock.advance(Duration.ofSeconds(1)).truncatedTo(ChronoUnit.SECONDS);
    }

    private String change(Item bug, String state, String head) {
        var at = tick();
        return """
                {"pull_request":%s}""".formatted(request(bug, state, head, at));
    }

    private static String request(Item bug, String state, String head, Instant at) {
        var merged = state.equals("closed");
        return """
                {"number":7,"title":"%s: mend it","body":"","state":"%s","user":{"login":"octo"},
                 "head":{"ref":"fix","sha":"%s"},"base":{"ref":"main"},"html_url":"https://example.org/7","merged":%s,
                 "merged_at":%s,"merge_commit_sha":%s,"created_at":"2026-11-20T09:00:00Z","updated_at":"%s"}""".formatted(
                        bug.key(),
                        state,
                        head,
                        merged,
                        merged ? "\"" + at + "\"" : "null",
                        merged ? "\"" + MERGE + "\"" : "null",
                        at);
    }

    private String review(Item bug, String login, String commit, String state) {
        var at = tick();
        return """
                {"review":{"user":{"login":"%s"},"state":"%s","commit_id":"%s","submitted_at":"%s"},"pull_request":%s}""".formatted(login, state, commit, at, request(bug, "open", commit, at));
    }

    private String push(String branch, String sha, String login) {
        return """
                {"ref":"refs/heads/%s","after":"%s","repository":{"default_branch":"main"},"commits":[{"id":"%s",
                 "message":"Mend it","timestamp":"%s","author":{"name":"P","email":"p@example.org","username":"%s"}}]}""".formatted(branch, sha, sha, tick(), login);
    }

    private String run(int number, String commit, String conclusion) {
        var at = tick();
        return """
                {"workflow_run":{"id":%d,"name":"ci","head_sha":"%s","status":"completed","conclusion":"%s",
                 "run_attempt":1,"html_url":"https://example.org/run","created_at":"%s","updated_at":"%s"}}""".formatted(number, commit, conclusion, at, at);
    }

    private Signal signal(Item bug, String gate) {
        return items.verdicts(bug.key(), lea).stream()
                .flatMap(verdict -> verdict.signals().stream())
                .filter(signal -> signal.gate().name().equals(gate))
                .findFirst()
                .orElseThrow();
    }

    private Reason reason(Item bug, String gate) {
        var reason = signal(bug, gate).reason();
        if (reason == null) {
            throw new AssertionError(gate + " is clear");
        }
        return reason;
    }

    private Reason.Kind kind(Item bug, String gate) {
        return reason(bug, gate).kind();
    }
}
