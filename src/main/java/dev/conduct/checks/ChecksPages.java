package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.Flash;
import dev.conduct.shell.ProductChoice;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Lists the checks of a product, and keeps the secrets they send.
@Controller
class ChecksPages {

    private final CheckRows rows;
    private final CheckSecrets secrets;
    private final SeenProducts seen;
    private final ProductChoice choice;
    private final People people;

    ChecksPages(CheckRows rows, CheckSecrets secrets, SeenProducts seen, ProductChoice choice, People people) {
        this.rows = rows;
        this.secrets = secrets;
        this.seen = seen;
        this.choice = choice;
        this.people = people;
    }

    @GetMapping("/checks")
    String home(Actor actor) {
        var products = seen.all(actor);
        var chosen = choice.of(actor).product();
        var keys = products.stream().map(Products.Product::key).toList();
        var key = keys.stream()
                .filter(product -> chosen != null && product.equals(chosen.key()))
                .findFirst()
                .or(() -> keys.stream().filter(rows.having(keys)::contains).findFirst())
                .or(() -> keys.stream().findFirst())
                .orElseThrow(() -> Problem.notFound("A product whose reports you read"));
        return "redirect:/checks/" + key;
    }

    @GetMapping("/checks/{product}")
    ChecksPage list(@PathVariable("product") String product, Actor actor) {
        return page(product, ChecksPage.Entered.NOTHING, null, actor);
    }

    @PostMapping("/checks/{product}/secrets")
    Object keep(
            @PathVariable("product") String product,
            @RequestParam(name = "secret_name", defaultValue = "") String name,
            @RequestParam(name = "host", defaultValue = "") String host,
            @RequestParam(name = "value", defaultValue = "") String value,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            secrets.write(product, name.strip(), host, value, actor);
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return page(product, new ChecksPage.Entered(name, host), refused, actor);
        }
        Flash.done(redirect, "The secret is kept. It is sent to " + host.strip() + " alone and shown to nobody.");
        return "redirect:/checks/" + product;
    }

    @PostMapping("/checks/{product}/secrets/{name}/removal")
    String remove(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            Actor actor,
            RedirectAttributes redirect) {
        secrets.remove(product, name, actor);
        Flash.done(redirect, "The secret is gone. Checks that name it fail from now on.");
        return "redirect:/checks/" + product;
    }

    private ChecksPage page(String key, ChecksPage.Entered entered, @Nullable Problem refused, Actor actor) {
        var product = seen.find(key, actor);
        var mayWrite = seen.mayJudge(key, actor);
        var kept = mayWrite ? secrets.of(key) : List.<CheckSecrets.Named>of();
        return new ChecksPage(
                product,
                seen.all(actor).stream().filter(one -> !one.key().equals(key)).toList(),
                rows.of(key),
                kept,
                people.names(kept.stream().map(CheckSecrets.Named::by).toList()),
                mayWrite,
                entered,
                refused == null ? List.of() : refused.errors(),
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }
}
