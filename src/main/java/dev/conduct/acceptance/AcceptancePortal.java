package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.identity.SetUp;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.StationTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Acceptance as those who were invited see it, in their words. It works without script.
@Controller
@RequestMapping("/portal/acceptance")
class AcceptancePortal {

    private static final int MOST = 30;

    private final Acceptances acceptances;
    private final Feedbacks feedbacks;
    private final SessionLists lists;
    private final SetUp setUp;
    private final StationTime stationTime;
    private final Html html;

    AcceptancePortal(
            Acceptances acceptances,
            Feedbacks feedbacks,
            SessionLists lists,
            SetUp setUp,
            StationTime stationTime,
            Html html) {
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
        this.lists = lists;
        this.setUp = setUp;
        this.stationTime = stationTime;
        this.html = html;
    }

    @GetMapping
    ResponseEntity<String> list(@RequestParam(name = "before", required = false) @Nullable UUID before, Actor actor) {
        var page = lists.asked(actor.id(), before, MOST + 1);
        var shown = page.subList(0, Math.min(MOST, page.size()));
        return page(
                HttpStatus.OK,
                "acceptance/asked.jte",
                actor,
                Map.of(
                        "sessions",
                        shown,
                        "next",
                        page.size() <= MOST
                                ? ""
                                : "/portal/acceptance?before=" + shown.getLast().id()));
    }

    @GetMapping("/{session}")
    ResponseEntity<String> show(@PathVariable("session") UUID id, Actor actor) {
        return show(id, actor, "", null);
    }

    private ResponseEntity<String> show(UUID id, Actor actor, String text, @Nullable Problem refused) {
        var session = lists.visible(id, actor);
        var asked = lists.asked(id, actor).orElseThrow(() -> Problem.notFound("This acceptance"));
        return page(
                status(refused),
                "acceptance/try.jte",
                actor,
                Map.of(
                        "session",
                        session,
                        "asked",
                        asked,
                        "said",
                        lists.feedback(id, actor.id(), null, 200).reversed(),
                        "text",
                        text,
                        "faults",
                        faults(refused)));
    }

    @PostMapping("/{session}/feedback")
    Object say(
            @PathVariable("session") UUID id,
            @RequestParam(name = "text", defaultValue = "") String text,
            Actor actor) {
        try {
            var _ = feedbacks.say(id, text.replace("\r\n", "\n"), actor);
            return "redirect:/portal/acceptance/" + id;
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return show(id, actor, text, refused);
        }
    }

    @GetMapping("/{session}/verdict")
    ResponseEntity<String> form(@PathVariable("session") UUID id, Actor actor) {
        return form(id, actor, List.of(), "", null);
    }

    private ResponseEntity<String> form(
            UUID id, Actor actor, List<Integer> met, String note, @Nullable Problem refused) {
        var session = lists.visible(id, actor);
        var _ = lists.asked(id, actor).orElseThrow(() -> Problem.notFound("This acceptance"));
        return page(
                status(refused),
                "acceptance/verdict.jte",
                actor,
                Map.of("session", session, "met", met, "note", note, "faults", faults(refused)));
    }

    @PostMapping("/{session}/verdict")
    Object sign(
            @PathVariable("session") UUID id,
            @RequestParam(name = "met", required = false) @Nullable List<Integer> met,
            @RequestParam(name = "verdict", defaultValue = "") String verdict,
            @RequestParam(name = "note", defaultValue = "") String note,
            Actor actor) {
        var all = met == null ? List.<Integer>of() : met;
        try {
            var _ = acceptances.sign(id, verdict, all, note.replace("\r\n", "\n"), actor);
            return "redirect:/portal/acceptance/" + id;
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return form(id, actor, all, note, refused);
        }
    }

    private static HttpStatus status(@Nullable Problem refused) {
        return refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status());
    }

    private static List<FieldProblem> faults(@Nullable Problem refused) {
        if (refused == null) {
            return List.of();
        }
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem("text", refused.code(), refused.says()))
                : refused.errors();
    }

    private ResponseEntity<String> page(HttpStatus status, String template, Actor actor, Map<String, ?> parameters) {
        var all = new HashMap<String, Object>(parameters);
        all.put("actor", actor);
        all.put("company", setUp.company());
        all.put("words", stationTime.words(actor));
        return html.page(status, template, all);
    }
}
