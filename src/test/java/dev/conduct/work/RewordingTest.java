package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/// What people said, said otherwise, and took back.
@ConductTest
class RewordingTest {

    private final Items items;
    private final Remarks remarks;
    private final RemarkRows rows;
    private final RecordDesk desk;
    private final OutsideDesk outside;
    private final EventController events;
    private final ItemLists lists;
    private final Unsaid unsaid;
    private final Ledger ledger;
    private final TestClock clock;
    private final Cast cast;

    RewordingTest(
            Items items,
            Remarks remarks,
            RemarkRows rows,
            RecordDesk desk,
            OutsideDesk outside,
            EventController events,
            ItemLists lists,
            Unsaid unsaid,
            Ledger ledger,
            TestClock clock,
            Products products,
            People people) {
        this.items = items;
        this.remarks = remarks;
        this.rows = rows;
        this.desk = desk;
        this.outside = outside;
        this.events = events;
        this.lists = lists;
        this.unsaid = unsaid;
        this.ledger = ledger;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
    }

    private String said(Item bug, String text, boolean outside, Actor who) {
        return remarks.comment(bug.key(), text, outside, null, who).event().id().toString();
    }

    private RecordPage.Entry entry(Item bug, String comment) {
        return desk.page(bug.key(), Map.of(), cast.paula).stream().days().stream()
                .flatMap(day -> day.entries().stream())
                .filter(entry -> entry.remark() != null && entry.remark().id().equals(comment))
                .findFirst()
                .orElseThrow();
    }

    private List<String> found(String words) {
        return lists.page("product:" + cast.product + " " + words, 50, null, cast.paula).items().stream()
                .map(Item::key)
                .toList();
    }

    @Test
    void a_comment_stands_in_its_last_words_and_shows_those_before() {
        var bug = cast.reported();
        var comment = said(bug, "It is the axolotl", false, cast.sam);
        clock.advance(Duration.ofMinutes(3));

        items.reword(bug.key(), comment, "It is the bandicoot", cast.sam);

        var shown = entry(bug, comment);
        assertThat(shown.said()).contains("bandicoot").doesNotContain("axolotl");
        assertThat(Objects.requireNonNull(shown.remark()).edited()).isNotEmpty();
        assertThat(shown.remark().earlier())
                .singleElement()
                .satisfies(before -> assertThat(before.html()).contains("axolotl"));
        assertThat(rows.comments(bug.key(), null, null, Sight.of(cast.paula)).items())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.text()).isEqualTo("It is the bandicoot");
                    assertThat(listed.editedAt()).isNotNull();
                });
        assertThat(found("bandicoot")).containsExactly(bug.key());
        assertThat(found("axolotl")).isEmpty();
    }

    /// Content stands in a bundle as Base64.
    private static String decoded(String value) {
        try {
            return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException aWord) {
            return value;
        }
    }

    @Test
    void the_proof_file_holds_a_deleted_comment_without_its_words() throws IOException {
        var bug = cast.reported();
        said(bug, "It stays, says the wombat", false, cast.sam);
        var comment = said(bug, "It goes, says the numbat", false, cast.sam);
        items.unsay(bug.key(), comment, cast.sam);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ledger.eventsOf("item:" + bug.key()).stream()
                        .allMatch(event -> event.entry() != null
                                && event.entry() < ledger.status().checkpointSize()));

        var zip = Objects.requireNonNull(events.bundle(bug.key(), cast.paula).getBody());

        var words = new StringBuilder();
        try (var files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            while (files.getNextEntry() != null) {
                for (var value : new String(files.readAllBytes(), StandardCharsets.UTF_8).split("[^A-Za-z0-9+/=]+")) {
                    words.append(value.length() % 4 == 0 ? decoded(value) : value)
                            .append('\n');
                }
            }
        }
        assertThat(words).contains("wombat").contains("unsay").doesNotContain("numbat");
    }

    @Test
    void a_deleted_comment_says_who_deleted_it_and_its_words_are_nowhere() {
        var bug = cast.reported();
        var comment = said(bug, "The password is capybara", true, cast.sam);
        items.reword(bug.key(), comment, "The password was capybara", cast.sam);

        items.unsay(bug.key(), comment, cast.sam);

        var shown = entry(bug, comment);
        assertThat(shown.said()).isNull();
        assertThat(Objects.requireNonNull(shown.remark()).deleted()).startsWith("Sam deleted this ");
        assertThat(shown.remark().earlier()).isEmpty();
        assertThat(events.events(bug.key(), cast.paula).toString()).doesNotContain("capybara");
        assertThat(events.events(bug.key(), cast.carla).toString()).doesNotContain("capybara");
        assertThat(outside.story(bug.key(), cast.carla).said().toString())
                .contains(Wordings.DELETED)
                .doesNotContain("capybara");
        assertThat(rows.comments(bug.key(), null, null, Sight.of(cast.paula)).items())
                .isEmpty();
        assertThat(found("capybara")).isEmpty();
        var told = ledger.eventsOf("item:" + bug.key());
        assertThat(unsaid.unsaid(told)).contains(UUID.fromString(comment)).hasSize(2);
    }

    @Test
    void nobody_changes_what_somebody_else_said_and_the_attempt_is_recorded() {
        var bug = cast.reported();
        var comment = said(bug, "Mine", false, cast.sam);

        var refused = catchThrowableOfType(Problem.class, () -> items.reword(bug.key(), comment, "Yours", cast.paula));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.says()).contains("Only who said it");
        assertThat(ledger.eventsOf("item:" + bug.key()).getLast()).satisfies(event -> {
            assertThat(event.action()).isEqualTo("item.reword");
            assertThat(event.outcome()).isEqualTo(Outcome.DENIED);
        });
        assertThat(entry(bug, comment).said()).contains("Mine");
    }

    @Test
    void a_customer_does_not_learn_by_trying_that_an_internal_comment_is_there() {
        var bug = cast.reported();
        var comment = said(bug, "Between us", false, cast.sam);

        var refused = catchThrowableOfType(Problem.class, () -> items.unsay(bug.key(), comment, cast.carla));

        assertThat(refused.status()).isEqualTo(404);
    }

    @Test
    void what_is_deleted_is_not_said_again_and_deleting_twice_is_one() {
        var bug = cast.reported();
        var comment = said(bug, "Never mind", false, cast.sam);
        items.unsay(bug.key(), comment, cast.sam);
        var version = items.unsay(bug.key(), comment, cast.sam).version();

        var refused = catchThrowableOfType(Problem.class, () -> items.reword(bug.key(), comment, "Do", cast.sam));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(cast.found(bug.key()).version()).isEqualTo(version);
    }

    @Test
    void a_link_to_a_comment_finds_it_however_much_was_said_since() {
        var bug = cast.reported();
        var comment = said(bug, "The first word", false, cast.sam);
        for (var n = 0; n <= Pasts.SHOWN; n++) {
            var _ = said(bug, "More, number " + n, false, cast.tom);
        }

        var page = desk.page(bug.key(), Map.of("said", comment), cast.paula);

        assertThat(page.stream().later()).isTrue();
        assertThat(page.stream().days().getFirst().entries().getFirst().said()).contains("The first word");
    }

    @Test
    void texts_name_only_records_that_their_reader_sees() {
        var bug = cast.reported();
        var open = cast.reported("An open one", Map.of("severity", "low"));
        var restricted = cast.reported("A secret one", Map.of("severity", "low"));
        items.restrict(new Items.Restriction(restricted.key(), List.of(cast.tom.id()), null), cast.lea);
        var text = "See " + open.key() + " and " + restricted.key() + ", not `" + open.key() + "`";
        var comment = said(bug, text, false, cast.sam);

        var shown = Objects.requireNonNull(entry(bug, comment).said());

        assertThat(shown)
                .contains("<a href=\"/items/" + open.key() + "\"")
                .contains("<code>" + open.key() + "</code>")
                .contains(restricted.key())
                .doesNotContain("/items/" + restricted.key());
    }
}
