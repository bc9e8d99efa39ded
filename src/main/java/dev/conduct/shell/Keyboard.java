package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Whether single keys do anything: who speaks to the computer, or hits keys unawares, switches them off (WCAG 2.1.4).
@Controller
class Keyboard {

    private static final String KEPT = "keys";
    private static final String OFF = "off";

    private final People people;

    Keyboard(People people) {
        this.people = people;
    }

    record Page(boolean off) implements View {

        @Override
        public String template() {
            return "shell/keyboard.jte";
        }

        @Override
        public String title() {
            return "Keyboard";
        }
    }

    static boolean off(Actor actor) {
        return OFF.equals(actor.preferences().get(KEPT));
    }

    @GetMapping("/account/keyboard")
    Page show(Actor actor) {
        return new Page(off(actor));
    }

    @PostMapping("/account/keyboard")
    String choose(
            @RequestParam(name = "keys", defaultValue = "") String keys, Actor actor, RedirectAttributes redirect) {
        var off = keys.equals(OFF);
        people.prefer(actor, KEPT, off ? OFF : null);
        Flash.done(redirect, off ? "Single keys do nothing from now on." : "Single keys work from now on.");
        return "redirect:/account/keyboard";
    }
}
