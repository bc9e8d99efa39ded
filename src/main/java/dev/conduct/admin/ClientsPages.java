package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Apps;
import dev.conduct.identity.ClientList;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.identity.PersonalTokens;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Scope;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Shows every program and token, makes secrets, and takes them back.
@Controller
class ClientsPages {

    private static final String BACK = "redirect:/admin/clients";

    private final Clients clients;
    private final ClientList list;
    private final PersonalTokens tokens;
    private final Apps apps;
    private final People people;
    private final Roles roles;

    ClientsPages(Clients clients, ClientList list, PersonalTokens tokens, Apps apps, People people, Roles roles) {
        this.clients = clients;
        this.list = list;
        this.tokens = tokens;
        this.apps = apps;
        this.people = people;
        this.roles = roles;
    }

    @GetMapping("/admin/clients")
    ClientsPage show() {
        return page(null, "", Set.of(), null);
    }

    @PostMapping("/admin/clients")
    ClientsPage create(
            @RequestParam(name = "client-name", defaultValue = "") String name,
            @RequestParam(required = false, defaultValue = "") Set<String> role,
            @RequestParam(required = false, defaultValue = "") Set<String> scope,
            Actor actor) {
        try {
            return page(clients.create(name, role, Scope.of(scope), actor.id(), actor.via()), "", Set.of(), null);
        } catch (Problem refused) {
            return page(null, name, role, refused);
        }
    }

    @PostMapping("/admin/clients/{id}/secrets")
    ClientsPage addSecret(@PathVariable String id, Actor actor) {
        try {
            return page(clients.rotate(id, actor), "", Set.of(), null);
        } catch (Problem refused) {
            return page(null, "", Set.of(), refused);
        }
    }

    @PostMapping("/admin/clients/{id}/secrets/{secret}/revocation")
    String revokeSecret(
            @PathVariable String id, @PathVariable String secret, Actor actor, RedirectAttributes redirect) {
        clients.revokeSecret(id, secret, actor);
        Flash.done(redirect, "That secret opens nothing any more, nor do the tokens given out so far.");
        return BACK;
    }

    @PostMapping("/admin/clients/{id}/deactivation")
    String deactivate(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        clients.deactivate(id, actor);
        Flash.done(redirect, "That program is shut out, on every node.");
        return BACK;
    }

    @PostMapping("/admin/tokens/{id}/revocation")
    String revokeToken(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        tokens.revoke(id, actor);
        Flash.done(redirect, "That token opens nothing any more.");
        return BACK;
    }

    @PostMapping("/admin/apps")
    Object register(
            @RequestParam(name = "app-name", defaultValue = "") String name,
            @RequestParam(defaultValue = "") String redirect,
            @RequestParam(name = "app-scope", required = false, defaultValue = "") Set<String> scope,
            Actor actor,
            RedirectAttributes attributes) {
        try {
            var addresses = redirect.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            var id = apps.register(name, addresses, Scope.of(scope), actor);
            Flash.done(attributes, "The app is registered. It calls itself " + id + ".");
            return BACK;
        } catch (Problem refused) {
            return page(null, "", Set.of(), refused);
        }
    }

    @PostMapping("/admin/apps/{id}/shut-out")
    String shutOut(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
        apps.shutOut(id, actor);
        Flash.done(redirect, "That app acts for nobody any more.");
        return BACK;
    }

    private ClientsPage page(Clients.@Nullable Key key, String entered, Set<String> chosen, @Nullable Problem refused) {
        var all = list.all();
        var owners =
                people
                        .byId(all.stream()
                                .map(Clients.Client::owner)
                                .filter(Objects::nonNull)
                                .toList())
                        .values()
                        .stream()
                        .collect(Collectors.toMap(People.Person::id, People.Person::name));
        return new ClientsPage(
                all,
                tokens.all(),
                apps.all(),
                owners,
                roles.all(),
                key,
                entered,
                chosen,
                refused == null ? List.of() : errors(refused),
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }

    /// The form's fields have names of their own: two forms with a field “name” would share its message.
    private static List<FieldProblem> errors(Problem refused) {
        if (refused.errors().isEmpty()) {
            return List.of(new FieldProblem("client-name", refused.code(), refused.says()));
        }
        return refused.errors().stream()
                .map(error -> error.field().equals("name")
                        ? new FieldProblem("client-name", error.code(), error.says())
                        : error)
                .toList();
    }
}
