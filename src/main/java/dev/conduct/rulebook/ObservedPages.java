package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.rulebook.ObservedRows.Observed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// What enforcing the gates that only observe would have stopped: to be looked at before one is enforced.
@Controller
class ObservedPages {

    static final Duration LONG = Duration.ofDays(90);

    private static final int LISTED = 10;
    private static final Observed NOTHING = new Observed(0, 0, List.of());

    private final Procedures procedures;
    private final UseRows rows;
    private final ObservedRows seen;
    private final InstantSource time;

    ObservedPages(Procedures procedures, UseRows rows, ObservedRows seen, InstantSource time) {
        this.procedures = procedures;
        this.rows = rows;
        this.seen = seen;
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
        var observed = seen.since(since, observing, LISTED, reader);
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
                                observed.getOrDefault(control.name(), NOTHING)))
                        .toList(),
                Tabs.of(procedure, procedures, "/procedure/observed"));
    }
}
