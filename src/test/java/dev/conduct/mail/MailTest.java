package dev.conduct.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.DataFolder;
import dev.conduct.database.StartRefused;
import dev.conduct.support.ConductTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Letters of an installation without a mail server become files, whatever their words are.
@ConductTest
class MailTest {

    private final Mail mail;
    private final Postman postman;
    private final LetterSeals seals;
    private final Sent sent;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final Path folder;

    MailTest(
            Mail mail,
            Postman postman,
            LetterSeals seals,
            Sent sent,
            JdbcClient db,
            PlatformTransactionManager transactions,
            DataFolder data) {
        this.seals = seals;
        this.sent = sent;
        this.mail = mail;
        this.postman = postman;
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.folder = data.mail();
    }

    private String state(UUID id) {
        return db.sql("select coalesce((select state from mail.letter where id = :id), 'none')")
                .param("id", id)
                .query(String.class)
                .single();
    }

    /// The application's own postman may be quicker; then there is nothing left to do here.
    private MimeMessage delivered(UUID id) throws Exception {
        postman.deliver();
        for (var end = System.nanoTime() + 10_000_000_000L; state(id).equals("queued") && System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        try (var in = Files.newInputStream(folder.resolve(id + ".eml"))) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    @Test
    void a_letter_leaves_with_the_transaction_it_was_sent_in_and_not_without() {
        var kept = transaction.execute(
                status -> mail.send(Letter.toBox("test", "a@b.example", "Kept").paragraph("Yes.")));
        var undone = transaction.execute(status -> {
            status.setRollbackOnly();
            return mail.send(Letter.toBox("test", "a@b.example", "Undone").paragraph("No."));
        });

        postman.deliver();

        assertThat(state(java.util.Objects.requireNonNull(kept))).isIn("queued", "sent");
        assertThat(state(java.util.Objects.requireNonNull(undone))).isEqualTo("none");
    }

    @Test
    void letters_from_before_they_were_encrypted_are_encrypted_and_can_still_be_sent_and_found() throws Exception {
        var id = UUID.randomUUID();
        var to = "old-" + id + "@ours.example";
        db.sql("""
                insert into mail.letter (id, kind, recipient, subject, text, html, state, queued_at, next_at)
                values (:id, 'test', :to, 'An old one', 'Its old words.', '<p>Its old words.</p>', 'queued', :then, :then)
                """)
                .param("id", id)
                .param("to", to)
                .param("then", java.time.OffsetDateTime.parse("2099-01-01T00:00:00Z"))
                .update();

        while (seals.renew(200) > 0) {
            continue;
        }

        assertThat(db.sql("select t::text from mail.letter t where id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .doesNotContain("ours.example", "old one", "old words");
        assertThat(sent.to(to)).singleElement().satisfies(letter -> {
            assertThat(letter.subject()).isEqualTo("An old one");
            assertThat(letter.text()).isEqualTo("Its old words.");
        });
        mail.forget(to);
        assertThat(sent.to(to)).isEmpty();
    }

    /// Abuse case 24.
    @Test
    void abuse_24_no_words_of_users_become_a_header_or_another_recipient() throws Exception {
        var evil = "Hello\r\nBcc: spy@evil.example\r\n\r\n<b>body</b>\u2028X-More: 1\u0085Y: 2\0\ud800";

        var hurt = mail.send(Letter.toBox("test", "mira@ours.example", evil)
                .heading(evil)
                .paragraph("<script>alert(1)</script>")
                .line(evil, "/items/APP-1", evil)
                .quote(evil));
        var others = new String[] {
            "mira@ours.example\r\nBcc: spy@evil.example",
            "mira@ours.example, spy@evil.example",
            "\"Mira\" <spy@evil.example>",
            "mira@ours.example\n",
            "@ours.example",
            "mira",
            "mira@[127.0.0.1]"
        };

        var letter = delivered(hurt);
        assertThat(letter.getAllRecipients()).hasSize(1);
        assertThat(Collections.list(letter.getAllHeaders()))
                .extracting(jakarta.mail.Header::getName)
                .containsExactlyInAnyOrder(
                        "Date",
                        "From",
                        "To",
                        "Message-ID",
                        "Subject",
                        "MIME-Version",
                        "Content-Type",
                        "Auto-Submitted",
                        "X-Auto-Response-Suppress");
        assertThat(letter.getSubject())
                .startsWith("Hello Bcc: spy@evil.example")
                .doesNotContain("\n");
        var html = ((MimeMultipart) letter.getContent())
                .getBodyPart(1)
                .getContent()
                .toString();
        assertThat(html).doesNotContain("<script>").doesNotContain("<b>body").contains("&lt;script&gt;");
        for (var address : others) {
            var id = mail.send(Letter.toBox("test", address, "A word"));
            postman.deliver();
            for (var end = System.nanoTime() + 10_000_000_000L;
                    state(id).equals("queued") && System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            assertThat(state(id)).as(address).isEqualTo("bounced");
            assertThat(folder.resolve(id + ".eml")).doesNotExist();
        }
    }

    @Test
    void a_letter_that_became_a_file_goes_with_its_address() throws Exception {
        var id = mail.send(Letter.toBox("test", "forgotten@b.example", "Words").paragraph("Of somebody."));
        assertThat(delivered(id).getSubject()).isEqualTo("Words");

        transaction.executeWithoutResult(status -> {
            mail.forget("forgotten@b.example");
            status.setRollbackOnly();
        });
        assertThat(folder.resolve(id + ".eml")).as("nothing was erased").exists();
        transaction.executeWithoutResult(status -> mail.forget("forgotten@b.example"));

        assertThat(folder.resolve(id + ".eml")).doesNotExist();
    }

    @Test
    void settings_that_would_send_a_password_readable_or_from_nobody_are_refused_at_the_start() {
        assertThatThrownBy(() -> new MailSettings("mx.example", null, "none", "me", "secret", "a@b.example"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("CONDUCT_MAIL_TLS")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> new MailSettings("mx.example", null, null, null, null, null))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("CONDUCT_MAIL_FROM");
        assertThat(new MailSettings("mx.example", 465, null, null, null, "a@b.example").security())
                .isEqualTo(MailSettings.Security.TLS);
    }
}
