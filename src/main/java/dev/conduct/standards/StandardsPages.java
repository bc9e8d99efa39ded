package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.View;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// All standards, and the first version of another.
@Controller
class StandardsPages implements NavigationEntry {

    private static final int SHOWN = 50;

    private final Standards standards;
    private final StandardLists lists;
    private final OwedStandards owed;
    private final Asked asked;

    StandardsPages(Standards standards, StandardLists lists, OwedStandards owed, Asked asked) {
        this.standards = standards;
        this.lists = lists;
        this.owed = owed;
        this.asked = asked;
    }

    /// @param next address of the following page, null on the last
    /// @param owes paths of those of which the reader owes something, with when that is due first
    /// @param kept products for which the reader writes standards, empty text for the company
    record ListView(
            List<Standard> standards,
            @Nullable String next,
            Map<String, Instant> owes,
            List<String> kept,
            boolean oversees,
            StandardForm form,
            HttpStatus status)
            implements View {

        @Override
        public String template() {
            return "standards/list.jte";
        }

        @Override
        public String title() {
            return (form.errors().isEmpty() ? "" : "Error: ") + "Standards";
        }
    }

    @GetMapping("/standards")
    ListView list(@RequestParam(name = "before", required = false) @Nullable UUID before, Actor actor) {
        return list(before, StandardForm.of(Standards.Wanted.EMPTY, asked.inside()), HttpStatus.OK, actor);
    }

    private ListView list(@Nullable UUID before, StandardForm form, HttpStatus status, Actor actor) {
        var page = lists.page(actor, false, before, SHOWN + 1);
        var shown = page.subList(0, Math.min(SHOWN, page.size()));
        var owes = new HashMap<String, Instant>();
        owed.of(actor).forEach(one -> owes.putIfAbsent(one.href(), one.due()));
        var kept = lists.kept(actor);
        return new ListView(
                shown,
                page.size() <= SHOWN
                        ? null
                        : "/standards?before=" + shown.getLast().id(),
                owes,
                kept,
                !kept.isEmpty() || lists.oversees(null, actor),
                form,
                status);
    }

    @PostMapping("/standards")
    Object propose(
            @RequestParam Map<String, String> typed,
            @RequestParam(name = "roles", required = false) @Nullable List<String> roles,
            Actor actor) {
        var form = StandardForm.entered(typed, roles, asked.inside(), List.of());
        try {
            return "redirect:"
                    + standards.propose(form.product(), form.wanted(), actor).path();
        } catch (Problem refused) {
            if (refused.errors().isEmpty()) {
                throw refused;
            }
            return list(null, form.refused(refused.errors()), HttpStatus.valueOf(refused.status()), actor);
        }
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.outside() ? null : new Entry("Rule book", 15, "Standards", "/standards", "bookmark", null);
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return List.of(new Beneath("Who knows which standard", "/standards/people", "bookmark"));
    }
}
