package dev.conduct.admin;

import dev.conduct.identity.AccountList;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.GroupRoles;
import dev.conduct.identity.KnownProducts;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Invites people, gives them roles, and lets them go.
@Controller
@RequestMapping("/admin/people")
class PeoplePages {

    private static final String BACK = "redirect:/admin/people";

    private final Accounts accounts;
    private final AccountList list;
    private final People people;
    private final Roles roles;
    private final GroupRoles groupRoles;
    private final Grants grants;
    private final KnownProducts products;
    private final String url;

    PeoplePages(
            Accounts accounts,
            AccountList list,
            People people,
            Roles roles,
            GroupRoles groupRoles,
            Grants grants,
            KnownProducts products,
            @Value("${conduct.url:}") String url) {
        this.grants = grants;
        this.products = products;
        this.accounts = accounts;
        this.list = list;
        this.people = people;
        this.roles = roles;
        this.groupRoles = groupRoles;
        this.url = url;
    }

    @GetMapping
    PeoplePage show(@RequestParam(required = false) @Nullable String cursor) {
        return page(cursor, null, Map.of(), Set.of(), List.of(), HttpStatus.OK);
    }

    @PostMapping
    PeoplePage invite(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(required = false, defaultValue = "") Set<String> role,
            Actor actor,
            HttpServletRequest request) {
        try {
            var person = accounts.add(name, email, role, actor);
            return linked(person, actor, request);
        } catch (Problem refused) {
            var errors = refused.errors().isEmpty()
                    ? List.of(new FieldProblem("email", refused.code(), refused.says()))
                    : refused.errors();
            return page(
                    null,
                    null,
                    Map.of("name", name, "email", email),
                    role,
                    errors,
                    HttpStatus.valueOf(refused.status()));
        }
    }

    @PostMapping("/{id}/invitation")
    PeoplePage inviteAgain(@PathVariable String id, Actor actor, HttpServletRequest request) {
        return linked(person(id), actor, request);
    }

    @PostMapping("/{id}/roles")
    String setRoles(
            @PathVariable String id,
            @RequestParam(required = false, defaultValue = "") Set<String> role,
            Actor actor,
            RedirectAttributes redirect) {
        return done(
                redirect,
                person(id).name() + " has these roles from now on.",
                () -> accounts.setRoles(id, role, actor));
    }

    @PostMapping("/{id}/deactivation")
    String deactivate(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        return done(
                redirect,
                person(id).name() + " is signed out everywhere and cannot sign in.",
                () -> accounts.deactivate(id, actor));
    }

    @PostMapping("/{id}/activation")
    String activate(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        return done(redirect, person(id).name() + " can sign in again.", () -> groupRoles.activate(id, actor));
    }

    @PostMapping("/{id}/second-factor-reset")
    String resetSecondFactor(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        return done(
                redirect,
                person(id).name() + " enrols a new authenticator at the next sign-in.",
                () -> accounts.resetSecondFactor(id, actor));
    }

    private static String done(RedirectAttributes redirect, String says, Runnable act) {
        try {
            act.run();
            Flash.done(redirect, says);
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return BACK;
    }

    private PeoplePage linked(People.Person person, Actor actor, HttpServletRequest request) {
        var base = url.isBlank() ? "http://localhost:" + request.getLocalPort() : url;
        var address = base + "/invitation?token=" + accounts.invite(person.id(), actor);
        return page(null, new PeoplePage.Link(person.name(), address), Map.of(), Set.of(), List.of(), HttpStatus.OK);
    }

    private People.Person person(String id) {
        return people.find(id).orElseThrow(() -> Problem.notFound("This person"));
    }

    private PeoplePage page(
            @Nullable String cursor,
            PeoplePage.@Nullable Link link,
            Map<String, String> entered,
            Set<String> chosen,
            List<FieldProblem> errors,
            HttpStatus status) {
        var first = list.page(Page.USUAL, cursor);
        return new PeoplePage(
                first.items(),
                first.next(),
                list.count(),
                roles.all(),
                grants.of(first.items().stream()
                        .map(account -> account.person().id())
                        .toList()),
                products.names(),
                link,
                entered,
                chosen,
                errors,
                status);
    }
}
