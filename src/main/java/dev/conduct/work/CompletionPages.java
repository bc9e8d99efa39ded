package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.View;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// What the part of a query that is being typed could become.
@Controller
class CompletionPages {

    private final Completions completions;
    private final Procedures procedures;
    private final InstantSource time;

    CompletionPages(Completions completions, Procedures procedures, InstantSource time) {
        this.completions = completions;
        this.procedures = procedures;
        this.time = time;
    }

    record CompletionView(List<Completions.Proposal> proposals) implements View {

        @Override
        public String template() {
            return "work/completion.jte";
        }

        @Override
        public String title() {
            return "Proposals";
        }
    }

    @GetMapping("/lines/{type}/completion")
    CompletionView proposals(
            @PathVariable("type") String name,
            @RequestParam(name = "typed", defaultValue = "") String typed,
            Actor actor) {
        var type = procedures.at(time.instant()).types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return new CompletionView(completions.of(type, PlainText.checked("typed", typed, QueryParser.LONGEST), actor));
    }
}
