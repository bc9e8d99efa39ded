package dev.conduct.rulebook;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A type's line, drawn from the pack, with who stands where; and the ways into one of its stations.
///
/// @param station the one chosen
/// @param ways into it, each with its gates
/// @param standing how many stand at each station, counted up to a thousand
/// @param medians how long records stood at a station in the last 90 days
record LineView(
        Procedure procedure,
        ItemType type,
        LineDiagram diagram,
        ItemType.State station,
        List<Way> ways,
        Map<String, Long> standing,
        Map<String, Duration> medians,
        Uses uses,
        Tabs tabs)
        implements View {

    record Way(String title, String from, String roles, boolean back, List<RuleControl> gates) {}

    @Override
    public String template() {
        return "rulebook/line.jte";
    }

    @Override
    public String title() {
        return "Line of " + (("aeiou".indexOf(Character.toLowerCase(type.title().charAt(0))) >= 0) ? "an " : "a ")
                + type.title().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Procedure " + procedure.version(), "/procedure", false),
                new Crumb("Lines", null, false),
                new Crumb(type.title(), null, false));
    }

    String href(String state) {
        return "/procedure/lines/" + type.name() + "?station=" + state + "#gates";
    }

    String ref(String clause) {
        var known = procedure.clauses().get(clause);
        return known == null ? clause : known.ref();
    }

    long standing(String state) {
        return standing.getOrDefault(state, 0L);
    }

    /// What fits in a station's ring.
    String ring(String state) {
        var number = standing(state);
        return number >= 1000 ? "1k+" : Long.toString(number);
    }

    long open() {
        return type.states().keySet().stream()
                .filter(state -> !type.ended().contains(state))
                .mapToLong(this::standing)
                .sum();
    }

    long gates() {
        return type.onCreate().size()
                + type.transitions().values().stream()
                        .mapToLong(it -> it.gates().size())
                        .sum();
    }

    List<String> sidings() {
        return type.states().keySet().stream()
                .filter(state -> !type.line().contains(state))
                .toList();
    }

    long longest() {
        return Math.max(
                1,
                medians.values().stream().mapToLong(Duration::toSeconds).max().orElse(1));
    }
}
