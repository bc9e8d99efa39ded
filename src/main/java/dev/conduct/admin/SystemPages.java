package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.shell.Flash;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.SystemReading;
import dev.conduct.shell.SystemReading.Reading;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The page about the system: what every module says of it, and what runs by the clock, to be run now.
@Controller
class SystemPages {

    private final List<SystemReading> readings;
    private final List<ScheduledWork> works;
    private final StationTime stationTime;
    private final Ledger ledger;
    private final InstantSource time;

    SystemPages(
            List<SystemReading> readings,
            List<ScheduledWork> works,
            StationTime stationTime,
            Ledger ledger,
            InstantSource time) {
        this.readings = readings;
        this.works = works;
        this.stationTime = stationTime;
        this.ledger = ledger;
        this.time = time;
    }

    @GetMapping("/admin/system")
    SystemPage show() {
        var words = stationTime.words();
        var groups = readings.stream()
                .flatMap(one -> one.readings(words).stream())
                .collect(Collectors.groupingBy(Reading::group, LinkedHashMap::new, Collectors.toList()));
        return new SystemPage(
                groups.entrySet().stream()
                        .map(group -> new SystemPage.Group(group.getKey(), group.getValue()))
                        .toList(),
                works.stream().flatMap(one -> one.work().stream()).toList());
    }

    @PostMapping("/admin/system/jobs/{id}")
    String run(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        var work = works.stream()
                .flatMap(one -> one.work().stream())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("This job"));
        ledger.appendAlone(new NewEvent(
                time.instant(),
                actor.id(),
                actor.via(),
                "job.run",
                "system:jobs",
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("job", id),
                Map.of()));
        works.forEach(one -> one.now(id));
        Flash.done(redirect, "Done: " + work.title().toLowerCase(java.util.Locale.ROOT) + ".");
        return "redirect:/admin/system";
    }
}
