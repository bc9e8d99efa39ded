package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.KnownProducts;
import dev.conduct.identity.Organisations;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Teams, the organisations of customers, and roles that people hold for one product.
@Controller
class TeamsPages {

    private final Teams teams;
    private final Organisations organisations;
    private final Grants grants;
    private final Roles roles;
    private final People people;
    private final KnownProducts products;

    TeamsPages(
            Teams teams,
            Organisations organisations,
            Grants grants,
            Roles roles,
            People people,
            KnownProducts products) {
        this.teams = teams;
        this.organisations = organisations;
        this.grants = grants;
        this.roles = roles;
        this.people = people;
        this.products = products;
    }

    @GetMapping("/admin/teams")
    TeamsPage show() {
        return new TeamsPage(teams.all(), organisations.all(), roles.all(), products.names(), people.holding(Set.of()));
    }

    @PostMapping("/admin/teams")
    String create(@RequestParam(defaultValue = "") String name, Actor actor, RedirectAttributes redirect) {
        return done(
                "/admin/teams", redirect, () -> teams.create(name, actor).name() + " is a team. Put people into it.");
    }

    @PostMapping("/admin/teams/{id}/members")
    String member(
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(name = "in", defaultValue = "true") boolean in,
            Actor actor,
            RedirectAttributes redirect) {
        return done("/admin/teams", redirect, () -> {
            var team = teams.member(id, person, in, actor);
            return in ? "They are in " + team.name() + " and hold its roles." : "They left " + team.name() + ".";
        });
    }

    @PostMapping("/admin/teams/{id}/roles")
    String role(
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(name = "held", defaultValue = "true") boolean held,
            Actor actor,
            RedirectAttributes redirect) {
        return done("/admin/teams", redirect, () -> {
            var team = teams.role(id, role, given(product), held, actor);
            return "Everybody in " + team.name() + (held ? " holds" : " no longer holds") + " this role by the team.";
        });
    }

    @PostMapping("/admin/organisations")
    String organisation(@RequestParam(defaultValue = "") String name, Actor actor, RedirectAttributes redirect) {
        return done(
                "/admin/teams",
                redirect,
                () -> organisations.create(name, actor).name() + " is a customer. Say who belongs to it.");
    }

    @PostMapping("/admin/organisations/people")
    String belongs(
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String organisation,
            Actor actor,
            RedirectAttributes redirect) {
        return done("/admin/teams", redirect, () -> {
            organisations.assign(person, given(organisation), actor);
            return "They see from now on what their organisation reports.";
        });
    }

    @PostMapping("/admin/people/{id}/product-roles")
    String grant(
            @PathVariable("id") String id,
            @RequestParam(defaultValue = "") String role,
            @RequestParam(defaultValue = "") String product,
            @RequestParam(name = "held", defaultValue = "true") boolean held,
            Actor actor,
            RedirectAttributes redirect) {
        return done("/admin/people", redirect, () -> {
            if (product.isBlank()) {
                throw Problem.badInput("product", "missing", "is missing. Choose the product.");
            }
            var grant = new Grants.Grant(role, product);
            if (held) {
                grants.grant(id, grant, actor);
            } else {
                grants.revoke(id, grant, actor);
            }
            return held ? "They hold this role for " + product + "." : "They no longer hold it for " + product + ".";
        });
    }

    private static String done(String back, RedirectAttributes redirect, Supplier<String> act) {
        try {
            Flash.done(redirect, act.get());
        } catch (Problem refused) {
            Flash.stop(
                    redirect,
                    refused.errors().isEmpty()
                            ? refused.says()
                            : refused.errors().getFirst().field() + " "
                                    + refused.errors().getFirst().says());
        }
        return "redirect:" + back;
    }

    private static @Nullable String given(String value) {
        return value.isBlank() ? null : value;
    }
}
