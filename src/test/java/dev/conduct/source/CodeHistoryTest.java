package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.procedure.Case;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
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
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
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
    private final TestClock clock;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String product =
            "HIS" + UUID.randomUUID().toString().substring(0, 4).toUpperCase();
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
                .flatMap(
                        source -> source
                                .facts(new FactSource.Question(
                                        product + "-1", product, "", commit.name(), clock.instant()))
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
