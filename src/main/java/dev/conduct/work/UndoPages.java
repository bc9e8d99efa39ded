package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The button beside the words that something was done.
@Controller
class UndoPages {

    private final Undoing undoing;

    UndoPages(Undoing undoing) {
        this.undoing = undoing;
    }

    @PostMapping("/items/{key}/undo")
    String undo(
            @PathVariable("key") String key,
            @RequestParam(name = "act", defaultValue = "") String act,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var form = undoing.undo(key, act, actor);
            if (form != null) {
                return "redirect:/items/" + key + "?move=" + form + "#form";
            }
            Flash.done(redirect, "Undone. The record keeps both.");
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/items/" + key;
    }
}
