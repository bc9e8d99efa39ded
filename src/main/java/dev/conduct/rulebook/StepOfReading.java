package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.shell.FirstSteps;
import java.util.List;
import org.springframework.stereotype.Component;

/// Whether who began has looked into the procedure in force.
@Component
class StepOfReading implements FirstSteps {

    private static final String READ = "read_procedure";

    private final People people;

    StepOfReading(People people) {
        this.people = people;
    }

    @Override
    public List<Step> steps(Actor actor) {
        return List.of(new Step(
                80,
                "Read your procedure",
                "Each clause with how it is held. It is data: change it, and the gates follow.",
                "/procedure",
                "Read it",
                actor.preferences().containsKey(READ),
                false));
    }

    /// Remembers it of those whom it is asked of.
    void read(Actor actor) {
        if (FirstSteps.shownTo(actor) && !actor.preferences().containsKey(READ)) {
            people.prefer(actor, READ, "yes");
        }
    }
}
