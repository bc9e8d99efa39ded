package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.shell.ProductChoice;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The acceptances of a product, for those inside who hold them.
@Controller
@RequestMapping("/acceptance")
class AcceptancePages implements NavigationEntry {

    private static final int SESSIONS = 30;

    private final Acceptances acceptances;
    private final SessionLists lists;
    private final ProductChoice choice;
    private final Offered offered = new Offered();

    AcceptancePages(Acceptances acceptances, SessionLists lists, ProductChoice choice) {
        this.acceptances = acceptances;
        this.lists = lists;
        this.choice = choice;
    }

    record Home(List<Products.Product> products) implements View {

        @Override
        public String template() {
            return "acceptance/home.jte";
        }

        @Override
        public String title() {
            return "Acceptance";
        }
    }

    /// @param next address of the following page, null on the last
    /// @param entered what was typed and not accepted
    record ListView(
            Products.Product product,
            List<Session> sessions,
            @Nullable String next,
            boolean mayHold,
            Map<String, String> entered,
            List<FieldProblem> errors,
            HttpStatus status)
            implements View {

        String value(String field) {
            return entered.getOrDefault(field, "");
        }

        @Nullable
        String error(String field) {
            return FieldProblem.of(errors, field);
        }

        @Override
        public String template() {
            return "acceptance/list.jte";
        }

        @Override
        public String title() {
            return (errors.isEmpty() ? "" : "Error: ") + "Acceptance of " + product.name();
        }

        @Override
        public List<Crumb> crumbs() {
            return List.of(new Crumb("Acceptance", "/acceptance", false));
        }
    }

    @GetMapping
    Object home(Actor actor) {
        var products = lists.products(actor);
        var chosen = choice.of(actor).product();
        if (chosen != null && products.stream().anyMatch(it -> it.key().equals(chosen.key()))) {
            return "redirect:/acceptance/" + chosen.key();
        }
        return products.size() == 1
                ? "redirect:/acceptance/" + products.getFirst().key()
                : new Home(products);
    }

    @GetMapping("/{product}")
    ListView list(
            @PathVariable("product") String key,
            @RequestParam(name = "before", required = false) @Nullable UUID before,
            Actor actor) {
        return list(key, before, Map.of(), List.of(), HttpStatus.OK, actor);
    }

    private ListView list(
            String key,
            @Nullable UUID before,
            Map<String, String> entered,
            List<FieldProblem> errors,
            HttpStatus status,
            Actor actor) {
        var product = lists.product(key, actor);
        var page = lists.page(key, before, SESSIONS + 1);
        var shown = page.subList(0, Math.min(SESSIONS, page.size()));
        return new ListView(
                product,
                shown,
                page.size() <= SESSIONS
                        ? null
                        : "/acceptance/" + key + "?before=" + shown.getLast().id(),
                lists.mayHold(key, actor),
                entered,
                errors,
                status);
    }

    @PostMapping("/{product}")
    Object open(@PathVariable("product") String key, @RequestParam Map<String, String> form, Actor actor) {
        try {
            var session = acceptances.open(
                    key,
                    new Acceptances.NewSession(
                            form.getOrDefault("title", ""),
                            form.getOrDefault("commit", ""),
                            form.getOrDefault("build", ""),
                            form.getOrDefault("environment", ""),
                            form.getOrDefault("criteria", "").replace("\r\n", "\n")),
                    actor);
            return "redirect:" + session.path();
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return list(key, null, form, refused.errors(), HttpStatus.valueOf(refused.status()), actor);
        }
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.outside()
                        || !offered.to(actor, () -> !lists.products(actor).isEmpty())
                ? null
                : new Entry("Evidence", 14, "Acceptance", "/acceptance", "ticket-check", null);
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return lists.products(actor).stream()
                .filter(product -> products.contains(product.key()))
                .map(product ->
                        new Beneath("Acceptance of " + product.name(), "/acceptance/" + product.key(), "ticket-check"))
                .toList();
    }
}
