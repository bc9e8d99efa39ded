package dev.conduct.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.PersonalDuties;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.Products;
import dev.conduct.work.Projections;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A standard is written, approved by another, read, taught, and who still owes it is named.
@ConductTest
class StandardsTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final People people;
    private final Grants grants;
    private final Products products;
    private final Standards standards;
    private final StandardLists lists;
    private final Overview overview;
    private final OwedStandards owed;
    private final Projections projections;
    private final TestClock clock;
    private final String address;
    private final String product =
            "STD" + UUID.randomUUID().toString().substring(0, 4).toUpperCase();

    StandardsTest(
            Accounts accounts,
            People people,
            Grants grants,
            Products products,
            Standards standards,
            StandardLists lists,
            Overview overview,
            OwedStandards owed,
            Projections projections,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.people = people;
        this.grants = grants;
        this.products = products;
        this.standards = standards;
        this.lists = lists;
        this.overview = overview;
        this.owed = owed;
        this.projections = projections;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    private People.Person hired(String name, String role) {
        return accounts.add(
                name, name.replace(' ', '.') + UUID.randomUUID() + "@example.org", Set.of(role), ADMINISTRATOR);
    }

    private Actor actor(People.Person person) {
        return people.actor(person.id(), "page");
    }

    private static Standards.Wanted wanted(String title, String body, int trainingDays) {
        return new Standards.Wanted(title, body, List.of("lead_developer"), 14, trainingDays);
    }

    private Standard inForce(String title, int trainingDays, Actor writer) {
        var standard = standards.propose(product, wanted(title, "Say **why**.", trainingDays), writer);
        return standards.approve(standard.id(), standard.proposedDigest(), ADMINISTRATOR);
    }

    @Test
    void a_standard_is_approved_by_another_read_taught_and_its_holes_are_named() {
        products.create(product, "Standards", ADMINISTRATOR);
        var email = "lena" + UUID.randomUUID() + "@example.org";
        var lena = accounts.add("Lena Lead", email, Set.of("lead_developer"), ADMINISTRATOR);
        var title = "How we write Java in " + product;
        var standard = standards.propose(product, wanted(title, "Say **why**.", 365), ADMINISTRATOR);
        assertThat(owed.of(actor(lena)))
                .extracting(PersonalDuties.Owed::does)
                .contains("Approve " + title)
                .doesNotContain("Read " + title);

        try (var visitor = new Visitor(Chromium.shared().browser(), address, clock, "Lena Lead", email)
                .accept("/invitation?token=" + accounts.invite(lena.id(), ADMINISTRATOR))) {
            visitor.go("/standards").follow(title);
            assertThat(visitor.text()).contains("Version 1 waits for approval", "Say why.");
            visitor.press("Approve version 1");
            assertThat(visitor.text()).contains("approved by Lena Lead", "Has not read it. Was not trained");
            visitor.go("/me");
            assertThat(visitor.text()).contains("Read " + title, "Be trained in " + title);
            visitor.follow("Read " + title).press("I have read version 1");
            assertThat(visitor.text()).contains("You have read it");

            visitor.press("Record the training");
            assertThat(visitor.text()).contains("The training was not recorded", "Say who taught it");
            visitor.fill("Who was taught", email).fill("By", "The course of 2026");
            visitor.page().locator("#f-held_on").fill(today().toString());
            visitor.press("Record the training");
            assertThat(visitor.text())
                    .contains("The training is recorded", "Nothing", "until " + today().plusDays(365));
            visitor.go("/me");
            assertThat(visitor.text()).doesNotContain(title);

            visitor.go(standard.path()).page().locator("#f-body").fill("");
            visitor.press("Propose it");
            assertThat(visitor.text()).contains("Write what the standard says");
            visitor.page().locator("#f-body").fill("Say why, and *when*.");
            visitor.press("Propose it");
            assertThat(visitor.text()).contains("Version 2 waits for approval", "Somebody else who keeps standards");
            visitor.go("/standards/people/" + lena.id());
            assertThat(visitor.text()).contains(title, "Nothing", "version 1");
            for (var path :
                    List.of("/standards", standard.path(), "/standards/people", "/standards/people/" + lena.id())) {
                look(visitor, path);
            }
            var file = visitor.page()
                    .request()
                    .get(address + "/standards/export.csv")
                    .text();
            assertThat(file).contains(title + "," + product + ",1,").contains("Lena Lead,1,");
            assertThat(visitor.complaints()).isEmpty();
        }
        assertThat(projections.check().filter(it -> it.table().startsWith("standards.")))
                .isEmpty();
    }

    @Test
    void a_new_version_and_a_lapsed_training_are_owed_again() {
        products.create(product, "Standards", ADMINISTRATOR);
        var writer = actor(hired("Wanda Writer", "lead_developer"));
        var reader = hired("Rolf Reader", "lead_developer");
        var standard = inForce("Reviews in " + product, 30, writer);
        standards.acknowledge(standard.id(), 1, actor(reader));
        standards.train(
                standard.id(),
                new Standards.NewTraining(reader.id(), today().minusDays(29).toString(), "", "Wanda"),
                writer);
        assertThat(holes(standard, reader)).isEmpty();

        clock.advance(Duration.ofDays(2));
        assertThat(holes(standard, reader)).singleElement().asString().contains("counted until");
        var next = standards.propose(standard.id(), wanted("Reviews", "Two of them.", 0), writer);
        assertThatThrownBy(() -> standards.approve(next.id(), next.proposedDigest(), writer))
                .hasMessageContaining("Ask a second person");
        assertThat(owed.of(actor(reader)))
                .extracting(PersonalDuties.Owed::does)
                .as("the second person")
                .contains("Approve Reviews");
        assertThat(owed.of(writer)).extracting(PersonalDuties.Owed::does).doesNotContain("Approve Reviews");
        assertThatThrownBy(() -> standards.approve(next.id(), standard.proposedDigest(), ADMINISTRATOR))
                .hasMessageContaining("Another version was proposed");
        var second = standards.approve(next.id(), next.proposedDigest(), ADMINISTRATOR);
        assertThat(holes(second, reader)).containsExactly("Has read version 1, not version 2");
        assertThat(owed.of(actor(reader)))
                .anySatisfy(duty -> assertThat(duty.does()).isEqualTo("Read Reviews"));
        assertThatThrownBy(() -> standards.acknowledge(second.id(), 1, actor(reader)))
                .hasMessageContaining("Version 2 is in force by now");
        assertThatThrownBy(() -> standards.acknowledge(second.id(), 2, ADMINISTRATOR))
                .hasMessageContaining("People say themselves");

        standards.retire(second.id(), writer);
        assertThat(duties(reader)).doesNotContain(second.path());
    }

    @Test
    void who_does_not_keep_standards_writes_none_and_sees_of_others_nothing() {
        products.create(product, "Standards", ADMINISTRATOR);
        var standard = inForce("Names in " + product, 0, actor(hired("Wim Writer", "lead_developer")));
        var developer = actor(hired("Dora Developer", "developer"));
        var customer = actor(hired("Carl Customer", "customer"));

        assertThat(duties(hired("Dora Other", "developer"))).doesNotContain(standard.path());
        assertThatThrownBy(() -> standards.propose("", wanted("Mine", "Mine", 0), developer))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
        assertThatThrownBy(() -> overview.people(developer, null, 10))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
        assertThatThrownBy(() -> standards.acknowledge(standard.id(), 1, customer))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
        assertThat(overview.person(developer.id(), developer).person().name()).isEqualTo("Dora Developer");
    }

    @Test
    void who_joins_later_has_the_same_days_as_everybody_had() {
        products.create(product, "Standards", ADMINISTRATOR);
        var early = hired("Elsa Early", "lead_developer");
        var standard = inForce("Late " + product, 0, actor(hired("Wilma Writer", "lead_developer")));
        clock.advance(Duration.ofDays(30));
        var late = hired("Lars Late", "developer");
        var joined = clock.instant();
        grants.grant(late.id(), new Grants.Grant("lead_developer", product), ADMINISTRATOR);
        assertThat(overview.of(standard, null, 50).items())
                .filteredOn(line -> line.person().id().equals(late.id()))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.over(clock.instant())).isFalse();
                    assertThat(line.due()).isEqualTo(joined.plus(Duration.ofDays(14)));
                });
        assertThat(overview.of(standard, null, 50).items())
                .filteredOn(line -> line.person().id().equals(early.id()))
                .singleElement()
                .satisfies(line -> assertThat(line.over(clock.instant())).isTrue());
        // Another role given or taken leaves the day of those that stay.
        var before = people.held(List.of(early.id()));
        grants.grant(early.id(), new Grants.Grant("qa", null), ADMINISTRATOR);
        assertThat(people.held(List.of(early.id())).get(early.id()))
                .containsAllEntriesOf(Objects.requireNonNull(before.get(early.id())));
        assertThat(owed.of(actor(late)))
                .filteredOn(one -> one.href().equals(standard.path()))
                .singleElement()
                .satisfies(one -> assertThat(one.due()).isEqualTo(joined.plus(Duration.ofDays(14))));
    }

    private List<String> duties(People.Person person) {
        return owed.of(actor(person)).stream().map(duty -> duty.href()).toList();
    }

    /// People of other tests are not to owe what is written here.
    @AfterEach
    void retire() {
        lists.page(ADMINISTRATOR, true, null, 200).stream()
                .filter(standard -> product.equals(standard.product()))
                .forEach(standard -> standards.retire(standard.id(), ADMINISTRATOR));
    }

    private List<String> holes(Standard standard, People.Person person) {
        return overview.of(standard, null, 200).items().stream()
                .filter(line -> line.person().id().equals(person.id()))
                .findFirst()
                .orElseThrow()
                .holes();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static void look(Visitor visitor, String path) {
        var page = visitor.page();
        for (var width : new int[] {1440, 390}) {
            page.setViewportSize(width, 900);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            visitor.go(path);
            assertThat(visitor.overflow()).as(path + " sticks out at " + width).isNotPositive();
            assertThat(visitor.barriers()).as(path + " at " + width).isEmpty();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(visitor.faint()).as(path + " in the dark").isEmpty();
        page.setViewportSize(1440, 900);
        visitor.picture("standards" + path.replaceAll("[^a-z]+", "-"));
    }
}
