package dev.conduct.rulebook;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Transition;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Spans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A type's line as a drawing: stations from left to right, gates before them, short cuts above, ways back and out
/// below, clocks at the foot. Only geometry: where what stands, in pixels.
///
/// @param width, height of the whole
/// @param y of the track
record LineDiagram(
        int width,
        int height,
        int y,
        List<Station> stations,
        List<Gates> gates,
        List<Way> above,
        List<Way> below,
        List<Clock> clocks) {

    private static final int LEFT = 56;
    private static final int WIDE = 1000;
    private static final int LANE = 24;
    private static final int LABELS = 64;
    private static final double LETTER = 6.4;

    record Station(String state, String title, String clause, int x) {}

    /// @param number of gates on the way into the station after it
    record Gates(int x, int number) {}

    /// A way that is not the next stop.
    ///
    /// @param from where it leaves the line
    /// @param to where it comes back to it, null when it leaves it for good
    /// @param end the station beside the line that it leads to, null when it comes back
    /// @param y of its lane
    /// @param label x of the middle of its name
    record Way(
            String title,
            List<Integer> from,
            @Nullable Integer to,
            @Nullable Siding end,
            int y,
            int label) {

        int leftmost() {
            return Math.min(
                    from.getFirst(),
                    to != null ? to : Objects.requireNonNull(end).x());
        }

        int rightmost() {
            return Math.max(
                    from.getLast(),
                    to != null ? to : Objects.requireNonNull(end).x());
        }
    }

    record Siding(String title, int x) {}

    /// @param beside true when its name is too long for it and stands at its right
    record Clock(String title, int from, int to, int y, boolean beside) {

        int label() {
            return beside ? to + 10 : (from + to) / 2;
        }
    }

    static LineDiagram of(ItemType type, Procedure procedure) {
        return new Drawing(type, procedure).drawn();
    }

    private static final class Drawing {

        private final ItemType type;
        private final Procedure procedure;
        private final List<String> line;
        private final int gap;

        Drawing(ItemType type, Procedure procedure) {
            this.type = type;
            this.procedure = procedure;
            this.line = type.line();
            var longest = line.stream()
                    .mapToInt(state -> state(state).title().length())
                    .max()
                    .orElse(0);
            this.gap = Math.max((int) (longest * 7.4) + 14, WIDE / Math.max(1, line.size() - 1));
        }

        LineDiagram drawn() {
            var jumps = ways(transition -> !transition.back() && to(transition) >= 0 && longest(transition) > 1);
            var y = 68 + LANE * jumps.size() + (jumps.isEmpty() ? 0 : 12);
            var returns = ways(transition ->
                    transition.to() != null && (to(transition) < 0 || first(transition) > to(transition)));
            var below = lanes(returns, y + LABELS + 16, LANE);
            var foot = y + LABELS + 16 + LANE * returns.size();
            var clocks = clocks(foot + 20);
            var height = clocks.isEmpty()
                    ? foot + 12
                    : clocks.stream().mapToInt(Clock::y).max().getAsInt() + 18;
            return new LineDiagram(
                    x(line.size() - 1) + LEFT,
                    height,
                    y,
                    stations(),
                    gates(),
                    lanes(jumps, y - 52, -LANE),
                    below,
                    clocks);
        }

        private List<Station> stations() {
            return IntStream.range(0, line.size())
                    .mapToObj(at ->
                            new Station(line.get(at), state(line.get(at)).title(), clauseInto(line.get(at)), x(at)))
                    .toList();
        }

        /// The clause of the step that leads there along the line; of the type for the first.
        private String clauseInto(String state) {
            var clause = type.transitions().values().stream()
                    .filter(transition -> !transition.back() && state.equals(transition.to()))
                    .map(Transition::clause)
                    .findFirst()
                    .orElse(type.clause());
            var known = procedure.clauses().get(clause);
            return known == null ? clause : known.ref();
        }

        private List<Gates> gates() {
            var gates = new ArrayList<Gates>();
            for (var at = 0; at < line.size() - 1; at++) {
                var from = line.get(at);
                var to = line.get(at + 1);
                var number = type.transitions().values().stream()
                        .filter(transition -> transition.from().contains(from) && to.equals(transition.to()))
                        .mapToInt(transition -> transition.gates().size())
                        .sum();
                if (number > 0) {
                    gates.add(new Gates(x(at) + gap * 7 / 10, number));
                }
            }
            return gates;
        }

        private List<Transition> ways(java.util.function.Predicate<Transition> wanted) {
            return type.transitions().values().stream()
                    .filter(transition -> first(transition) >= 0)
                    .filter(wanted)
                    .sorted(Comparator.comparingInt(this::reach))
                    .toList();
        }

        private List<Way> lanes(List<Transition> ways, int first, int step) {
            return IntStream.range(0, ways.size())
                    .mapToObj(lane -> way(ways.get(lane), lane, ways.size(), first + step * lane))
                    .toList();
        }

        private Way way(Transition transition, int lane, int lanes, int y) {
            // Ways that leave one station stand side by side.
            var shift = (int) ((lane - (lanes - 1) / 2.0) * 7);
            var from = places(transition).map(at -> x(at) + shift).toList();
            var to = to(transition);
            if (to >= 0) {
                var target = x(to) + shift;
                return new Way(transition.title(), from, target, null, y, (target + from.getFirst()) / 2);
            }
            var end = new Siding(state(Objects.requireNonNull(transition.to())).title(), from.getLast() + gap / 2);
            return new Way(transition.title(), from, null, end, y, 0);
        }

        private List<Clock> clocks(int first) {
            var rows = new ArrayList<Integer>();
            var clocks = new ArrayList<Clock>();
            for (var rule : type.clocks()) {
                var from = happenings(rule.start()).mapToInt(it -> it).min();
                var to = happenings(rule.stop()).mapToInt(it -> it).max();
                if (from.isEmpty() || to.isEmpty() || to.getAsInt() <= from.getAsInt()) {
                    continue;
                }
                var title = rule.title().toLowerCase(java.util.Locale.ROOT) + ": " + targets(rule);
                var begins = x(from.getAsInt());
                var ends = x(to.getAsInt());
                var beside = title.length() * LETTER > ends - begins - 24;
                var row = 0;
                while (row < rows.size() && rows.get(row) > begins - 8) {
                    row++;
                }
                if (row == rows.size()) {
                    rows.add(0);
                }
                rows.set(row, beside ? ends + 10 + (int) (title.length() * LETTER) : ends);
                clocks.add(new Clock(title, begins, ends, first + 28 * row, beside));
            }
            return clocks;
        }

        /// Where along the line a clock's happenings take an item.
        private Stream<Integer> happenings(Set<String> names) {
            return names.stream()
                    .map(name -> {
                        if (name.equals("created")) {
                            return line.indexOf(type.initial());
                        }
                        if (name.startsWith("state:")) {
                            return line.indexOf(name.substring(6));
                        }
                        var transition = type.transitions().get(name);
                        return transition == null || transition.back() ? -1 : to(transition);
                    })
                    .filter(at -> at >= 0);
        }

        private static String targets(ItemType.ClockRule rule) {
            Map<String, List<String>> values = new java.util.LinkedHashMap<>();
            rule.targets()
                    .forEach((value, target) -> values.computeIfAbsent(
                                    target.hard() == null ? "next " + target.schedule() : Spans.text(target.hard()),
                                    unused -> new ArrayList<>())
                            .add(value));
            return values.entrySet().stream()
                    .map(it -> String.join(" and ", it.getValue()) + " "
                            + it.getKey().replace('_', ' '))
                    .collect(Collectors.joining(", "));
        }

        private Stream<Integer> places(Transition transition) {
            return transition.from().stream()
                    .map(line::indexOf)
                    .filter(at -> at >= 0)
                    .sorted();
        }

        private int first(Transition transition) {
            return places(transition).findFirst().orElse(-1);
        }

        private int longest(Transition transition) {
            return to(transition) - first(transition);
        }

        private int reach(Transition transition) {
            var last = places(transition).reduce((a, b) -> b).orElse(0);
            return to(transition) < 0 ? -100 + last - first(transition) : Math.abs(last - to(transition));
        }

        private int to(Transition transition) {
            return transition.to() == null ? -1 : line.indexOf(transition.to());
        }

        private int x(int at) {
            return LEFT + gap * at;
        }

        private ItemType.State state(String name) {
            return Objects.requireNonNull(type.states().get(name), name);
        }
    }
}
