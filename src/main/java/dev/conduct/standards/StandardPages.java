package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

/// One standard: what it says, who knows it, its versions and trainings.
@Controller
@RequestMapping("/standards/{id}")
class StandardPages {

    private static final int PEOPLE = 50;
    private static final int TRAININGS = 20;
    private static final int VERSIONS = 20;

    private final Standards standards;
    private final StandardLists lists;
    private final StandardRows rows;
    private final Overview overview;
    private final Asked asked;
    private final People people;

    StandardPages(
            Standards standards,
            StandardLists lists,
            StandardRows rows,
            Overview overview,
            Asked asked,
            People people) {
        this.standards = standards;
        this.lists = lists;
        this.rows = rows;
        this.overview = overview;
        this.asked = asked;
        this.people = people;
    }

    @GetMapping
    StandardView show(
            @PathVariable("id") UUID id,
            @RequestParam(name = "after", required = false) @Nullable String after,
            @RequestParam(name = "before", required = false) @Nullable UUID before,
            Actor actor) {
        return show(lists.visible(id, actor), after, before, null, new TrainingForm(Map.of(), List.of()), actor);
    }

    private StandardView show(
            Standard standard,
            @Nullable String after,
            @Nullable UUID before,
            @Nullable StandardForm refused,
            TrainingForm training,
            Actor actor) {
        var keeps = lists.keeps(standard.product(), actor);
        var oversees = lists.oversees(standard.product(), actor);
        var waiting = standard.waits() && (keeps || standard.latest() == 0)
                ? rows.version(standard.id(), standard.proposed()).orElse(null)
                : null;
        var newest = waiting == null ? standard.version() : waiting;
        var form = refused != null
                ? refused
                : StandardForm.of(
                        new Standards.Wanted(
                                newest.title(), newest.body(), newest.roles(), newest.days(), newest.trainingDays()),
                        asked.inside());
        var page = oversees ? rows.trainings(standard.id(), before, TRAININGS + 1) : List.<StandardRows.Training>of();
        var trainings = page.subList(0, Math.min(TRAININGS, page.size()));
        var versions = rows.versions(standard.id(), VERSIONS);
        var names = names(versions, trainings);
        return new StandardView(
                standard,
                waiting,
                rows.knowledge(List.of(standard.id()), List.of(actor.id())).values().stream()
                        .findFirst()
                        .orElse(Knowledge.NONE),
                oversees ? overview.of(standard, after, PEOPLE) : new Overview.Slice<>(List.of(), null),
                trainings,
                page.size() <= TRAININGS
                        ? null
                        : standard.path() + "?before=" + trainings.getLast().id(),
                versions,
                names,
                actor.id(),
                keeps,
                oversees,
                form,
                training);
    }

    private Map<String, String> names(List<Standard.Version> versions, List<StandardRows.Training> trainings) {
        var ids = Stream.concat(
                        versions.stream()
                                .flatMap(version -> Stream.of(version.proposedBy(), version.approvedBy()))
                                .filter(java.util.Objects::nonNull),
                        trainings.stream()
                                .flatMap(training -> Stream.of(training.person(), training.taughtBy()))
                                .filter(java.util.Objects::nonNull))
                .distinct()
                .toList();
        return people.names(ids);
    }

    @PostMapping("/versions")
    Object propose(
            @PathVariable("id") UUID id,
            @RequestParam Map<String, String> typed,
            @RequestParam(name = "roles", required = false) @Nullable List<String> roles,
            Actor actor) {
        var form = StandardForm.entered(typed, roles, asked.inside(), List.of());
        try {
            return "redirect:" + standards.propose(id, form.wanted(), actor).path();
        } catch (Problem wrong) {
            if (wrong.errors().isEmpty()) {
                throw wrong;
            }
            return show(
                    lists.visible(id, actor),
                    null,
                    null,
                    form.refused(wrong.errors()),
                    new TrainingForm(Map.of(), List.of()),
                    actor);
        }
    }

    @PostMapping("/approval")
    String approve(
            @PathVariable("id") UUID id,
            @RequestParam(name = "digest", defaultValue = "") String digest,
            Actor actor,
            RedirectAttributes redirect) {
        return done(
                id,
                redirect,
                () -> standards.approve(id, digest, actor),
                "It is in force. Who has to know it is told on My work.");
    }

    @PostMapping("/acknowledgement")
    String acknowledge(
            @PathVariable("id") UUID id,
            @RequestParam(name = "version", defaultValue = "0") int version,
            Actor actor,
            RedirectAttributes redirect) {
        return done(
                id,
                redirect,
                () -> standards.acknowledge(id, version, actor),
                "That you have read version " + version + " is recorded.");
    }

    @PostMapping("/trainings")
    Object train(
            @PathVariable("id") UUID id,
            @RequestParam Map<String, String> typed,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            standards.train(
                    id,
                    new Standards.NewTraining(
                            typed.getOrDefault("person", ""),
                            typed.getOrDefault("held_on", ""),
                            typed.getOrDefault("valid_until", ""),
                            typed.getOrDefault("trainer", "")),
                    actor);
            Flash.done(redirect, "The training is recorded.");
            return "redirect:/standards/" + id;
        } catch (Problem wrong) {
            if (wrong.errors().isEmpty()) {
                throw wrong;
            }
            return show(lists.visible(id, actor), null, null, null, new TrainingForm(typed, wrong.errors()), actor);
        }
    }

    @PostMapping("/retirement")
    String retire(@PathVariable("id") UUID id, Actor actor, RedirectAttributes redirect) {
        return done(id, redirect, () -> standards.retire(id, actor), "Retired. Nobody owes it any more.");
    }

    private static String done(UUID id, RedirectAttributes redirect, Runnable act, String says) {
        try {
            act.run();
            Flash.done(redirect, says);
        } catch (Problem refused) {
            if (refused.status() == HttpStatus.NOT_FOUND.value()) {
                throw refused;
            }
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/standards/" + id;
    }
}
