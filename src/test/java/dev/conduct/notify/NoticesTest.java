package dev.conduct.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Invitations;
import dev.conduct.identity.People;
import dev.conduct.mail.Sent;
import dev.conduct.replies.ReplyAddresses;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Who is told of what, in the inbox and by letter, and who is not.
@ConductTest
class NoticesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "page");

    private final Items items;
    private final Accounts accounts;
    private final Invitations invitations;
    private final People people;
    private final NoticeRows rows;
    private final Messenger messenger;
    private final Preferences preferences;
    private final Sent sent;
    private final TestClock clock;
    private final int port;
    private final String product;
    private final String family = "N" + COUNT.incrementAndGet();
    private final Actor mira;
    private final Actor tom;
    private final Actor carla;

    NoticesTest(
            Items items,
            Products products,
            Accounts accounts,
            Invitations invitations,
            People people,
            NoticeRows rows,
            Messenger messenger,
            Preferences preferences,
            Sent sent,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.accounts = accounts;
        this.invitations = invitations;
        this.people = people;
        this.rows = rows;
        this.messenger = messenger;
        this.preferences = preferences;
        this.sent = sent;
        this.clock = clock;
        this.port = port;
        product = "NT" + COUNT.get();
        products.create(product, "Notices", ADMINISTRATOR);
        mira = person("Mira", "developer", "lead_developer");
        tom = person("Tom", "developer");
        carla = person("Carla", "customer");
    }

    private Actor person(String first, String... roles) {
        var email = (first + "." + family + "@ours.example").toLowerCase(java.util.Locale.ROOT);
        var id = accounts.add(first + " " + family, email, Set.of(roles), ADMINISTRATOR)
                .id();
        invitations.accept(accounts.invite(id, ADMINISTRATOR), "hash of no password");
        return people.actor(id, "page");
    }

    private String reportedBy(Actor actor) {
        return items.report(
                        new Items.Report(
                                "bug", product, "It fails", "As told.", Map.of("severity", "high"), null, null),
                        actor)
                .key();
    }

    private void comment(String key, String text, Actor by) {
        items.comment(key, text, null, by);
    }

    private List<String> told(Actor actor, String key) {
        return rows.page(actor.id(), false, 200, null).items().stream()
                .filter(notice -> notice.item().equals(key))
                .map(notice -> notice.kind().word())
                .toList();
    }

    /// Everything sealed so far has been told: a marker that comes after it is there.
    private void everythingIsTold() {
        var marker = reportedBy(tom);
        comment(marker, "A marker for @" + mira.name(), tom);
        until(() -> isTold(marker));
    }

    private boolean isTold(String key) {
        messenger.run(clock.instant());
        return !told(mira, key).isEmpty();
    }

    private static void until(BooleanSupplier condition) {
        for (var end = System.nanoTime() + 20_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }

    private List<Map<String, String>> letters(String to) {
        return sent.to(to).stream()
                .filter(letter -> !letter.kind().equals("invitation"))
                .map(letter -> Map.of(
                        "subject", letter.subject(),
                        "thread", java.util.Objects.requireNonNullElse(letter.thread(), ""),
                        "unsubscribe", java.util.Objects.requireNonNullElse(letter.unsubscribe(), ""),
                        "kind", letter.kind(),
                        "text", letter.text()))
                .toList();
    }

    private String email(Actor actor) {
        return people.find(actor.id()).orElseThrow().email() + "";
    }

    @Test
    void who_is_mentioned_or_assigned_or_watches_is_told_once_and_nobody_of_their_own_act() {
        var key = reportedBy(carla);
        items.edit(new Items.Edit(key, null, null, Map.of(), tom.id(), null, null), mira);
        comment(key, "@" + tom.name() + ", and " + "@" + mira.name() + ": look", mira);
        items.watch(key, false, tom);
        comment(key, "Nothing new", mira);
        everythingIsTold();

        assertThat(told(tom, key)).containsExactly("mention", "assignment");
        assertThat(told(mira, key)).isEmpty();
    }

    /// Abuse case 11.
    @Test
    void abuse_11_nobody_is_told_of_what_they_may_not_see() {
        var others = reportedBy(tom);
        comment(others, "Hello @" + carla.name(), mira);
        var own = reportedBy(carla);
        comment(own, "Between us: the customer need not know, @" + carla.name(), mira);
        everythingIsTold();
        messenger.run(clock.advance(Duration.ofDays(1)));

        assertThat(told(carla, others)).isEmpty();
        assertThat(told(carla, own)).isEmpty();
        assertThat(letters(email(carla))).isEmpty();
    }

    @Test
    void letters_of_one_record_are_kept_together_and_ended_by_one_post_without_signing_in() throws Exception {
        var key = reportedBy(mira);
        comment(key, "First, @" + mira.name(), tom);
        everythingIsTold();
        messenger.run(clock.advance(Duration.ofSeconds(31)));
        until(() -> letters(email(mira)).stream().anyMatch(letter -> ("item:" + key).equals(letter.get("thread"))));

        var letter = letters(email(mira)).stream()
                .filter(one -> ("item:" + key).equals(one.get("thread")))
                .findFirst()
                .orElseThrow();
        assertThat(letter.get("subject")).isEqualTo("[" + key + "] It fails");
        assertThat(letter.get("text")).startsWith(ReplyAddresses.MARK);
        assertThat(sent.to(email(mira)))
                .filteredOn(one -> ("item:" + key).equals(one.thread()))
                .allSatisfy(
                        one -> assertThat(one.replyTo()).startsWith("reply+").endsWith("@conduct.example"));
        var looked = sent("GET", String.valueOf(letter.get("unsubscribe")));
        assertThat(preferences.of(mira.id()).of(Kind.MENTION)).isEqualTo(Kind.ByMail.AT_ONCE);
        var ended = sent("POST", String.valueOf(letter.get("unsubscribe")));
        var forged = sent("POST", "/unsubscribe?token=guessed");

        assertThat(List.of(looked.statusCode(), ended.statusCode(), forged.statusCode()))
                .containsExactly(200, 200, 404);
        assertThat(preferences.of(mira.id()).of(Kind.MENTION)).isEqualTo(Kind.ByMail.NEVER);
        assertThat(preferences.of(mira.id()).of(Kind.ASSIGNMENT)).isEqualTo(Kind.ByMail.AT_ONCE);
    }

    @Test
    void a_storm_is_one_letter_and_what_was_read_is_none() {
        var read = reportedBy(tom);
        comment(read, "@" + mira.name(), tom);
        everythingIsTold();
        rows.read(mira.id(), null, clock.instant());
        for (var i = 0; i < 9; i++) {
            comment(reportedBy(tom), "@" + mira.name(), tom);
        }
        var last = reportedBy(tom);
        comment(last, "@" + mira.name(), tom);
        until(() -> isTold(last));

        messenger.run(clock.advance(Duration.ofSeconds(31)));
        until(() -> !letters(email(mira)).isEmpty());

        assertThat(letters(email(mira)))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("kind")).isEqualTo("digest"));
        assertThat(String.valueOf(letters(email(mira)).getFirst().get("subject")))
                .contains("10 records");
    }

    @Test
    void a_digest_leaves_at_the_hour_of_the_readers_own_day() {
        InstantSource morning = () -> java.time.Instant.parse("2026-11-27T06:30:00Z");
        var wishes = new Preferences.Wishes(Map.of(), 8);

        assertThat(wishes.mailAt(Kind.WATCHED, morning.instant(), ZoneOffset.ofHours(1)))
                .isEqualTo("2026-11-27T07:00:00Z");
        assertThat(wishes.mailAt(Kind.WATCHED, morning.instant(), ZoneOffset.ofHours(2)))
                .isEqualTo("2026-11-28T06:00:00Z");
        assertThat(wishes.mailAt(Kind.MENTION, morning.instant(), ZoneOffset.UTC))
                .isEqualTo("2026-11-27T06:30:30Z");
    }

    private HttpResponse<String> sent(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
