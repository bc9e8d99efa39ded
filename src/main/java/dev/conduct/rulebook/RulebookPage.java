package dev.conduct.rulebook;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.PlatformControl;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class RulebookPage implements NavigationEntry {

    private final Procedures procedures;
    private final People people;
    private final List<PlatformControl> platform;
    private final InstantSource time;

    RulebookPage(Procedures procedures, People people, List<PlatformControl> platform, InstantSource time) {
        this.procedures = procedures;
        this.people = people;
        this.platform = platform;
        this.time = time;
    }

    @GetMapping("/procedure")
    RulebookView register() {
        var procedure = procedures.at(time.instant());
        var approvedBy = procedure.approvedBy();
        return new RulebookView(
                procedure,
                approvedBy == null
                        ? null
                        : people.find(approvedBy).map(People.Person::name).orElse(approvedBy),
                Coverage.of(procedure, platform),
                procedures.history());
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return new Entry("Rule book", 10, "Procedure", "/procedure", "book-open-text", null);
    }
}
