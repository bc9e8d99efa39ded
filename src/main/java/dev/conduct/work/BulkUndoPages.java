package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// The button under what was changed together: each is taken back that nobody has touched since, as one alone would be.
@Controller
class BulkUndoPages {

    private static final int NAMED = 5;

    private final Undoing undoing;

    BulkUndoPages(Undoing undoing) {
        this.undoing = undoing;
    }

    /// @param tokens `KEY@VERSION` of each, as it was left
    @PostMapping("/lines/{type}/bulk/undo")
    String undo(
            @PathVariable("type") String type,
            @RequestParam(name = "undo", required = false) @Nullable List<String> tokens,
            @RequestParam(name = "q", defaultValue = LineTabs.OPEN) String query,
            Actor actor,
            RedirectAttributes redirect) {
        var asked =
                tokens == null ? List.<String>of() : tokens.stream().distinct().toList();
        if (asked.size() > Bulk.MOST) {
            throw Problem.badInput("undo", "too_many", "names more than " + Bulk.MOST + " records.");
        }
        var stay = new ArrayList<String>();
        for (var token : asked) {
            var at = token.lastIndexOf('@');
            if (at < 1 || !token.substring(at + 1).matches("\\d{1,18}")) {
                throw Problem.badInput("undo", "not_a_row", "must be KEY@VERSION.");
            }
            try {
                undoing.undo(token.substring(0, at), Long.parseLong(token.substring(at + 1)), actor);
            } catch (Problem refused) {
                stay.add(token.substring(0, at) + ": " + refused.says());
            }
        }
        tell(asked.size() - stay.size(), stay, redirect);
        return "redirect:/lines/" + type + "?q=" + LinePage.encoded(query);
    }

    private static void tell(int back, List<String> stay, RedirectAttributes redirect) {
        if (back > 0) {
            Flash.done(
                    redirect,
                    String.format(
                            Locale.ROOT, "%d %s as before. The records keep both.", back, back == 1 ? "is" : "are"));
        }
        if (!stay.isEmpty()) {
            Flash.caution(
                    redirect,
                    (stay.size() == 1 ? "1 stays: " : stay.size() + " stay: ")
                            + String.join(" ", stay.subList(0, Math.min(NAMED, stay.size())))
                            + (stay.size() > NAMED ? " The others likewise." : ""));
        }
    }
}
