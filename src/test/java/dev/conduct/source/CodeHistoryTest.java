package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.procedure.Case;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.CodeHistory;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.MergeCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// What a mirror tells of results: which of the changed lines tests ran, and which commits may have broken a test.
@ConductTest
class CodeHistoryTest {

    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "page");
    private static final String CASES = """
            /**
             * @case PAY-1 Pays once
             * @step Pay => Paid
             *
             * @test shop.CardTest#pays
             */
            class CardTest {
                @step method() {}
            """;
    private static final JsonMapper JSON = new JsonMapper();

    private final Accounts accounts;
    private final Clients clients;
    private final Repositories repositories;
    private final Products products;
    private final MirrorWork work;
    private final CodeHistory history;
    private final List<FactSource> sources;
    private final List<ScheduledWork> scheduled;
    private final JdbcClient database;
    private final TestClock clock;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String product =
            "HIS" + UUID.randomUUID().toString().substring(0, 4).toUpperCase(java.util.Locale.ROOT);
    private String token = "";

    CodeHistoryTest(
            Accounts accounts,
            Clients clients,
            Repositories repositories,
            Products products,
            MirrorWork work,
            CodeHistory history,
            List<FactSource> sources,
            List<ScheduledWork> scheduled,
            JdbcClient database,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.clients = clients;
        this.repositories = repositories;
        this.products = products;
        this.work = work;
        this.history = history;
        this.sources = sources;
        this.scheduled = scheduled;
        this.clock = clock;
        this.database = database;
        this.address = "http://localhost:" + port;
    }

    @Test
    void changed_lines_are_held_against_the_coverage_of_their_commit_and_what_broke_a_test_is_named()
            throws IOException, GitAPIException, InterruptedException {
        products.create(product, "History", ANA);
        var root = Files.createDirectories(Path.of("target/source-files")).toAbsolutePath();
        var place = Files.createTempDirectory(root, "history");
        try (var git =
                Git.init().setInitialBranch("main").setDirectory(place.toFile()).call()) {
            var first = commit(git, place, "Begin", "a\nb\nc\n");
            var words = commit(git, place, "Change words", CASES, "src/test/CardTest.java");
            git.checkout().setCreateBranch(true).setName("feature").call();
            var second = commit(git, place, "Add a line", "a\nb\nc\nd\n");
            var third = commit(git, place, "Add two more", "a\nB\nc\nd\ne\n");
            git.checkout().setName("main").call();
            repositories.add(
                    new Repositories.Wanted(
                            product, "history", "git", place.toUri().toString(), ""),
                    ANA);
            signIn();
            send(first, "main", suite(""));
            send(first, "main", "TN:\nSF:shop/Card.java\nDA:1,1\nDA:2,1\nend_of_record\n");
            assertThat(fact(third)).isNull();
            work.fetchDue();
            count();
            assertThat(known(third).commit()).isEqualTo(first.name());

            send(third, "main", suite("<failure message='no'/>"));
            send(third, "main", "TN:\nSF:shop/Card.java\nDA:1,1\nDA:2,1\nDA:4,1\nDA:5,0\nend_of_record\n");
            count();

            // Changed against where the branch left: lines 2, 4 and 5, of which tests ran 2 and 4.
            var fact = known(third);
            assertThat(fact.commit()).isEqualTo(third.name());
            assertThat(fact.passed()).isFalse();
            assertThat(fact.source()).contains("2 of 3 changed lines run by tests");
            var told = JSON.readTree(get("/api/v1/products/" + product + "/changed-lines?commit=" + third.name()));
            assertThat(told.get("base").asString()).isEqualTo(words.name());
            assertThat(told.get("files").get(0).get("path").asString()).isEqualTo("src/main/java/shop/Card.java");
            assertThat(told.get("files").get(0).get("gaps").get(0).get("from").asInt())
                    .isEqualTo(5);

            send(third, "main", "TN:\nSF:shop/Card.java\nDA:5,1\nend_of_record\n");
            count();
            assertThat(known(third).passed()).isTrue();

            pages(words, second, third);
            brokenBy(words, second, third);
            assertThat(history.containing(product, "@case"))
                    .singleElement()
                    .satisfies(text -> assertThat(text.path()).isEqualTo("src/test/CardTest.java"));
            assertThat(history.between(product, third.name(), first.name(), 5)
                            .orElseThrow()
                            .straight())
                    .isFalse();
            assertThat(history.changed(product, "0".repeat(40), "")).isEmpty();
        }
    }

    @Test
    void a_merge_brings_the_lines_of_its_branch_and_what_was_merged_into_a_branch_is_not_its_own()
            throws IOException, GitAPIException {
        products.create(product, "Merges", ANA);
        var root = Files.createDirectories(Path.of("target/source-files")).toAbsolutePath();
        var place = Files.createTempDirectory(root, "merges");
        try (var git =
                Git.init().setInitialBranch("main").setDirectory(place.toFile()).call()) {
            commit(git, place, "Begin", "a\nb\n", "Card.java");
            git.checkout().setCreateBranch(true).setName("feature").call();
            commit(git, place, "Add a line", "a\nb\nc\n", "Card.java");
            git.checkout().setName("main").call();
            var elsewhere = commit(git, place, "Another file", "x\ny\n", "Cart.java");
            git.checkout().setName("feature").call();
            merge(git, elsewhere, "Take what main has");
            var head = commit(git, place, "Add one more", "a\nb\nc\nd\n", "Card.java");
            var repository = repositories
                    .add(
                            new Repositories.Wanted(
                                    product, "merges", "git", place.toUri().toString(), "main"),
                            ANA)
                    .repository()
                    .id();
            work.fetchDue();

            // While it is open: what main brought into the branch was not written there.
            assertThat(changed(head)).isEqualTo(Map.of("Card.java", BitSet.valueOf(new long[] {0b11000})));

            git.checkout().setName("main").call();
            var merged = merge(git, head, "Merge the feature");
            clock.advance(Duration.ofHours(1));
            work.fetchDue();

            assertThat(changed(merged)).as("the merge").isEqualTo(Map.of("Card.java", BitSet.valueOf(new long[] {0b11000
            })));
            assertThat(history.changed(product, merged.name(), "").orElseThrow().base())
                    .isEqualTo(elsewhere.name());
            assertThat(changed(head)).as("no merge request is known").isEqualTo(Map.of("Card.java", bit(4)));
            database.sql("""
                            insert into source.change (repository, number, title, state, author, branch, target, head,
                                                       merge_commit, url, opened_at, told_at, merged_at, keyed)
                            values (:repository, 1, '', 'merged', 'x', 'feature', 'main', :head, :merge, '', now(), now(),
                                    now(), true)
                            """)
                    .param("repository", repository)
                    .param("head", head.name())
                    .param("merge", merged.name())
                    .update();
            assertThat(changed(head))
                    .as("the head of a merged request")
                    .isEqualTo(Map.of("Card.java", BitSet.valueOf(new long[] {0b11000})));
        }
    }

    private static BitSet bit(int line) {
        var bits = new BitSet();
        bits.set(line);
        return bits;
    }

    private Map<String, BitSet> changed(RevCommit commit) {
        return history.changed(product, commit.name(), "").orElseThrow().lines();
    }

    private static RevCommit merge(Git git, RevCommit other, String says) throws GitAPIException {
        var result = git.merge()
                .include(other)
                .setFastForward(MergeCommand.FastForwardMode.NO_FF)
                .setCommit(false)
                .call();
        assertThat(result.getMergeStatus().isSuccessful()).isTrue();
        return git.commit()
                .setAuthor("Ana", "ana@example.org")
                .setCommitter("Ana", "ana@example.org")
                .setSign(false)
                .setMessage(says)
                .call();
    }

    private String plan() throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/products/" + product + "/test-plans"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"title\": \"Regression\"}"))
                        .build(),
                BodyHandlers.ofString());
        return JSON.readTree(answer.body()).get("id").asString();
    }

    /// The same for programs, and the cases that the main branch tells of.
    private void brokenBy(RevCommit words, RevCommit second, RevCommit third) throws IOException, InterruptedException {
        var test =
                database.sql("""
                        select t.test from quality.test_case t join quality.report r on r.id = t.report
                         where r.product = :product limit 1
                        """).param("product", product).query(String.class).single();
        var told = JSON.readTree(get("/api/v1/products/" + product + "/tests/" + test + "/break"));
        assertThat(told.get("broken").asBoolean()).isTrue();
        assertThat(told.get("bad").asString()).isEqualTo(third.name());
        assertThat(told.get("commits").valueStream().map(one -> one.get("sha").asString()))
                .containsExactlyInAnyOrder(words.name(), second.name(), third.name());
        var plan = plan();
        var sent = http.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/test-plans/" + plan + "/imports"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"format\": \"mirror\", \"dry_run\": true}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        assertThat(JSON.readTree(sent.body()).get("read").asInt()).isOne();
    }

    private void pages(RevCommit words, RevCommit second, RevCommit third) throws IOException, InterruptedException {
        var email = "hana" + UUID.randomUUID() + "@example.org";
        var hana = accounts.add("Hana History", email, Set.of("lead_developer"), ANA);
        try (var visitor = new Visitor(Chromium.shared().browser(), address, clock, "Hana History", email)
                .accept("/invitation?token=" + accounts.invite(hana.id(), ANA))) {
            visitor.go("/quality/" + product + "/runs?commit=" + third.name());
            assertThat(visitor.text()).contains("3 of 3 changed lines run by tests", "where it left main");
            assertThat(visitor.text()).contains("Broken between", "3 commits, one of which broke it");
            assertThat(visitor.text()).contains("Add a line", "Change words").doesNotContain("Begin");
            visitor.follow("Changed lines");
            assertThat(visitor.text()).contains("src/main/java/shop/Card.java", "of 3 changed in these files");
            visitor.go(visitor.page().url().substring(address.length()) + "?base=" + second.name());
            assertThat(visitor.text()).contains("commit " + second.name().substring(0, 8));
            visitor.go(visitor.page().url().substring(address.length()).replace(second.name(), "zz"));
            assertThat(visitor.text()).contains("No mirror has both commits");
            visitor.go(visitor.page().url().substring(address.length()).replace("zz", words.name()));
            assertThat(visitor.barriers()).isEmpty();
            visitor.page().setViewportSize(390, 844);
            assertThat(visitor.overflow()).isNotPositive();
            visitor.page().setViewportSize(1440, 900);
            visitor.follow("The run").page().locator("table a.title").first().click();
            assertThat(visitor.text()).contains("Where it broke", "3 commits, one of which broke it");
            visitor.go("/testing/" + product + "/plans/" + plan() + "/import");
            visitor.press("Read the repository");
            assertThat(visitor.page().locator("#f-text").inputValue())
                    .startsWith("# src/test/CardTest.java:2\n * @case PAY-1 Pays once\n")
                    .contains("@test shop.CardTest#pays")
                    .doesNotContain("method");
            visitor.press("Bring 1 case");
            assertThat(visitor.text()).contains("Pays once");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private RevCommit commit(Git git, Path place, String says, String text) throws IOException, GitAPIException {
        return commit(git, place, says, text, "src/main/java/shop/Card.java");
    }

    private static RevCommit commit(Git git, Path place, String says, String text, String file)
            throws IOException, GitAPIException {
        Files.createDirectories(place.resolve(file).getParent());
        Files.writeString(place.resolve(file), text);
        git.add().addFilepattern(".").call();
        return git.commit()
                .setAuthor("Ana", "ana@example.org")
                .setCommitter("Ana", "ana@example.org")
                .setSign(false)
                .setMessage(says)
                .call();
    }

    private static String suite(String inside) {
        return "<testsuite name='shop'><testcase classname='shop.CardTest' name='pays' time='0.1'>" + inside
                + "</testcase></testsuite>";
    }

    private void count() {
        assertThat(scheduled.stream().anyMatch(one -> one.now("count-changed-lines")))
                .isTrue();
    }

    private Case.@Nullable Fact fact(RevCommit commit) {
        return sources.stream()
                .flatMap(source -> source
                        .facts(new FactSource.Question(
                                product + "-1", product, "", commit.name(), clock.instant(), Evidence.TOLD))
                        .stream())
                .filter(fact -> fact.kind().equals("change_coverage"))
                .findFirst()
                .orElse(null);
    }

    private Case.Fact known(RevCommit commit) {
        return Objects.requireNonNull(fact(commit));
    }

    private void signIn() throws IOException, InterruptedException {
        var key = clients.create("history", Set.of("lead_developer"), "system:cli", "cli");
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                + key.clientId() + "&client_secret=" + key.clientSecret()))
                        .build(),
                BodyHandlers.ofString());
        token = JSON.readTree(answer.body()).get("access_token").asString();
    }

    private void send(RevCommit commit, String branch, String report) throws IOException, InterruptedException {
        clock.advance(Duration.ofSeconds(1));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "/api/v1/reports?product=" + product + "&commit="
                                + commit.name() + "&branch=" + branch))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofString(report))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }

    private String get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
