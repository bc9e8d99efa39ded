package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Asking for exceptions, deciding and settling them on a record's page.
@Controller
@RequestMapping("/items/{key}")
class OverridePages {

    private final Overrides overrides;
    private final Duties duties;
    private final RecordDesk desk;

    OverridePages(Overrides overrides, Duties duties, RecordDesk desk) {
        this.overrides = overrides;
        this.duties = duties;
        this.desk = desk;
    }

    @PostMapping("/overrides")
    Object ask(
            @PathVariable("key") String key,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        var transition = entered.getOrDefault("transition", "");
        var gate = entered.getOrDefault("gate", "");
        try {
            overrides.ask(new Overrides.Ask(key, transition, gate, entered.getOrDefault("reason", "")), actor);
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return desk.refused(key, Map.of("override", gate, "why", transition), entered, refused, actor);
        }
        Flash.done(redirect, "Asked for an exception. It waits for a second person.");
        return back(key);
    }

    @PostMapping("/overrides/{id}/approval")
    String approve(
            @PathVariable("key") String key, @PathVariable("id") UUID id, Actor actor, RedirectAttributes redirect) {
        return done(key, redirect, "Approved by your name.", () -> overrides.approve(key, id, null, actor));
    }

    @PostMapping("/overrides/{id}/refusal")
    String decline(
            @PathVariable("key") String key, @PathVariable("id") UUID id, Actor actor, RedirectAttributes redirect) {
        return done(key, redirect, "Declined.", () -> overrides.decline(key, id, null, actor));
    }

    @PostMapping("/duties/{id}/settlement")
    String settle(
            @PathVariable("key") String key,
            @PathVariable("id") UUID id,
            @RequestParam(name = "note", defaultValue = "") String note,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, redirect, "Settled by your name.", () -> duties.settle(id, note, actor));
    }

    private static String done(String key, RedirectAttributes redirect, String says, Runnable act) {
        try {
            act.run();
            Flash.done(redirect, says);
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            Flash.stop(redirect, refused.says());
        }
        return back(key);
    }

    private static String back(String key) {
        return "redirect:/items/" + key + "#exceptions";
    }
}
