package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.Chart.Point;
import dev.conduct.quality.TestRows.Past;
import dev.conduct.shell.Flash;
import dev.conduct.work.CodeHistory;
import dev.conduct.work.Items;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One test over time; those that come out both ways, and those put aside.
@Controller
class TestPages {

    static final int PAST = 50;
    private static final int FLAKY = 50;

    private final CodeHistory history;
    private final SeenProducts seen;
    private final TestRows rows;
    private final FlakyRows flaky;
    private final Quarantines quarantines;
    private final TestLinks links;
    private final Items items;
    private final People people;
    private final InstantSource time;

    TestPages(
            SeenProducts seen,
            TestRows rows,
            FlakyRows flaky,
            Quarantines quarantines,
            TestLinks links,
            Items items,
            People people,
            InstantSource time,
            CodeHistory history) {
        this.history = history;
        this.seen = seen;
        this.rows = rows;
        this.flaky = flaky;
        this.quarantines = quarantines;
        this.links = links;
        this.items = items;
        this.people = people;
        this.time = time;
    }

    @GetMapping("/quality/{product}/tests/{test}")
    TestView test(
            @PathVariable("product") String key,
            @PathVariable("test") UUID test,
            @RequestParam(name = "before", required = false) @Nullable UUID before,
            Actor actor) {
        var product = seen.find(key, actor);
        var page = rows.history(key, test, before, PAST + 1);
        if (page.isEmpty()) {
            throw Problem.notFound("This test");
        }
        var shown = page.subList(0, Math.min(PAST, page.size()));
        var turn = Turn.of(shown);
        var aside = quarantines.inForce(key).stream()
                .filter(one -> one.test().equals(test))
                .findFirst()
                .orElse(null);
        var by = aside == null ? null : people.byId(List.of(aside.by())).get(aside.by());
        return new TestView(
                product,
                test,
                shown,
                turn.good(),
                turn.bad(),
                Failures.between(history, key, turn),
                Turn.wavered(shown),
                aside,
                by == null ? "Somebody unknown" : by.name(),
                quarantines.longest(),
                items.visible(
                        links.ofTests(key, List.of(test)).stream()
                                .map(TestLinks.Linked::item)
                                .distinct()
                                .toList(),
                        actor),
                seen.mayJudge(key, actor),
                took(key, shown),
                page.size() <= PAST
                        ? null
                        : "/quality/" + key + "/tests/" + test + "?before="
                                + shown.getLast().result().report(),
                null);
    }

    private static @Nullable Chart took(String product, List<Past> past) {
        var points = past.reversed().stream()
                .filter(one -> one.result().micros() != null)
                .map(one -> new Point(
                        one.shortCommit(),
                        "/quality/" + product + "/runs/" + one.run(),
                        Objects.requireNonNull(one.result().micros()),
                        Figures.took(one.result().micros())))
                .toList();
        return points.size() < 2 ? null : Chart.took("Time that the test took", points);
    }

    @GetMapping("/quality/{product}/flaky")
    FlakyView flaky(@PathVariable("product") String key, Actor actor) {
        var product = seen.find(key, actor);
        var aside = quarantines.inForce(key);
        var names = people.byId(
                aside.stream().map(Quarantines.Quarantine::by).distinct().toList());
        return new FlakyView(
                product,
                flaky.since(key, time.instant().minus(QualityPages.LATELY), FLAKY),
                aside,
                names.entrySet().stream()
                        .collect(Collectors.toMap(
                                java.util.Map.Entry::getKey, it -> it.getValue().name())));
    }

    @PostMapping("/quality/{product}/tests/{test}/quarantine")
    String quarantine(
            @PathVariable("product") String key,
            @PathVariable("test") UUID test,
            @RequestParam(name = "reason", defaultValue = "") String reason,
            @RequestParam(name = "days", defaultValue = "7") long days,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var begun = quarantines.begin(key, test, reason, days, actor);
            Flash.done(redirect, begun.name() + " is put aside for " + days + " days. Then its failures count again.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/quality/" + key + "/tests/" + test;
    }

    @PostMapping("/quality/{product}/tests/{test}/release")
    String release(
            @PathVariable("product") String key,
            @PathVariable("test") UUID test,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            quarantines.lift(key, test, actor);
            Flash.done(redirect, "Its failures count again.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/quality/" + key + "/tests/" + test;
    }

    @PostMapping("/quality/{product}/tests/{test}/links/removal")
    String unlink(
            @PathVariable("product") String key,
            @PathVariable("test") UUID test,
            @RequestParam(name = "item", defaultValue = "") String item,
            Actor actor,
            RedirectAttributes redirect) {
        links.unlink(key, test, item, actor);
        Flash.done(redirect, item + " hears of this test no longer.");
        return "redirect:/quality/" + key + "/tests/" + test;
    }

    @PostMapping("/quality/{product}/tests/{test}/links")
    String link(
            @PathVariable("product") String key,
            @PathVariable("test") UUID test,
            @RequestParam(name = "item", defaultValue = "") String item,
            Actor actor,
            RedirectAttributes redirect) {
        var wanted = item.strip().toUpperCase(Locale.ROOT);
        try {
            links.link(key, test, wanted, actor);
            Flash.done(redirect, wanted + " is told when this test turns.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/quality/" + key + "/tests/" + test;
    }
}
