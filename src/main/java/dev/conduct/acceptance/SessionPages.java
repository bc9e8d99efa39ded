package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One acceptance, as those inside hold it: who is invited, what is said and decided, its end.
@Controller
@RequestMapping("/acceptance/{product}/{session}")
class SessionPages {

    private static final int SAID = 100;

    private final Acceptances acceptances;
    private final Feedbacks feedbacks;
    private final SessionLists lists;
    private final People people;
    private final Items items;

    SessionPages(Acceptances acceptances, Feedbacks feedbacks, SessionLists lists, People people, Items items) {
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
        this.lists = lists;
        this.people = people;
        this.items = items;
    }

    @GetMapping
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
                        .map(Item::key)
                        .collect(Collectors.toSet()),
                feedbacks.severities(),
                lists.asked(id, actor).isPresent(),
                lists.mayHold(key, actor));
    }

    @PostMapping("/invitations")
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

    @PostMapping("/feedback/{feedback}")
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

    @PostMapping("/end")
    String end(
            @PathVariable("product") String key,
            @PathVariable("session") UUID id,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, id, redirect, () -> acceptances.close(id, actor), "Closed.");
    }

    private static String done(String key, UUID id, RedirectAttributes redirect, Supplier<Object> act, String says) {
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
}
