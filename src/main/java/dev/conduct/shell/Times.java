package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.DateStyle;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// In which zone somebody reads times, and how dates are written: kept with the account, for every page and device.
@Controller
class Times {

    /// Places, not abbreviations: only they know when summer time begins.
    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.matches("(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.+")
                    || zone.equals("UTC"))
            .sorted()
            .toList();

    private final People people;
    private final StationTime stationTime;

    Times(People people, StationTime stationTime) {
        this.people = people;
        this.stationTime = stationTime;
    }

    /// @param chosen empty for the installation's zone
    record Page(List<String> zones, String chosen, String installation, DateStyle dates) implements View {

        @Override
        public String template() {
            return "shell/times.jte";
        }

        @Override
        public String title() {
            return "Dates and times";
        }
    }

    @GetMapping("/account/times")
    Page show(Actor actor) {
        var chosen = actor.zone();
        return new Page(
                ZONES, chosen == null ? "" : chosen.getId(), stationTime.zone().getId(), DateStyle.of(actor.locale()));
    }

    @PostMapping("/account/times")
    String choose(
            @RequestParam(name = "zone", defaultValue = "") String zone,
            @RequestParam(name = "dates", defaultValue = "") String dates,
            Actor actor,
            RedirectAttributes redirect) {
        people.prefer(actor, known(zone), DateStyle.of(Locale.forLanguageTag(dates)));
        Flash.done(redirect, "Every page shows times so from now on.");
        return "redirect:/account/times";
    }

    private static @Nullable ZoneId known(String zone) {
        if (zone.isBlank()) {
            return null;
        }
        if (!ZONES.contains(zone)) {
            throw Problem.badInput("zone", "unknown_zone", "is none of the zones offered. Choose one from the list.");
        }
        return ZoneId.of(zone);
    }
}
