package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.GroupRoles;
import dev.conduct.identity.Provider;
import dev.conduct.identity.Providers;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Connects providers, and says what the groups of the directory give.
@Controller("adminSignOnPages")
@RequestMapping("/admin/sign-on")
class SignOnPages {

    private static final String BACK = "redirect:/admin/sign-on";
    private static final Provider EMPTY =
            new Provider("", "", "", "", false, "groups", List.of(), false, false, false, true);

    private final Providers providers;
    private final GroupRoles groups;
    private final Roles roles;
    private final String url;

    SignOnPages(Providers providers, GroupRoles groups, Roles roles, @Value("${conduct.url:}") String url) {
        this.providers = providers;
        this.groups = groups;
        this.roles = roles;
        this.url = url;
    }

    @GetMapping
    SignOnPage show(@RequestParam(defaultValue = "") String change, HttpServletRequest request) {
        var form = providers.all().stream()
                .filter(provider -> provider.id().equals(change))
                .findFirst()
                .orElse(EMPTY);
        return page(form, List.of(), request);
    }

    @PostMapping
    Object save(
            @RequestParam(defaultValue = "") String id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String issuer,
            @RequestParam(name = "client_id", defaultValue = "") String clientId,
            @RequestParam(name = "client_secret", defaultValue = "") String clientSecret,
            @RequestParam(name = "groups_claim", defaultValue = "groups") String groupsClaim,
            @RequestParam(defaultValue = "") String asserts,
            @RequestParam(defaultValue = "false") boolean creates,
            @RequestParam(defaultValue = "false") boolean directory,
            @RequestParam(name = "gives_roles", defaultValue = "false") boolean givesRoles,
            @RequestParam(defaultValue = "false") boolean active,
            Actor actor,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        var values = Arrays.stream(asserts.split("[,\\s]+"))
                .filter(value -> !value.isEmpty())
                .toList();
        var wanted = new Provider(
                id.strip(),
                name,
                issuer.strip(),
                clientId,
                false,
                groupsClaim,
                values,
                creates,
                directory,
                givesRoles,
                active);
        try {
            providers.check(wanted.issuer());
            providers.save(wanted, clientSecret, actor);
            Flash.done(redirect, "People can sign in with " + wanted.name() + " as this page says.");
            return BACK;
        } catch (Problem refused) {
            return page(wanted, errors(refused, "id"), request);
        }
    }

    @PostMapping("/{id}/removal")
    String remove(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        providers.remove(id, actor);
        Flash.done(redirect, "Nobody signs in with that provider any more.");
        return BACK;
    }

    @PostMapping("/groups")
    Object addGroup(
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String role,
            Actor actor,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        try {
            groups.add(group, role, actor);
            Flash.done(redirect, "Members of that group hold the role from their next sign-in or change on.");
            return BACK;
        } catch (Problem refused) {
            return page(EMPTY, errors(refused, "group"), request);
        }
    }

    @PostMapping("/groups/removal")
    String removeGroup(
            @RequestParam(defaultValue = "") String group,
            @RequestParam(defaultValue = "") String role,
            Actor actor,
            RedirectAttributes redirect) {
        groups.remove(group, role, actor);
        Flash.done(redirect, "That group gives this role no more. Who holds it keeps it until you take it.");
        return BACK;
    }

    private SignOnPage page(Provider form, List<FieldProblem> errors, HttpServletRequest request) {
        var base = url.isBlank() ? "http://localhost:" + request.getLocalPort() : url;
        return new SignOnPage(providers.all(), groups.all(), roles.all(), form, base, errors);
    }

    private static List<FieldProblem> errors(Problem refused, String field) {
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem(field, refused.code(), refused.says()))
                : refused.errors().stream()
                        .map(error -> error.field().equals("roles")
                                ? new FieldProblem("role", error.code(), error.says())
                                : error)
                        .toList();
    }
}
