package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Keeps, shares and removes somebody's saved views of a line, and says with which one they begin.
@Controller
class ViewPages {

    private final SavedViews views;

    ViewPages(SavedViews views) {
        this.views = views;
    }

    @PostMapping("/lines/{type}/views")
    String keep(
            @PathVariable("type") String type,
            @RequestParam(name = "title", defaultValue = "") String title,
            @RequestParam(name = "q", defaultValue = "") String query,
            @RequestParam(name = "shared", defaultValue = SavedViews.NOBODY) String shared,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            views.keep(new SavedViews.Wanted(type, title, query, shared), actor);
            Flash.done(
                    redirect,
                    "This view is kept as “" + title.strip() + "”"
                            + (shared.equals(SavedViews.NOBODY) ? "." : ", for others too."));
        } catch (Problem refused) {
            Flash.stop(
                    redirect,
                    refused.errors().isEmpty()
                            ? refused.says()
                            : "The name " + refused.errors().getFirst().says());
        }
        return list(type, query);
    }

    @PostMapping("/lines/{type}/views/{id}/removal")
    String remove(
            @PathVariable("type") String type,
            @PathVariable("id") UUID id,
            @RequestParam(name = "q", defaultValue = "") String query,
            Actor actor,
            RedirectAttributes redirect) {
        views.remove(type, id, actor);
        Flash.done(redirect, "The view is removed. What it showed is as it was.");
        return list(type, query);
    }

    /// @param first empty to begin as everybody does
    @PostMapping("/lines/{type}/views/first")
    String begin(
            @PathVariable("type") String type,
            @RequestParam(name = "view", required = false) @Nullable UUID first,
            @RequestParam(name = "q", defaultValue = "") String query,
            Actor actor,
            RedirectAttributes redirect) {
        if (first == null) {
            views.beginAsUsual(type, actor);
            Flash.done(redirect, "You begin with what is open, by clock.");
        } else {
            views.begin(type, first, actor);
            Flash.done(redirect, "You begin with this view.");
        }
        return list(type, query);
    }

    private static String list(String type, String query) {
        return "redirect:/lines/" + type + "?q=" + LinePage.encoded(query);
    }
}
