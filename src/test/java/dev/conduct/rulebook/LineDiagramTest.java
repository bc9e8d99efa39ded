package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.PackFiles;
import java.util.HashSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The drawing of a line holds all of it, and nothing of it lies outside or on top of something else.
class LineDiagramTest {

    private final dev.conduct.procedure.Procedure procedure =
            PackCheck.check(PackFiles.standard()).orThrow();
    private final dev.conduct.procedure.ItemType bug =
            java.util.Objects.requireNonNull(procedure.types().get("bug"));
    private final LineDiagram drawing = LineDiagram.of(bug, procedure);

    @Test
    void every_station_of_the_line_is_drawn_in_its_order() {
        assertThat(drawing.stations()).extracting(LineDiagram.Station::state).containsExactlyElementsOf(bug.line());
        assertThat(drawing.stations())
                .extracting(LineDiagram.Station::x)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void every_way_back_and_out_has_a_lane_of_its_own() {
        assertThat(drawing.below())
                .extracting(LineDiagram.Way::title)
                .containsExactlyInAnyOrder("Send back", "Reject", "Reopen");
        assertThat(new HashSet<>(
                        drawing.below().stream().map(LineDiagram.Way::y).toList()))
                .hasSameSizeAs(drawing.below());
    }

    @Test
    void gates_stand_before_the_stations_they_guard() {
        var guarded = bug.transitions().values().stream()
                .filter(it -> !it.back() && it.to() != null && !it.gates().isEmpty())
                .mapToInt(it -> it.gates().size())
                .sum();

        assertThat(drawing.gates().stream().mapToInt(LineDiagram.Gates::number).sum())
                .isEqualTo(guarded);
    }

    @Test
    void nothing_lies_outside_the_drawing() {
        var xs = Stream.of(
                        drawing.stations().stream().map(LineDiagram.Station::x),
                        drawing.gates().stream().map(LineDiagram.Gates::x),
                        drawing.below().stream().flatMap(way -> Stream.of(way.leftmost(), way.rightmost())),
                        drawing.clocks().stream().flatMap(clock -> Stream.of(clock.from(), clock.to())))
                .flatMap(it -> it);
        var ys = Stream.concat(
                drawing.below().stream().map(LineDiagram.Way::y),
                drawing.clocks().stream().map(LineDiagram.Clock::y));

        assertThat(xs).allMatch(x -> x > 0 && x < drawing.width());
        assertThat(ys).allMatch(y -> y > drawing.y() && y < drawing.height());
    }

    @Test
    void clocks_of_one_row_do_not_overlap() {
        var clocks = drawing.clocks();

        assertThat(clocks).isNotEmpty();
        for (var one : clocks) {
            assertThat(clocks)
                    .filteredOn(other -> other != one && other.y() == one.y())
                    .allMatch(other -> other.from() >= one.to() || other.to() <= one.from());
        }
    }
}
