package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// What people say of a record on its page, say otherwise, and take back.
@Controller
@RequestMapping("/items/{key}/comments")
class CommentPages {

    private final Items items;
    private final RecordDesk desk;

    CommentPages(Items items, RecordDesk desk) {
        this.items = items;
        this.desk = desk;
    }

    @PostMapping
    String comment(
            @PathVariable("key") String key,
            @RequestParam(name = "text", defaultValue = "") String text,
            @RequestParam(name = "outside", defaultValue = "false") boolean outside,
            Actor actor) {
        items.comment(key, text, outside, null, actor);
        return "redirect:/items/" + key + "#stream";
    }

    @PostMapping("/{id}")
    Object reword(
            @PathVariable("key") String key,
            @PathVariable("id") String id,
            @RequestParam(name = "text", defaultValue = "") String text,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            items.reword(key, id, text, actor);
        } catch (Problem refused) {
            return refused(key, Map.of("reword", id), Map.of("text", text), refused, actor);
        }
        Flash.done(redirect, "Saved.");
        return "redirect:/items/" + key + "?said=" + id + "#c-" + id;
    }

    @PostMapping("/{id}/deletion")
    Object delete(
            @PathVariable("key") String key, @PathVariable("id") String id, Actor actor, RedirectAttributes redirect) {
        try {
            items.unsay(key, id, actor);
        } catch (Problem refused) {
            return refused(key, Map.of("unsay", id), Map.of(), refused, actor);
        }
        Flash.done(redirect, "Deleted. That you deleted it stays.");
        return "redirect:/items/" + key + "#stream";
    }

    private RecordPage refused(
            String key, Map<String, String> form, Map<String, String> entered, Problem refused, Actor actor) {
        if (refused.status() == 404) {
            throw refused;
        }
        return desk.refused(key, form, entered, refused, actor);
    }
}
