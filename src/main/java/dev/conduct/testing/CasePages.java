package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One case, its versions, and the form that writes the next.
@Controller
class CasePages {

    private static final int VERSIONS = 30;

    private final TestedProducts tested;
    private final Plans plans;
    private final Cases cases;
    private final CaseLists lists;
    private final Catalogue catalogue;
    private final Products products;
    private final Items items;
    private final People people;
    private final EdgeClasses edges;
    private final Book book;

    CasePages(
            TestedProducts tested,
            Plans plans,
            Cases cases,
            CaseLists lists,
            Catalogue catalogue,
            Products products,
            Items items,
            People people,
            EdgeClasses edges,
            Book book) {
        this.tested = tested;
        this.plans = plans;
        this.cases = cases;
        this.lists = lists;
        this.catalogue = catalogue;
        this.products = products;
        this.items = items;
        this.people = people;
        this.edges = edges;
        this.book = book;
    }

    @GetMapping("/testing/{product}/plans/{plan}/case")
    CaseForm form(@PathVariable("product") String key, @PathVariable("plan") UUID plan, Actor actor) {
        tested.test(key, actor);
        return form(key, plan, null, Entered.NOTHING, actor);
    }

    @PostMapping("/testing/{product}/plans/{plan}/case")
    Object create(
            @PathVariable("product") String key,
            @PathVariable("plan") UUID plan,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var made = cases.create(plan, CaseForm.text(form), actor);
            Flash.done(redirect, made.key() + " is in the plan.");
            return "redirect:"
                    + (form.containsKey("more") ? "/testing/" + key + "/plans/" + plan + "/case" : made.path());
        } catch (Problem refused) {
            return form(key, plan, null, Entered.refused("case", form, refused), actor);
        }
    }

    @GetMapping("/testing/{product}/cases/{case}")
    CaseView show(
            @PathVariable("product") String key,
            @PathVariable("case") String number,
            @RequestParam(name = "version", required = false) @Nullable Long version,
            Actor actor) {
        var product = tested.find(key, actor);
        var shown = lists.visible(number, version, actor);
        var versions = lists.versions(shown.id(), Long.MAX_VALUE, VERSIONS);
        var requirement = shown.text().requirement();
        return new CaseView(
                product,
                plans.visible(shown.plan(), actor),
                shown,
                versions.stream()
                        .filter(it -> it.version() == shown.version() - 1)
                        .findFirst()
                        .orElse(null),
                versions,
                requirement.isEmpty()
                        ? null
                        : items.visible(List.of(requirement), actor).stream()
                                .findFirst()
                                .orElse(null),
                people.names(versions.stream().map(TestCase::changedBy).toList()),
                tested.mayTest(key, actor));
    }

    @GetMapping("/testing/{product}/cases/{case}/form")
    CaseForm edit(@PathVariable("product") String key, @PathVariable("case") String number, Actor actor) {
        tested.test(key, actor);
        var shown = lists.visible(number, actor);
        return form(key, shown.plan(), shown, Entered.NOTHING, actor);
    }

    @PostMapping("/testing/{product}/cases/{case}")
    Object change(
            @PathVariable("product") String key,
            @PathVariable("case") String number,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        var before = lists.visible(number, actor);
        try {
            var after = cases.change(number, CaseForm.text(form), CaseForm.version(form), actor);
            Flash.done(
                    redirect,
                    after.version() == before.newest()
                            ? "Nothing was changed."
                            : "Version " + after.version() + " is in force. Runs that go on keep theirs.");
            return "redirect:" + after.path();
        } catch (Problem refused) {
            return form(key, before.plan(), before, Entered.refused("case", form, refused), actor);
        }
    }

    @PostMapping("/testing/{product}/cases/{case}/retirement")
    String retire(
            @PathVariable("product") String key,
            @PathVariable("case") String number,
            Actor actor,
            RedirectAttributes redirect) {
        var shown = lists.visible(number, actor);
        cases.retire(number, actor);
        Flash.done(redirect, number + " is retired: later runs leave it out.");
        return "redirect:/testing/" + key + "/plans/" + shown.plan();
    }

    private CaseForm form(String key, UUID plan, @Nullable TestCase shown, Entered entered, Actor actor) {
        return new CaseForm(
                tested.find(key, actor),
                plans.visible(plan, actor),
                shown,
                catalogue.points(key),
                products.components(key),
                edges.at(book.now()),
                entered);
    }
}
