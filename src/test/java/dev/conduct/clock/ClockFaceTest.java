package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.Html;
import dev.conduct.procedure.Procedure.Clause;
import dev.conduct.shell.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockFaceTest {

    private static final Instant MONDAY = Instant.parse("2026-03-09T15:05:00Z");
    private static final Clause TRIAGE = new Clause("BUG-3", "11 §2.3", "Incidents and bugs", "Triage", "", List.of());

    @Test
    void at_risk_it_says_until_when_and_how_long_that_is() {
        var face = fix(Duration.ofHours(46).plusMinutes(27), Histories.created(MONDAY, "high"));

        assertThat(face.title()).isEqualTo("Fix, severity high");
        assertThat(face.tone()).isEqualTo("risk");
        assertThat(face.shown()).isEqualTo("16:05");
        assertThat(face.beside()).isEqualTo("1 h 33 left");
        assertThat(face.bar()).isEqualTo("caution");
        assertThat(face.filled()).isEqualTo(96);
        assertThat(face.mark()).isEqualTo(50);
        assertThat(face.note()).isEqualTo("48 h from Mon 16:05, mark at 24 h");
        assertThat(face.clause()).isEqualTo("11 §2.3");
    }

    @Test
    void an_overrun_counts_up() {
        var face = fix(Duration.ofHours(4).plusMinutes(42), Histories.created(MONDAY, "critical"));

        assertThat(face.tone()).isEqualTo("over");
        assertThat(face.beside()).isEqualTo("+42 min");
        assertThat(face.filled()).isEqualTo(100);
        assertThat(face.bar()).isEqualTo("stop");
    }

    @Test
    void met_it_says_how_long_it_took_of_how_much() {
        var stop = Histories.moved(MONDAY.plusSeconds(2 * 3600 + 24 * 60), "confirm", "resolved", Map.of());
        var face = fix(Duration.ofHours(3), Histories.created(MONDAY, "critical"), stop);

        assertThat(face.shown() + " " + face.beside()).isEqualTo("2 h 24 of 4 h");
        assertThat(face.tone()).isEqualTo("met");
        assertThat(face.note()).isEqualTo("Met: 18:29");
    }

    @Test
    void paused_it_says_why_and_what_is_left() {
        var pause = Histories.moved(MONDAY.plusSeconds(3600), "reject", "rejected", Map.of());
        var face = fix(Duration.ofHours(30), Histories.created(MONDAY, "critical"), pause);

        assertThat(face.shown() + ", " + face.beside()).isEqualTo("paused, 3 h 00 left");
        assertThat(face.note()).isEqualTo("paused: reject");
        assertThat(face.bar()).isEqualTo("paused");
    }

    @Test
    void the_panel_tells_every_segment() {
        var face = fix(Duration.ofHours(1), Histories.created(MONDAY, "medium"));

        var panel = new Html().render("clock/panel.jte", Map.of("clocks", List.of(face)));

        assertThat(panel).contains("started: created, target 40 h; working hours, Brindle calendar");
        assertThat(panel).contains("class=\"clock\"", "11 §2.3", "--v: 2");
    }

    private static ClockFace fix(Duration later, Happening... history) {
        var now = MONDAY.plus(later);
        var reading = Histories.readings(Histories.FIX, List.of(history), now).getLast();
        return ClockFace.of(reading, TRIAGE, new Words(ZoneId.of("Europe/Berlin"), now));
    }
}
