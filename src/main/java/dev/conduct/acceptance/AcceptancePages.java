package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.shell.ProductChoice;
import dev.conduct.shell.View;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Acceptance as those inside hold it.
@Controller
@RequestMapping("/acceptance")
class AcceptancePages implements NavigationEntry {

    private static final int SESSIONS = 30;
    private static final int SAID = 100;

    private final Acceptances acceptances;
    private final Feedbacks feedbacks;
    private final SessionLists lists;
    private final People people;
    private final Items items;
    private final ProductChoice choice;
    private final Offered offered = new Offered();

    AcceptancePages(
            Acceptances acceptances,
            Feedbacks feedbacks,
            SessionLists lists,
            People people,
            Items items,
            ProductChoice choice) {
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
        this.lists = lists;
        this.people = people;
        this.items = items;
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

    /// @param names of everybody who stands on the page, by id
    /// @param seen keys of records that the reader may see
    record SessionView(
            Products.Product product,
            Session session,
            List<SessionLists.Invitation> invitations,
            List<SessionLists.Feedback> feedback,
            @Nullable String next,
            Map<String, String> names,
            Set<String> seen,
            List<String> severities,
            boolean asked,
            boolean mayHold)
            implements View {

        String name(String id) {
            return names.getOrDefault(id, "somebody");
        }

        @Override
        public String template() {
            return "acceptance/session.jte";
        }

        @Override
        public String title() {
            return session.title();
        }

        @Override
        public List<Crumb> crumbs() {
            return List.of(
                    new Crumb("Acceptance", "/acceptance", false),
                    new Crumb(product.name(), "/acceptance/" + product.key(), false));
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

    @GetMapping("/{product}/{session}")
    SessionView show(
            @PathVariable("product") String key,
            @PathVariable("session") UUID id,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            Actor actor) {
        var product = lists.product(key, actor);
        var session = lists.visible(id, actor);
        if (!session.product().equals(key)) {
            throw Problem.notFound("This acceptance");
        }
        var invitations = lists.invitations(id);
        var page = lists.feedback(id, null, after, SAID + 1);
        var shown = page.subList(0, Math.min(SAID, page.size()));
        var ids = Stream.concat(
                        invitations.stream().map(SessionLists.Invitation::person),
                        shown.stream().map(SessionLists.Feedback::person))
                .distinct()
                .toList();
        return new SessionView(
                product,
                session,
                invitations,
                shown,
                page.size() <= SAID
                        ? null
                        : session.path() + "?after=" + shown.getLast().id(),
                people.names(ids),
                items
                        .visible(
                                shown.stream()
                                        .map(SessionLists.Feedback::item)
                                        .filter(it -> !it.isEmpty())
                                        .toList(),
                                actor)
                        .stream()
                        .map(dev.conduct.work.Item::key)
                        .collect(Collectors.toSet()),
                feedbacks.severities(),
                lists.asked(id, actor).isPresent(),
                lists.mayHold(key, actor));
    }

    @PostMapping("/{product}/{session}/invitations")
    String invite(
            @PathVariable("product") String key,
            @PathVariable("session") UUID id,
            @RequestParam(name = "person", defaultValue = "") String person,
            Actor actor,
            RedirectAttributes redirect) {
        return done(
                key,
                id,
                redirect,
                () -> acceptances.invite(id, person, actor),
                "Invited. It is under Try new versions, where customers sign in.");
    }

    @PostMapping("/{product}/{session}/feedback/{feedback}")
    String decide(
            @PathVariable("product") String key,
            @PathVariable("session") UUID id,
            @PathVariable("feedback") UUID feedback,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        return done(
                key,
                id,
                redirect,
                () -> feedbacks.decide(
                        id,
                        feedback,
                        form.getOrDefault("decision", ""),
                        form.getOrDefault("severity", ""),
                        form.getOrDefault("reason", ""),
                        actor),
                "Decided.");
    }

    @PostMapping("/{product}/{session}/end")
    String end(
            @PathVariable("product") String key,
            @PathVariable("session") UUID id,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, id, redirect, () -> acceptances.close(id, actor), "Closed.");
    }

    private static String done(
            String key, UUID id, RedirectAttributes redirect, java.util.function.Supplier<Object> act, String says) {
        try {
            var _ = act.get();
            Flash.done(redirect, says);
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/acceptance/" + key + "/" + id;
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
