package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.shell.FirstSteps;
import dev.conduct.shell.FirstSteps.Step;
import dev.conduct.shell.Flash;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The first ten minutes of an installation, for the person who set it up, until they end them.
@Controller
class Beginning {

    private final List<FirstSteps> sources;
    private final People people;

    Beginning(List<FirstSteps> sources, People people) {
        this.sources = sources;
        this.people = people;
    }

    /// Empty for everybody else, and once ended.
    List<Step> steps(Actor actor) {
        if (!FirstSteps.shownTo(actor)) {
            return List.of();
        }
        return sources.stream()
                .flatMap(source -> source.steps(actor).stream())
                .sorted(Comparator.comparingInt(Step::order))
                .toList();
    }

    @PostMapping("/me/first-steps/end")
    String end(Actor actor, RedirectAttributes redirect) {
        people.prefer(actor, FirstSteps.KEPT, null);
        Flash.done(redirect, "The first steps are put away. The guide in docs/guide has them all.");
        return "redirect:/me";
    }
}
