package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Bodies as the hosts themselves send them: what is read out of each, and that none breaks the reader.
class HostTalesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void every_body_of_a_host_is_read_or_passed_over() throws IOException {
        var read = 0;
        for (var host : new Host[] {Host.GITHUB, Host.GITLAB, Host.JENKINS}) {
            try (var files = Files.list(corpus().resolve(host.word()))) {
                for (var file : files.sorted().toList()) {
                    // One file of the collection was cut by who published it.
                    if (!file.endsWith("note_commit.json")) {
                        assertThat(tale(host, file)).as(file.toString()).isNotNull();
                        read++;
                    }
                }
            }
        }

        assertThat(read).isGreaterThan(45);
    }

    @Test
    void github_tells_of_pull_requests_reviews_runs_and_statuses() throws IOException {
        var opened = (Tale.Change) github("pull_request__opened__0");
        assertThat(opened.number()).isEqualTo(2);
        assertThat(opened.author()).isEqualTo("Codertocat");
        assertThat(opened.branch()).isEqualTo("changes");
        assertThat(opened.target()).isEqualTo("master");
        assertThat(opened.head()).isEqualTo("ec26c3e57ca3a959ca5aad62de7213c562f8c821");
        assertThat(opened.state()).isEqualTo(Tale.State.OPEN);
        assertThat(github("pull_request_review__submitted__0"))
                .as("a comment is no verdict")
                .isInstanceOf(Tale.Nothing.class);
        var check = (Tale.Run) github("check_run__completed__1");
        assertThat(check.came()).isEqualTo(Tale.Came.FAILED);
        assertThat(check.name()).isEqualTo("check Octocoders-linter");
        assertThat(((Tale.Run) github("workflow_run__completed__0")).came()).isEqualTo(Tale.Came.RUNNING);
        var status = (Tale.Run) github("status__default__0");
        assertThat(status.came()).isEqualTo(Tale.Came.PASSED);
        assertThat(status.commit()).isEqualTo("6113728f27ae82c7b1a177c8d03f9e96e0adf246");
        assertThat(github("push__default__0")).as("a tag").isInstanceOf(Tale.Nothing.class);
    }

    @Test
    void gitlab_and_jenkins_tell_in_their_own_words() throws IOException {
        var push = (Tale.Push) tale(Host.GITLAB, corpus().resolve("gitlab/push.json"));
        assertThat(push.branch()).isEqualTo("master");
        assertThat(push.mainBranch()).isEqualTo("master");
        assertThat(push.commits())
                .extracting(Tale.Commit::sha)
                .containsExactly(
                        "b6568db1bc1dcd7f8b4d5a946b0b91f9dacd7327", "da1560886d4f094c3e6c9ef40349f7d38b5d27d7");
        var request = (Tale.Change) tale(Host.GITLAB, corpus().resolve("gitlab/merge_request.json"));
        assertThat(request.number()).isEqualTo(1);
        assertThat(request.author()).as("told by another than the author").isEqualTo("#51");
        var build = (Tale.Run) tale(Host.JENKINS, corpus().resolve("jenkins/notification-plugin.json"));
        assertThat(build.name()).isEqualTo("asgard");
        assertThat(build.came()).isEqualTo(Tale.Came.PASSED);
        assertThat(build.commit()).isEqualTo("c6d86dc654b12425e706bcf951adfe5a8627a517");
    }

    @Test
    void an_approval_of_gitlab_and_one_of_gitea_are_reviews_of_the_head() {
        var gitlab = (Tale.Review) Tales.read(Host.GITLAB, "Merge Request Hook", """
                {"object_kind":"merge_request","user":{"id":7,"username":"rita"},"object_attributes":{"iid":3,"title":"T",
                 "author_id":7,"action":"approved","state":"opened","source_branch":"fix","target_branch":"main",
                 "last_commit":{"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"url":"",
                 "created_at":"2026-11-20 09:00:00 UTC","updated_at":"2026-11-20 10:00:00 UTC"}}
                """, NOW);
        assertThat(gitlab.verdict()).isEqualTo(Tale.Verdict.APPROVED);
        assertThat(gitlab.at()).isEqualTo(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(gitlab.change().author()).as("who approves it opened it").isEqualTo(gitlab.reviewer());
        var gitea = (Tale.Review) Tales.read(Host.GITEA, "pull_request_approved", """
                {"action":"reviewed","sender":{"login":"rita"},"review":{"type":"pull_request_review_approved"},
                 "pull_request":{"number":3,"title":"T","body":"","state":"open","user":{"login":"octo"},"merged":false,
                 "head":{"ref":"fix","sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"base":{"ref":"main"},
                 "html_url":"","created_at":"2026-11-20T09:00:00Z","updated_at":"2026-11-20T10:00:00Z"}}
                """, NOW);
        assertThat(gitea.commit()).isEqualTo("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        assertThat(gitea.reviewer()).isEqualTo("rita");
    }

    @Test
    void keys_are_found_in_branch_title_message_and_trailer_and_only_of_products() {
        var found = new Mentioned(Set.of("APP", "WEB"))
                .branch("feature/app-12-faster")
                .title("WEB-3: UTF-8 and SHA-256, not XAPP-9")
                .message("Long story about APP-4.\n\nFixes: app-5\n")
                .places();

        assertThat(found)
                .containsOnly(
                        java.util.Map.entry("APP-12", "branch"),
                        java.util.Map.entry("WEB-3", "title"),
                        java.util.Map.entry("APP-4", "message"),
                        java.util.Map.entry("APP-5", "trailer"));
        var many = new StringBuilder();
        for (var number = 1; number <= 100; number++) {
            many.append("APP-").append(number).append(' ');
        }
        assertThat(new Mentioned(Set.of("APP")).title(many.toString()).places()).hasSize(20);
    }

    private static Tale github(String name) throws IOException {
        return tale(Host.GITHUB, corpus().resolve("github/" + name + ".json"));
    }

    private static Tale tale(Host host, Path file) throws IOException {
        var event = file.getFileName().toString().split("__", 2)[0];
        return Tales.read(host, event, Files.readString(file), NOW);
    }

    private static Path corpus() {
        var root = Path.of(Objects.requireNonNullElse(System.getenv("CONDUCT_CORPUS"), "../shared/data"))
                .resolve("webhook");
        Assumptions.assumeTrue(Files.isDirectory(root), "no real webhooks at " + root);
        return root;
    }
}
