package dev.conduct.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.mail.Sent;
import dev.conduct.procedure.Case;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import dev.conduct.work.Projections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// A client is asked to try a build, says what is wrong, is answered, and signs; what the gates learn of it.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String PRODUCT = "ACCEPT";
    private static final String COMMIT = "abcdef1234";

    private final Accounts accounts;
    private final People people;
    private final Products products;
    private final Acceptances acceptances;
    private final Feedbacks feedbacks;
    private final SessionLists lists;
    private final AcceptanceFacts source;
    private final Projections projections;
    private final TestClock clock;
    private final Sent sent;
    private final String address;
    private final OwedAcceptances owed;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private String clientEmail = "";
    private String ownerEmail = "";
    private Visitor client;
    private Visitor owner;

    @SuppressWarnings("NullAway.Init")
    AcceptanceTest(
            Accounts accounts,
            People people,
            Products products,
            Acceptances acceptances,
            Feedbacks feedbacks,
            SessionLists lists,
            AcceptanceFacts source,
            Projections projections,
            TestClock clock,
            Sent sent,
            OwedAcceptances owed,
            JdbcClient database,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.people = people;
        this.products = products;
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
        this.lists = lists;
        this.source = source;
        this.projections = projections;
        this.clock = clock;
        this.sent = sent;
        this.owed = owed;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.address = "http://localhost:" + port;
    }

    @BeforeAll
    void a_client_and_an_owner() {
        products.create(PRODUCT, "Tallyport", ADMINISTRATOR);
        clientEmail = "client-" + UUID.randomUUID() + "@oleander.example";
        client = visitor("Oleander Client", clientEmail, "customer");
        ownerEmail = "owner-" + UUID.randomUUID() + "@brindlemoor.example";
        owner = visitor("Petra Owner", ownerEmail, "product_owner");
    }

    private Visitor visitor(String name, String email, String role) {
        var person = accounts.add(name, email, Set.of(role), ADMINISTRATOR);
        return new Visitor(Chromium.shared().browser(), address, clock, name, email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        client.close();
        owner.close();
    }

    /// What the client was sent about acceptance.
    private List<String> letters() {
        return sent.to(clientEmail, "acceptance").stream()
                .filter(letter -> letter.subject().endsWith("One page checkout"))
                .map(letter -> letter.subject() + "\n" + letter.text())
                .toList();
    }

    private Session open(String title) {
        return acceptances.open(
                PRODUCT,
                new Acceptances.NewSession(
                        title, "0123456789", "1742", "", "A card is charged once\nA receipt is shown"),
                ADMINISTRATOR);
    }

    private Case.Fact fact(String kind) {
        return fact(kind, COMMIT, clock.instant());
    }

    private Case.Fact fact(String kind, String commit, Instant at) {
        return source.facts(new FactSource.Question(PRODUCT + "-1", PRODUCT, "", commit, at, Evidence.TOLD)).stream()
                .filter(fact -> fact.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_client_tries_says_and_signs_and_everything_said_is_decided() {
        owner.go("/acceptance/" + PRODUCT);
        owner.fill("Title", "One page checkout").fill("Commit", COMMIT).fill("Build", "1742");
        owner.fill("Criteria", "A card is charged once\nA receipt is shown").press("Open it");
        owner.page().locator("#f-person").fill(clientEmail);
        owner.press("Invite");
        assertThat(owner.text()).contains("Oleander Client", "Not signed");
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .contains("Please try One page checkout")
                        .contains("Petra Owner asks you to try it, build 1742 in staging")
                        .contains("A receipt is shown")
                        .contains("/portal/acceptance/"));
        owner.page().locator("#f-person").fill(clientEmail);
        owner.press("Invite");
        assertThat(letters()).as("who was asked already").hasSize(1);
        assertThat(fact("acceptance").passed()).isFalse();

        client.go("/portal/acceptance").follow("One page checkout");
        client.fill("Tell us what you saw", "The receipt is too small").press("Send");
        assertThat(client.text()).contains("We are looking at it");
        client.go("/portal/acceptance").follow("One page checkout").follow("Accept or reject");
        client.page().getByLabel("A card is charged once").check();
        client.press("I accept it");
        assertThat(client.text()).contains("does not have every criterion");
        assertThat(client.page().getByLabel("A card is charged once").isChecked())
                .isTrue();
        client.page().getByLabel("A receipt is shown").check();
        client.press("I accept it");
        assertThat(client.text()).contains("You accepted it");

        assertThat(fact("acceptance").passed()).isTrue();
        assertThat(fact("feedback").passed()).isFalse();
        owner.page().reload();
        assertThat(owner.text()).contains("Accepted by all", "1 to be decided");
        owner.go("/me");
        assertThat(owner.text()).contains("Decide what was said of One page checkout", "One remark is not decided");
        owner.follow("Decide what was said of One page checkout");
        owner.press("Close it");
        assertThat(owner.text()).contains("is not decided");
        owner.press("Accept");
        assertThat(owner.page().locator(".said a.rid").innerText()).startsWith(PRODUCT + "-");
        owner.press("Close it");
        assertThat(owner.text()).contains("closed");
        assertThat(owed.of(people.actor(people.resolve(ownerEmail).orElseThrow().id(), "page")))
                .isEmpty();
        assertThat(fact("feedback").passed()).isTrue();
        client.page().reload();
        assertThat(client.text()).contains("We will do it", "This is finished");
        assertThat(client.complaints()).isEmpty();
        assertThat(owner.complaints()).isEmpty();
        assertThat(projections.check().filter(it -> it.table().startsWith("acceptance.")))
                .isEmpty();
    }

    @Test
    void who_was_asked_inside_is_led_to_where_they_may_sign() {
        var email = "asked-" + UUID.randomUUID() + "@brindlemoor.example";
        var asked = accounts.add("Asked Inside", email, Set.of("support"), ADMINISTRATOR);
        var session = open("Signed by support");
        acceptances.invite(session.id(), email, ADMINISTRATOR);

        assertThat(owed.of(people.actor(asked.id(), "page"))).singleElement().satisfies(duty -> {
            assertThat(duty.does()).isEqualTo("Sign Signed by support");
            assertThat(duty.href()).isEqualTo("/portal/acceptance/" + session.id());
        });
    }

    @Test
    void who_was_not_invited_finds_nothing_and_signs_nothing() {
        var session = open("Not for everybody");

        client.go("/portal/acceptance/" + session.id());
        assertThat(client.text()).contains("not found");
        client.go("/acceptance/" + PRODUCT + "/" + session.id());
        assertThat(client.text()).doesNotContain("Not for everybody");
        assertThatThrownBy(() -> acceptances.sign(session.id(), "accepted", List.of(1, 2), "", ADMINISTRATOR))
                .hasMessageContaining("Who was invited signs");
        var id = people.resolve(clientEmail).orElseThrow().id();
        var actor = people.actor(id, "page");
        assertThatThrownBy(() -> feedbacks.say(session.id(), "Let me in", actor))
                .hasMessageContaining("not found");
        acceptances.invite(session.id(), clientEmail, ADMINISTRATOR);
        assertThatThrownBy(() -> acceptances.sign(session.id(), "rejected", List.of(1), "", actor))
                .hasMessageContaining("Say what is not as it must be");
        assertThat(acceptances
                        .sign(session.id(), "rejected", List.of(1), "Charged twice", actor)
                        .rejected())
                .isEqualTo(1);
        assertThat(lists.invitations(session.id()).getFirst().met()).containsExactly("1");
        assertThatThrownBy(() -> acceptances.invite(session.id(), "nobody@nowhere.example", ADMINISTRATOR))
                .hasMessageContaining("nobody who has an account");
    }

    @Test
    void what_was_judged_earlier_is_judged_by_what_was_signed_and_said_until_then() {
        var commit = "f00dfeed12345678";
        var session = acceptances
                .open(
                        PRODUCT,
                        new Acceptances.NewSession("Signed twice", commit, "1743", "", "It works"),
                        ADMINISTRATOR)
                .id();
        acceptances.invite(session, clientEmail, ADMINISTRATOR);
        var actor = people.actor(people.resolve(clientEmail).orElseThrow().id(), "page");
        var asked = later();
        acceptances.sign(session, "accepted", List.of(1), "", actor);
        var accepted = later();
        var said = feedbacks.say(session, "It charges twice", actor);
        acceptances.sign(session, "rejected", List.of(), "It charges twice", actor);
        var rejected = later();
        feedbacks.decide(session, said.id(), "rejected", "", "It does not", ADMINISTRATOR);
        acceptances.sign(session, "accepted", List.of(1), "", actor);
        acceptances.invite(session, "Petra Owner", ADMINISTRATOR);

        assertThat(fact("acceptance", commit, asked).source()).endsWith("0 of 1 accepted");
        assertThat(fact("acceptance", commit, accepted).passed()).isTrue();
        assertThat(fact("feedback", commit, accepted).passed()).isTrue();
        assertThat(fact("acceptance", commit, rejected).source()).endsWith("1 rejected");
        assertThat(fact("feedback", commit, rejected).passed()).isFalse();
        assertThat(fact("acceptance", commit, clock.instant()).source()).endsWith("1 of 2 accepted");
        assertThat(fact("feedback", commit, clock.instant()).passed()).isTrue();
        assertThat(filledFromTheLedger(session)).isEqualTo(known(session)).hasSize(4);
    }

    /// What an upgrade makes of rows that were there before these columns.
    private List<String> filledFromTheLedger(UUID session) {
        return Objects.requireNonNull(transaction.execute(rolledBack -> {
            rolledBack.setRollbackOnly();
            database.sql("delete from acceptance.former_verdict where session = :session")
                    .param("session", session)
                    .update();
            database.sql("update acceptance.invitation set invited_at = 'epoch' where session = :session")
                    .param("session", session)
                    .update();
            Stream.of(migration().split(";\n"))
                    .map(statement -> statement.replaceAll("(?m)^--.*", "").strip())
                    .filter(statement -> statement.matches("(?s)(update|insert) .*"))
                    .forEach(statement -> database.sql(statement).update());
            return known(session);
        }));
    }

    private static String migration() {
        try {
            return new ClassPathResource("db/migration/acceptance/V20261128150612__remember_former_verdicts.sql")
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private List<String> known(UUID session) {
        return database.sql("""
                        select person || ' invited ' || invited_at from acceptance.invitation where session = :session
                         union all
                        select person || ' ' || verdict || ' ' || signed_at from acceptance.former_verdict
                         where session = :session
                         order by 1
                        """)
                .param("session", session)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private Instant later() {
        var now = clock.instant();
        clock.advance(Duration.ofMinutes(1));
        return now;
    }

    @Test
    void pages_of_acceptance_can_be_read_by_everybody_on_both_sides() {
        var session = open("Shown");
        acceptances.invite(session.id(), clientEmail, ADMINISTRATOR);
        var actor = people.actor(people.resolve(clientEmail).orElseThrow().id(), "page");
        var _ = feedbacks.say(session.id(), "Seen", actor);
        for (var path : List.of("/acceptance", "/acceptance/" + PRODUCT, session.path())) {
            look(owner, path);
        }
        for (var path : List.of(
                "/portal/acceptance",
                "/portal/acceptance/" + session.id(),
                "/portal/acceptance/" + session.id() + "/verdict")) {
            look(client, path);
        }
    }

    private static void look(Visitor visitor, String path) {
        for (var width : new int[] {1440, 390}) {
            var page = visitor.page();
            page.setViewportSize(width, width == 390 ? 844 : 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            visitor.go(path);
            assertThat(visitor.text()).as(path).doesNotContain("not found");
            assertThat(visitor.overflow()).as(path + " sticks out at " + width).isNotPositive();
            assertThat(visitor.barriers()).as(path + " at " + width).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(visitor.faint()).as(path + " in the dark").isEmpty();
        }
        visitor.page().setViewportSize(1440, 900);
    }
}
