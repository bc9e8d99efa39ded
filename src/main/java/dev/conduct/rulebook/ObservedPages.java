package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.rulebook.UseFold.Deviation;
import dev.conduct.work.Standings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// What enforcing the gates that only observe would have stopped: to be looked at before one is enforced.
@Controller
class ObservedPages {

    static final Duration LONG = Duration.ofDays(90);

    private static final int LISTED = 10;

    private final Procedures procedures;
    private final UseRows rows;
    private final Standings standings;
    private final InstantSource time;

    ObservedPages(Procedures procedures, UseRows rows, Standings standings, InstantSource time) {
        this.procedures = procedures;
        this.rows = rows;
        this.standings = standings;
        this.time = time;
    }

    @GetMapping("/procedure/observed")
    ObservedView observed(Actor reader) {
        var procedure = procedures.at(time.instant());
        var since = time.instant().minus(LONG);
        var observing = RuleControl.all(procedure).stream()
                .filter(control ->
                        control.kind().equals("gate") && control.mode().equals("observe"))
                .toList();
        var uses = Uses.of(rows.since(RegisterPages.day(since)));
        var records = rows.observed(
                observing.stream().map(RuleControl::clause).distinct().toList(), since);
        var newest = observing.stream()
                .filter(control -> records.containsKey(control.name()))
                .collect(Collectors.toMap(
                        RuleControl::name, control -> rows.observed(control.clause(), control.name(), since, LISTED)));
        var titles = standings.titles(
                newest.values().stream()
                        .flatMap(List::stream)
                        .map(Deviation::item)
                        .distinct()
                        .toList(),
                reader);
        return new ObservedView(
                procedure,
                observing.stream()
                        .map(control -> new ObservedView.Row(
                                control,
                                procedure.clauses().containsKey(control.clause())
                                        ? procedure
                                                .clauses()
                                                .get(control.clause())
                                                .ref()
                                        : control.clause(),
                                uses.control(control.name()),
                                records.getOrDefault(control.name(), 0L),
                                seen(newest, control, titles)))
                        .toList(),
                titles,
                Tabs.of(procedure, procedures, "/procedure/observed"));
    }

    private static List<Deviation> seen(
            Map<String, List<Deviation>> newest, RuleControl control, Map<String, String> titles) {
        return newest.getOrDefault(control.name(), List.of()).stream()
                .filter(deviation -> titles.containsKey(deviation.item()))
                .toList();
    }
}
