package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Standings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// The line of each kind of work, as the procedure in force draws it.
@Controller
class LineDiagrams {

    private static final Duration QUARTER = Duration.ofDays(90);

    private final Procedures procedures;
    private final UseRows rows;
    private final Standings standings;
    private final InstantSource time;

    LineDiagrams(Procedures procedures, UseRows rows, Standings standings, InstantSource time) {
        this.procedures = procedures;
        this.rows = rows;
        this.standings = standings;
        this.time = time;
    }

    @GetMapping("/procedure/lines/{type}")
    LineView line(
            @PathVariable("type") String name,
            @RequestParam(name = "station", required = false) @Nullable String chosen,
            Actor reader) {
        var now = time.instant();
        var procedure = procedures.at(now);
        var type = procedure.types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        var station = type.states().get(chosen == null ? withMostGates(type) : chosen);
        if (station == null) {
            throw Problem.notFound("The station " + chosen + " of this line");
        }
        return new LineView(
                procedure,
                type,
                LineDiagram.of(type, procedure),
                station,
                ways(procedure, type, station),
                standings.byState(name, List.copyOf(type.states().keySet()), reader),
                rows.medians(name, now.minus(QUARTER)),
                Uses.of(rows.since(RegisterPages.day(now.minus(RegisterPages.LATELY)))),
                Tabs.of(procedure, procedures, "/procedure/lines/"));
    }

    private static List<LineView.Way> ways(Procedure procedure, ItemType type, ItemType.State station) {
        return type.transitions().values().stream()
                .filter(transition -> station.name().equals(transition.to()))
                .map(transition -> new LineView.Way(
                        transition.title(),
                        transition.from().stream()
                                .sorted(java.util.Comparator.comparingInt(type.line()::indexOf))
                                .map(state -> Objects.requireNonNull(
                                                type.states().get(state))
                                        .title())
                                .collect(Collectors.joining(", ")),
                        RuleControl.roles(procedure, transition.roles()),
                        transition.back(),
                        RuleControl.before(procedure, type, transition)))
                .toList();
    }

    /// Where there is most to see.
    private static String withMostGates(ItemType type) {
        return type.transitions().values().stream()
                .filter(transition -> transition.to() != null && !transition.back())
                .max(java.util.Comparator.comparingInt(
                        transition -> transition.gates().size()))
                .map(ItemType.Transition::to)
                .orElse(type.initial());
    }
}
