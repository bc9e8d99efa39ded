package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.work.Products;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
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

/// Connects repositories, shows their secrets once, and says who is who at the hosts.
@Controller
@RequestMapping("/admin/repositories")
class RepositoriesPages {

    private static final String BACK = "redirect:/admin/repositories";

    private final Repositories repositories;
    private final Identities identities;
    private final Products products;
    private final People people;
    private final String url;

    RepositoriesPages(
            Repositories repositories,
            Identities identities,
            Products products,
            People people,
            @Value("${conduct.url:}") String url) {
        this.repositories = repositories;
        this.identities = identities;
        this.products = products;
        this.people = people;
        this.url = url;
    }

    @GetMapping
    RepositoriesPage show(HttpServletRequest request) {
        return page(null, Repositories.Wanted.EMPTY, null, request);
    }

    @PostMapping
    RepositoriesPage add(
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String host,
            @RequestParam(name = "url", defaultValue = "") String address,
            @RequestParam(name = "main_branch", defaultValue = "") String mainBranch,
            Actor actor,
            HttpServletRequest request) {
        var wanted = new Repositories.Wanted(product, name, host, address, mainBranch);
        try {
            return page(repositories.add(wanted, actor), Repositories.Wanted.EMPTY, null, request);
        } catch (Problem refused) {
            return page(null, wanted, refused, request);
        }
    }

    @PostMapping("/{id}/secret")
    RepositoriesPage renew(@PathVariable UUID id, Actor actor, HttpServletRequest request) {
        return page(repositories.renew(id, actor), Repositories.Wanted.EMPTY, null, request);
    }

    @PostMapping("/{id}/connection")
    String connect(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean active,
            Actor actor,
            RedirectAttributes redirect) {
        repositories.activate(id, active, actor);
        Flash.done(
                redirect,
                active
                        ? "Its deliveries are taken in again."
                        : "Its deliveries are refused from now on. What it brought stays.");
        return BACK;
    }

    @PostMapping("/accounts")
    Object say(
            @RequestParam(name = "account_host", defaultValue = "") String host,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String person,
            Actor actor,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        try {
            identities.say(host, login, person, actor);
            Flash.done(redirect, "From now on what this account does is done by that person.");
            return BACK;
        } catch (Problem refused) {
            return page(null, Repositories.Wanted.EMPTY, refused, request);
        }
    }

    @PostMapping("/accounts/removal")
    String unsay(
            @RequestParam(defaultValue = "") String host,
            @RequestParam(defaultValue = "") String login,
            Actor actor,
            RedirectAttributes redirect) {
        identities.unsay(host, login, actor);
        Flash.done(redirect, "That account is nobody's here any more.");
        return BACK;
    }

    private RepositoriesPage page(
            Repositories.@Nullable Key key,
            Repositories.Wanted entered,
            @Nullable Problem refused,
            HttpServletRequest request) {
        var accounts = identities.all();
        var names = people
                .byId(accounts.stream().map(Identities.Account::person).toList())
                .values()
                .stream()
                .collect(Collectors.toMap(People.Person::id, People.Person::name));
        return new RepositoriesPage(
                repositories.all(),
                accounts,
                names,
                products.all().stream().filter(one -> !one.archived()).toList(),
                key,
                entered,
                url.isBlank() ? "http://localhost:" + request.getLocalPort() : url,
                errors(refused),
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }

    private static List<FieldProblem> errors(@Nullable Problem refused) {
        if (refused == null) {
            return List.of();
        }
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem("name", refused.code(), refused.says()))
                : refused.errors();
    }
}
