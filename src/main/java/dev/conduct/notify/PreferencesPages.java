package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.notify.Kind.ByMail;
import dev.conduct.shell.Flash;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Where people choose by which letters they are told.
@Controller
class PreferencesPages {

    private final Preferences preferences;
    private final People people;

    PreferencesPages(Preferences preferences, People people) {
        this.preferences = preferences;
        this.people = people;
    }

    @GetMapping("/account/notices")
    PreferencesPage show(Actor actor) {
        return new PreferencesPage(
                preferences.of(actor.id()),
                people.find(actor.id()).map(People.Person::email).orElse(null));
    }

    @PostMapping("/account/notices")
    String keep(@RequestParam Map<String, String> entered, Actor actor, RedirectAttributes redirect) {
        var mail = new EnumMap<Kind, ByMail>(Kind.class);
        for (var kind : Kind.values()) {
            var word = entered.get(kind.word());
            if (word != null) {
                mail.put(
                        kind,
                        ByMail.of(word)
                                .orElseThrow(() -> Problem.badInput(
                                        kind.word(), "unknown_way", "is none of at_once, digest, never.")));
            }
        }
        var hour = entered.getOrDefault("hour", "");
        if (!hour.matches("[01]?\\d|2[0-3]")) {
            throw Problem.badInput("hour", "no_hour", "is no hour of the day. Write 0 to 23.");
        }
        preferences.keep(actor.id(), mail, Integer.parseInt(hour));
        Flash.done(redirect, "You are told this way from now on.");
        return "redirect:/account/notices";
    }
}
