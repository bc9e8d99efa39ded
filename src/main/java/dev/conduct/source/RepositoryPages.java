package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Shows what one repository brought, and works a delivery off once more.
@Controller
@RequestMapping("/admin/repositories/{id}")
class RepositoryPages {

    private final Repositories repositories;
    private final HookDeliveries deliveries;
    private final DeliveryWork work;
    private final MirrorRows mirrors;
    private final InstantSource time;
    private final String url;

    RepositoryPages(
            Repositories repositories,
            HookDeliveries deliveries,
            DeliveryWork work,
            MirrorRows mirrors,
            InstantSource time,
            @Value("${conduct.url:}") String url) {
        this.repositories = repositories;
        this.deliveries = deliveries;
        this.work = work;
        this.mirrors = mirrors;
        this.time = time;
        this.url = url;
    }

    @GetMapping
    RepositoryPage show(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String cursor, HttpServletRequest request) {
        var repository = repositories.known(id);
        var base = url.isBlank() ? "http://localhost:" + request.getLocalPort() : url;
        return new RepositoryPage(
                repository, deliveries.page(id, cursor), mirrors.find(id).orElse(null), base);
    }

    @PostMapping("/token")
    Object give(
            @PathVariable UUID id,
            @RequestParam(name = "user", defaultValue = "") String user,
            @RequestParam(name = "token", defaultValue = "") String token,
            Actor actor,
            RedirectAttributes redirect) {
        repositories.give(id, user.strip(), token, actor);
        mirrors.request(id, time.instant());
        Flash.done(
                redirect,
                token.isBlank()
                        ? "The token is forgotten. The mirror is fetched without one."
                        : "The token is kept and shown to nobody. The mirror is fetched with it.");
        return "redirect:/admin/repositories/" + id;
    }

    @PostMapping("/deliveries/{delivery}/attempts")
    String again(@PathVariable UUID id, @PathVariable UUID delivery, Actor actor, RedirectAttributes redirect) {
        deliveries.again(repositories.known(id), delivery, actor);
        work.wake();
        Flash.done(redirect, "That delivery is worked off once more. This list says what becomes of it.");
        return "redirect:/admin/repositories/" + id;
    }
}
