package dev.conduct.replies;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Invitations;
import dev.conduct.identity.People;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.mail.Sent;
import dev.conduct.shell.Words;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Answers to letters, read from a real IMAP server: what becomes a comment, and what never does. Abuse case 23.
@ConductTest
class RepliesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "page");
    private static final String OURS = "reply@conduct.example";

    private final Items items;
    private final Accounts accounts;
    private final Invitations invitations;
    private final People people;
    private final Products products;
    private final ReplyAddresses addresses;
    private final Replies replies;
    private final Ledger ledger;
    private final Sent sent;
    private final JdbcClient db;
    private final TestClock clock;
    private final MailboxReading mailbox;
    private final ReceivedPages pages;

    @TempDir
    private Path folder;

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final String family = UUID.randomUUID().toString().substring(0, 8);

    RepliesTest(
            Items items,
            Accounts accounts,
            Invitations invitations,
            People people,
            Products products,
            ReplyAddresses addresses,
            Replies replies,
            Ledger ledger,
            Sent sent,
            JdbcClient db,
            TestClock clock,
            MailboxReading mailbox,
            ReceivedPages pages) {
        this.mailbox = mailbox;
        this.pages = pages;
        this.sent = sent;
        this.items = items;
        this.accounts = accounts;
        this.invitations = invitations;
        this.people = people;
        this.products = products;
        this.addresses = addresses;
        this.replies = replies;
        this.ledger = ledger;
        this.db = db;
        this.clock = clock;
    }

    @BeforeEach
    void open() {
        server.start();
        server.setUser(OURS, "reply", "secret words");
    }

    @AfterEach
    void close() {
        server.stop();
    }

    /// Somebody with an account, and a record they may see.
    private record Writer(String id, String email, String item, String to) {}

    private Writer writer(String... roles) {
        var product =
                "RP" + UUID.randomUUID().toString().replaceAll("[^0-9]", "").substring(0, 6);
        products.create(product, "Replies", ADMINISTRATOR);
        var email = "mira-" + UUID.randomUUID() + "@" + family + ".example";
        var id = accounts.add("Mira " + family, email, Set.of(roles), ADMINISTRATOR)
                .id();
        invitations.accept(accounts.invite(id, ADMINISTRATOR), "hash of no password");
        var item = items.report(
                        new Items.Report(
                                "bug", product, "It fails", "As told.", Map.of("severity", "high"), null, null),
                        people.actor(id, "page"))
                .key();
        return new Writer(id, email, item, String.valueOf(addresses.of(id, item)));
    }

    private String confirmed() {
        return "Authentication-Results: mx.conduct.example; spf=pass; dmarc=pass (p=reject) header.from=" + family
                + ".example\r\n";
    }

    /// A mail in the box, as the mail server puts it there.
    private void arrives(String from, String to, String headers, String body) throws Exception {
        server.getUserManager().getUser("reply").deliver(mail(from, to, headers, body));
    }

    private static MimeMessage mail(String from, String to, String headers, String body) throws Exception {
        var text = headers + "From: " + from + "\r\nTo: " + to + "\r\nMessage-ID: <" + UUID.randomUUID()
                + "@there.example>\r\nSubject: Re: It fails\r\nMIME-Version: 1.0\r\n" + body;
        return new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String plain(String text) {
        return "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text.replace("\n", "\r\n");
    }

    private void read() {
        replies.read(new ImapBox(
                new ReplySettings(
                        OURS,
                        "mx.conduct.example",
                        "127.0.0.1",
                        server.getImap().getPort(),
                        "none",
                        null,
                        "reply",
                        "secret words"),
                "127.0.0.1"));
    }

    @Test
    void a_mailbox_behind_tls_is_read_when_its_certificate_is_signed_by_whom_we_trust_and_is_for_its_name()
            throws Exception {
        var keys = Path.of("src/test/resources/mail-server.p12");
        var tls = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS));
        try {
            tls.start();
            tls.setUser(OURS, "reply", "secret words");
            var port = tls.getImaps().getPort();
            var authority = authority(keys);
            var mira = writer("developer");
            tls.getUserManager().getUser("reply").deliver(mail(mira.email(), mira.to(), confirmed(), plain("Yes.")));

            replies.read(box("127.0.0.1", port, null, "secret words"));
            assertThat(reading()).contains("127.0.0.1:" + port, "is not trusted", "CONDUCT_REPLIES_CA");
            replies.read(box("localhost", port, authority, "secret words"));
            assertThat(reading()).contains("localhost:" + port, "is for another name");
            replies.read(box("127.0.0.1", port, authority, "other words"));
            assertThat(reading())
                    .contains("does not take the user and the password")
                    .doesNotContain("other words");
            assertThat(said(mira)).isEmpty();

            replies.read(box("127.0.0.1", port, authority, "secret words"));
            assertThat(reading()).startsWith("read ");
            assertThat(pages.show("").received().items()).anySatisfy(mail -> {
                assertThat(mail.item()).isEqualTo(mira.item());
                assertThat(mail.sender()).isEqualTo(family + ".example");
                assertThat(mail.verdict()).isEqualTo(Verdict.TAKEN);
            });
            assertThat(said(mira)).extracting(Event::action).containsExactly("item.comment");
        } finally {
            tls.stop();
        }
        replies.read(box("127.0.0.1", 1, null, "secret words"));
        assertThat(reading()).isEqualTo("Nothing answers at 127.0.0.1:1.");
    }

    private static ImapBox box(String host, int port, @Nullable String ca, String password) {
        return new ImapBox(
                new ReplySettings(OURS, "mx.conduct.example", host, port, "tls", ca, "reply", password), host);
    }

    /// What the page about the system says.
    private String reading() {
        return mailbox.readings(new Words(ZoneOffset.UTC, clock.instant()))
                .getFirst()
                .value();
    }

    private String authority(Path keys) throws Exception {
        var store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        var file = folder.resolve("authority.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("mail").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        return file.toString();
    }

    private List<Event> said(Writer writer) {
        return ledger.eventsOf("item:" + writer.item()).stream()
                .filter(event ->
                        event.action().equals("item.comment") || event.action().equals("item.attach"))
                .toList();
    }

    private List<String> verdicts(String column, String value) {
        return db.sql("select verdict from replies.received where " + column + " = :value order by id")
                .param("value", value)
                .query((row, number) -> row.getString("verdict"))
                .list();
    }

    private int waiting() throws FolderException {
        return server.getManagers()
                .getImapHostManager()
                .getInbox(server.getUserManager().getUser("reply"))
                .getMessageCount();
    }

    @Test
    void an_answer_becomes_a_comment_of_its_writer_with_its_files_and_without_the_letter() throws Exception {
        var mira = writer("developer");
        arrives(
                "Mira <" + mira.email().toUpperCase(java.util.Locale.ROOT) + ">",
                "Conduct <" + mira.to() + ">",
                confirmed().replace(family, family.toUpperCase(java.util.Locale.ROOT)),
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                        + plain("It fails on *Tuesdays* only.\n\n> Is it so?\n\nYes.\n\n"
                                + "On Sat, 28 Nov 2026 at 08:00, Conduct\n<conduct@ours.example> wrote:\n> "
                                + ReplyAddresses.MARK + "\n>\n> Tom said something\n")
                        + "\r\n--b\r\nContent-Type: text/plain; name=\"../log.txt\"\r\n"
                        + "Content-Disposition: attachment; filename=\"../log.txt\"\r\n\r\nline one\r\n--b--\r\n");
        arrives(
                mira.email(),
                mira.to(),
                confirmed(),
                "Content-Type: text/html; charset=utf-8\r\n\r\n<div>And<script>alert(1)</script> on <b>Fridays</b>"
                        + ".</div><div>&lt;img src=x onerror=alert(1)&gt;</div><blockquote>Old words</blockquote>");

        read();

        var said = said(mira);
        assertThat(said).extracting(Event::action).containsExactly("item.comment", "item.attach", "item.comment");
        assertThat(said).extracting(Event::actor).containsOnly(mira.id());
        assertThat(said).extracting(Event::via).containsOnly("mail");
        assertThat(said.getFirst().content())
                .containsEntry("text", "It fails on *Tuesdays* only.\n\n> Is it so?\n\nYes.");
        assertThat(said.get(1).content().get("name")).isEqualTo("log.txt");
        assertThat(said.get(2).content()).containsEntry("text", "And on Fridays.\n\n<img src=x onerror=alert(1)>");
        assertThat(verdicts("person", mira.id())).containsExactly("taken", "taken");
        assertThat(waiting()).isZero();
    }

    @Test
    void case_23_no_mail_of_somebody_else_speaks_on_a_record() throws Exception {
        var mira = writer("developer");
        var other = writer("developer");
        var words = plain("I approve of this.");
        // Who found the address of a letter, and says to be its reader.
        arrives(mira.email(), mira.to(), "", words);
        arrives(mira.email(), mira.to(), confirmed().replace("dmarc=pass", "dmarc=fail"), words);
        arrives(mira.email(), mira.to(), confirmed().replace("mx.conduct", "mx.evil"), words);
        arrives(mira.email(), mira.to(), confirmed().replace("dmarc=pass", "dmarc=fail") + confirmed(), words);
        arrives(
                mira.email(),
                mira.to(),
                confirmed().replace("header.from=", "header.from=evil.example smtp.from="),
                words);
        arrives(mira.email() + ", " + other.email(), mira.to(), confirmed(), words);
        arrives(mira.email() + "\r\nFrom: " + other.email(), mira.to(), confirmed(), words);
        // Another account with a confirmed address of its own, and one who guesses.
        arrives(other.email(), mira.to(), confirmed(), words);
        arrives(mira.email(), "reply+guessed@conduct.example", confirmed(), words);
        arrives(mira.email(), mira.to().replace("conduct.example", "evil.example"), confirmed(), words);
        arrives(mira.email(), OURS, confirmed(), words);

        read();

        assertThat(said(mira)).isEmpty();
        assertThat(said(other)).isEmpty();
        assertThat(verdicts("item", mira.item())).hasSize(8).containsOnly("unverified", "stranger");
        assertThat(verdicts("sender", family + ".example")).contains("unknown");
        assertThat(letters(mira)).as("nobody is answered").isZero();
        assertThat(letters(other)).isZero();
    }

    @Test
    void case_23_what_programs_send_is_never_answered_and_goes_in_no_circle() throws Exception {
        var mira = writer("developer");
        var words = plain("I am on holiday.");
        for (var header : List.of(
                "Auto-Submitted: auto-replied",
                "Precedence: bulk",
                "List-Id: <all.there.example>",
                "Return-Path: <>",
                "X-Autoreply: yes")) {
            arrives(mira.email(), mira.to(), header + "\r\n" + confirmed(), words);
        }
        arrives("conduct@localhost", mira.to(), confirmed(), words);
        arrives(
                mira.email(),
                mira.to(),
                confirmed(),
                "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + words + "\r\n--b--\r\n");

        read();

        assertThat(said(mira)).isEmpty();
        assertThat(verdicts("item", mira.item())).hasSize(7).containsOnly("automatic");
        assertThat(letters(mira)).isZero();
    }

    @Test
    void case_23_a_mail_counts_once_does_no_more_than_its_writer_may_and_tells_them_a_few_times_an_hour()
            throws Exception {
        var carla = writer("customer");
        var lead = writer("lead_developer");
        var again = "From: " + carla.email() + "\r\nTo: " + carla.to() + "\r\n" + plain("Once.");
        for (var i = 0; i < 2; i++) {
            var message = new MimeMessage(
                    Session.getInstance(new Properties()),
                    new ByteArrayInputStream((confirmed() + again).getBytes(StandardCharsets.UTF_8)));
            server.getUserManager().getUser("reply").deliver(message);
        }
        read();
        assertThat(said(carla)).singleElement().satisfies(event -> {
            assertThat(event.data()).containsEntry("outside", true);
            assertThat(event.content()).containsEntry("text", "Once.");
        });

        // The letter went out while the record could be seen; now it cannot.
        items.restrict(new Items.Restriction(carla.item(), List.of(), null), people.actor(lead.id(), "page"));
        for (var i = 0; i < 7; i++) {
            arrives(carla.email(), carla.to(), confirmed(), plain("Let me in, " + i));
        }
        read();
        assertThat(said(carla)).hasSize(1);
        assertThat(verdicts("person", carla.id())).containsOnlyOnce("taken").hasSize(8);
        assertThat(letters(carla)).isEqualTo(5);
        assertThat(sent.to(carla.email())).noneMatch(letter -> letter.text().contains("Let me in"));

        accounts.deactivate(lead.id(), ADMINISTRATOR);
        arrives(lead.email(), lead.to(), confirmed(), plain("I am still here."));
        read();
        db.sql("update replies.address set made_at = :then where person = :person")
                .param("then", clock.instant().minus(ReplyAddresses.KEPT).atOffset(ZoneOffset.UTC))
                .param("person", carla.id())
                .update();
        arrives(carla.email(), carla.to(), confirmed(), plain("Years later."));
        read();

        assertThat(said(lead)).isEmpty();
        assertThat(verdicts("item", lead.item())).containsExactly("refused");
        assertThat(letters(lead)).isZero();
        assertThat(verdicts("sender", family + ".example")).containsOnlyOnce("unknown");
    }

    @Test
    void case_23_no_mail_keeps_those_behind_it_from_being_read() throws Exception {
        var mira = writer("developer");
        arrives(mira.email(), mira.to(), "Authentication-Results: ;\r\n", plain("Nobody confirms me."));
        arrives(
                mira.email(),
                mira.to(),
                confirmed(),
                plain("at 20:20 ".repeat(100_000) + "\n\n> " + ReplyAddresses.MARK));
        arrives(mira.email(), mira.to(), confirmed(), plain("Behind them."));

        read();

        assertThat(verdicts("item", mira.item())).containsExactlyInAnyOrder("unverified", "refused", "taken");
        assertThat(said(mira))
                .singleElement()
                .satisfies(event -> assertThat(event.content()).containsEntry("text", "Behind them."));
        assertThat(waiting()).isZero();
    }

    private long letters(Writer writer) {
        return sent.to(writer.email(), "reply_refused").size();
    }
}
