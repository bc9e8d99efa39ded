package dev.conduct.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ConductTest
class LogQueryTest {

    private static final Actor MIRA =
            new Actor("person:0193aaaa-0000-7000-8000-000000000001", "Mira", Set.of(), "page");

    private final LogQuery.Reading reading;

    LogQueryTest(People people) {
        reading = new LogQuery.Reading(people, MIRA, ZoneId.of("Europe/Berlin"), Instant.parse("2026-03-11T13:32:00Z"));
    }

    @Test
    void a_query_says_who_what_to_what_how_it_ended_and_when() {
        var query =
                reading.of("who:me event:item.edit record:APP-12 outcome:refused since:2026-03-10 until:2026-03-10");

        assertThat(query.mistakes()).isEmpty();
        var wanted = query.wanted();
        assertThat(wanted.actor()).isEqualTo(MIRA.id());
        assertThat(wanted.action()).isEqualTo("item.edit");
        assertThat(wanted.object()).isEqualTo("item:APP-12");
        assertThat(wanted.outcome()).isEqualTo(Outcome.DENIED);
        assertThat(wanted.since()).as("the day begins where the reader is").isEqualTo("2026-03-09T23:00:00Z");
        assertThat(wanted.until()).as("and is meant whole").isEqualTo("2026-03-10T23:00:00Z");
    }

    @Test
    void a_number_alone_is_an_entry() {
        assertThat(reading.of("#48213").entry()).isEqualTo(48213);
        assertThat(reading.of("since:6h").wanted().since()).isEqualTo("2026-03-11T07:32:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "who:Nobody-of-that-name, Nobody alone",
        "outcome:perhaps, Write done",
        "since:yesterday, Write 2026-03-11",
        "until:9999-99-99, is no time",
        "record:a:b c, is not understood",
        "plain words, is not understood",
        "' since:99999w ', ''"
    })
    void what_is_not_understood_says_what_to_write(String text, String says) {
        var query = reading.of(text);

        if (says.isEmpty()) {
            assertThat(query.mistakes()).isEmpty();
        } else {
            assertThat(query.mistakes()).anyMatch(mistake -> mistake.says().contains(says));
        }
    }

    @Test
    void each_chip_leads_to_the_query_without_it() {
        var chips = reading.of("event:auth outcome:done").chips();

        assertThat(chips).extracting(LogQuery.Chip::name).containsExactly("event", "outcome");
        assertThat(chips.getFirst().without()).isEqualTo("/log?q=outcome%3Adone");
    }
}
