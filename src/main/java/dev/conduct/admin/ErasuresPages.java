package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.List;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Asks for the erasure of people and does it, as a second person.
@Controller
class ErasuresPages {

    private static final String BACK = "redirect:/admin/erasures";

    private final Erasures erasures;
    private final People people;

    ErasuresPages(Erasures erasures, People people) {
        this.erasures = erasures;
        this.people = people;
    }

    @GetMapping("/admin/erasures")
    ErasuresPage show(Actor actor) {
        return page("", List.of(), HttpStatus.OK, actor);
    }

    @PostMapping("/admin/erasures")
    Object ask(@RequestParam(defaultValue = "") String person, Actor actor, RedirectAttributes redirect) {
        var found = people.resolve(person);
        if (found.isEmpty()) {
            var says = person.isBlank()
                    ? "Enter whom, by name or e-mail address."
                    : "Nobody, or more than one, is called that. Enter the e-mail address.";
            return page(
                    person,
                    List.of(new FieldProblem("person", "unknown", says)),
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    actor);
        }
        try {
            erasures.ask(found.get().id(), actor);
            Flash.done(redirect, "Asked for. A second administrator does it.");
            return BACK;
        } catch (Problem refused) {
            return page(
                    person,
                    List.of(new FieldProblem("person", refused.code(), refused.says())),
                    HttpStatus.valueOf(refused.status()),
                    actor);
        }
    }

    @PostMapping("/admin/erasures/{id}/approval")
    String approve(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        try {
            erasures.approve(id, actor);
            Flash.done(redirect, "That person is erased.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return BACK;
    }

    @PostMapping("/admin/erasures/{id}/withdrawal")
    String withdraw(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        try {
            erasures.withdraw(id, actor);
            Flash.done(redirect, "Withdrawn. Nothing was erased.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return BACK;
    }

    private ErasuresPage page(String entered, List<FieldProblem> errors, HttpStatus status, Actor actor) {
        var all = erasures.all();
        var ids = new TreeSet<String>();
        for (var one : all) {
            ids.add(one.askedBy());
            if (one.approvedBy() != null) {
                ids.add(one.approvedBy());
            }
        }
        return new ErasuresPage(all, actor.id(), people.byId(ids), entered, errors, status);
    }
}
