package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.work.RecordPage.Day;
import dev.conduct.work.RecordPage.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@ConductTest
class LongHistoryTest {

    private static final int SAID = 2 * Pasts.SHOWN + 7;

    private final Items items;
    private final RecordDesk desk;
    private final Pasts pasts;
    private final Ledger ledger;
    private final Cast cast;

    LongHistoryTest(Items items, Products products, People people, RecordDesk desk, Pasts pasts, Ledger ledger) {
        this.items = items;
        this.desk = desk;
        this.pasts = pasts;
        this.ledger = ledger;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void the_page_shows_the_newest_events_and_leads_to_every_earlier_one() {
        var bug = talkedAbout();
        var shown = new ArrayList<Entry>();

        var page = desk.page(bug.key(), Map.of(), cast.paula);
        shown.addAll(entries(page));
        assertThat(shown).hasSize(Pasts.SHOWN);
        assertThat(page.stream().later()).isFalse();
        while (page.stream().earlier() != null) {
            page = desk.page(bug.key(), Map.of("before", "" + page.stream().earlier()), cast.paula);
            assertThat(page.stream().later()).isTrue();
            shown.addAll(entries(page));
        }

        var all = ledger.eventsOf("item:" + bug.key());
        assertThat(shown).extracting(Entry::at).hasSize(all.size());
        assertThat(shown.getLast().html()).contains("reported it");
        assertThat(shown).extracting(Entry::said).filteredOn(Objects::nonNull).doesNotHaveDuplicates();
    }

    @Test
    void what_decides_is_not_lost_behind_many_words() {
        var bug = talkedAbout();
        var quiet = items.findVisible(cast.inFix().key(), cast.paula);

        var page = desk.page(bug.key(), Map.of(), cast.paula);
        var other = desk.page(quiet.key(), Map.of(), cast.paula);

        assertThat(page.stations())
                .extracting(RecordPage.Station::standing)
                .containsExactlyElementsOf(other.stations().stream()
                        .map(RecordPage.Station::standing)
                        .toList());
        assertThat(Objects.requireNonNull(page.signals()).rows())
                .extracting(RecordPage.SignalRow::tone)
                .containsExactlyElementsOf(Objects.requireNonNull(other.signals()).rows().stream()
                        .map(RecordPage.SignalRow::tone)
                        .toList());
        assertThat(page.panels()).hasSameSizeAs(other.panels());
        assertThat(Objects.requireNonNull(page.proof()).events())
                .isEqualTo(ledger.eventsOf("item:" + bug.key()).size());
    }

    @Test
    void an_address_with_an_unknown_event_shows_the_beginning_or_the_newest() {
        var bug = cast.inFix();

        assertThat(entries(desk.page(bug.key(), Map.of("before", "1"), cast.paula)))
                .isEmpty();
        assertThat(entries(desk.page(bug.key(), Map.of("before", "-1 or true"), cast.paula)))
                .hasSameSizeAs(pasts.of(items.standing(bug)).newest());
    }

    private Item talkedAbout() {
        var bug = cast.inFix();
        IntStream.range(0, SAID).forEach(n -> said(bug, n, cast.tom));
        return items.findVisible(bug.key(), cast.paula);
    }

    private void said(Item bug, int n, Actor actor) {
        var _ = items.comment(bug.key(), "Seen once more, number " + n, null, actor);
    }

    private static List<Entry> entries(RecordPage page) {
        return page.stream().days().stream()
                .map(Day::entries)
                .flatMap(List::stream)
                .toList();
    }
}
