package dev.conduct.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.conduct.support.ConductTest;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What becomes of a queued letter: taken by a real mail server, refused for good, refused for now, nobody there.
@ConductTest
@ExtendWith(OutputCaptureExtension.class)
class DeliveryTest {

    private final Post post;
    private final JdbcClient db;

    DeliveryTest(LetterRows rows, JdbcClient db) {
        this.post = new Post(rows, db);
        this.db = db;
    }

    private static Letter to(String address) {
        return Letter.toBox("test", address, "A word")
                .paragraph("The one-time link is Wq7.")
                .inThread("item:APP-1")
                .endedBy("/unsubscribe?token=abc");
    }

    @Test
    void a_server_is_handed_both_forms_and_the_headers_that_keep_letters_together_and_end_them() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            var id = post.queue(to("mira@ours.example"), "Größe: 5 €");

            post.by(Post.smtp(server.getSmtp().getPort(), "none", null)).deliver();

            var letter = server.getReceivedMessages()[0];
            assertThat(letter.getSubject()).isEqualTo("Größe: 5 €");
            assertThat(letter.getMessageID()).isEqualTo("<" + id + "@conduct.example>");
            assertThat(letter.getHeader("References"))
                    .isEqualTo(letter.getHeader("In-Reply-To"))
                    .hasSize(1);
            assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(letter.getHeader("List-Unsubscribe"))
                    .containsExactly("<https://conduct.example/unsubscribe?token=abc>");
            assertThat(letter.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            var both = (MimeMultipart) letter.getContent();
            assertThat(both.getContentType()).startsWith("multipart/alternative");
            assertThat(both.getBodyPart(0).getContent().toString()).contains("The one-time link is Wq7.");
            assertThat(both.getBodyPart(1).getContentType()).startsWith("text/html");
            assertThat(post.state(id))
                    .extracting(Post.State::state, Post.State::words)
                    .containsExactly("sent", false);
        } finally {
            server.stop();
        }
    }

    @Test
    void who_is_unknown_there_is_not_written_to_again_and_who_is_busy_is_later_and_then_given_up(CapturedOutput log)
            throws Exception {
        try (var server = new ScriptedServer()) {
            var postman = post.by(Post.smtp(server.port(), "none", null));
            var unknown = post.queue(to("nobody@there.example"), "A word");
            var busy = post.queue(to("later@there.example"), "A word");

            postman.deliver();
            var first = post.next(busy);
            for (var attempt = 2; attempt <= 9; attempt++) {
                post.clock.set(post.next(busy));
                postman.deliver();
            }

            assertThat(post.state(unknown).state()).isEqualTo("bounced");
            assertThat(post.state(unknown).says()).contains("nobody lives here");
            assertThat(post.state(unknown).attempts()).isEqualTo(1);
            assertThat(Duration.between(first, post.clock.instant()))
                    .isBetween(Duration.ofHours(48), Duration.ofHours(49));
            assertThat(post.state(busy))
                    .isEqualTo(new Post.State(
                            "bounced", 9, "Given up after 9 attempts. 451 4.2.1 come back later", false));
            assertThat(db.sql("select outcome from mail.attempt where letter = :id order by number")
                            .param("id", busy)
                            .query(String.class)
                            .list())
                    .hasSize(9)
                    .startsWith("deferred")
                    .endsWith("bounced");
            assertThat(log.getAll())
                    .contains("bounced")
                    .doesNotContain("there.example")
                    .doesNotContain("Wq7");
        }
    }

    @Test
    void nothing_leaves_readable_when_the_server_should_encrypt_and_cannot() throws Exception {
        try (var server = new ScriptedServer()) {
            var id = post.queue(to("mira@there.example"), "A word");

            post.by(Post.smtp(server.port(), null, "conduct")).deliver();

            assertThat(post.state(id).state()).isEqualTo("deferred");
            assertThat(server.lines).noneMatch(line -> line.startsWith("AUTH") || line.startsWith("MAIL"));
        }
    }

    @Test
    void letters_wait_while_nobody_is_there() throws Exception {
        var gone = new ScriptedServer();
        gone.close();
        var ids = List.of(post.queue(to("a@there.example"), "A word"), post.queue(to("b@there.example"), "A word"));

        post.by(Post.smtp(gone.port(), "none", null)).deliver();

        assertThat(ids).allSatisfy(id -> assertThat(post.state(id).state()).isEqualTo("deferred"));
    }

    @Test
    void of_two_nodes_one_takes_a_letter_and_the_other_only_when_the_first_died_with_it() {
        var id = post.queue(to("mira@there.example"), "A word");

        var first = taken(id);
        var second = taken(id);
        post.clock.advance(Duration.ofMinutes(2));
        var third = taken(id);
        post.rows.ended(first.getFirst(), new Outcome("bounced", "smtp", "too late", null), post.clock.instant());
        post.rows.ended(third.getFirst(), new Outcome("sent", "smtp", "250", null), post.clock.instant());

        assertThat(second).isEmpty();
        assertThat(Arrays.asList(first.getFirst().attempt(), third.getFirst().attempt()))
                .containsExactly(1, 2);
        assertThat(post.state(id).state()).isEqualTo("sent");
    }

    /// Letters that other tests left deferred are due as well.
    private List<LetterRows.Taken> taken(UUID id) {
        return post.rows.take(post.clock.instant(), 100, Duration.ofMinutes(2)).stream()
                .filter(letter -> letter.id().equals(id))
                .toList();
    }
}
