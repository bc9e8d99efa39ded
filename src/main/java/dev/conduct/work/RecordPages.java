package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// A record's page and what can be done on it: every act goes through `Items`, then back to the page. What is refused
/// shows the page again with the reasons, and every answer still in its form.
@Controller
@RequestMapping("/items/{key}")
class RecordPages {

    private static final List<String> OWN = List.of("transition", "assignee", "comment", "version", "_csrf");

    private final Items items;
    private final RecordDesk desk;
    private final Attachments attachments;
    private final Remarks remarks;
    private final Undoing undoing;

    RecordPages(Items items, RecordDesk desk, Attachments attachments, Remarks remarks, Undoing undoing) {
        this.items = items;
        this.desk = desk;
        this.attachments = attachments;
        this.remarks = remarks;
        this.undoing = undoing;
    }

    @GetMapping
    RecordPage record(@PathVariable("key") String key, @RequestParam Map<String, String> query, Actor actor) {
        return desk.page(key, query, actor);
    }

    @PostMapping("/moves")
    Object move(
            @PathVariable("key") String key,
            @RequestParam("transition") String transition,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        var fields = fields(key, entered, actor);
        return done(key, Map.of("move", transition), entered, actor, () -> {
            var moved = items.move(
                    new Items.Move(
                            key,
                            transition,
                            fields,
                            given(entered, "assignee"),
                            given(entered, "comment"),
                            version(entered),
                            null),
                    actor);
            Flash.done(redirect, key + " is now at " + station(moved) + ".", undoing.offered(moved, actor));
        });
    }

    @PostMapping("/fields")
    Object edit(
            @PathVariable("key") String key,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        var fields = fields(key, entered, actor);
        var only = entered.getOrDefault(RecordForms.ONLY, "");
        var form = entered.containsKey(RecordForms.ONLY) || entered.containsKey("title")
                ? Map.of("edit", only)
                : fields.isEmpty()
                        ? Map.of("assign", "")
                        : Map.of("edit", fields.keySet().iterator().next());
        return done(key, form, entered, actor, () -> {
            var edited = items.edit(
                    new Items.Edit(
                            key,
                            entered.get("title"),
                            entered.get("description"),
                            fields,
                            given(entered, "assignee"),
                            version(entered),
                            null),
                    actor);
            Flash.done(redirect, "Saved.", undoing.offered(edited, actor));
        });
    }

    @PostMapping("/evidence")
    Object attest(
            @PathVariable("key") String key,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, Map.of("evidence", entered.getOrDefault("kind", "")), entered, actor, () -> {
            items.attest(
                    new Items.Attestation(
                            key,
                            entered.getOrDefault("kind", ""),
                            entered.getOrDefault("verdict", ""),
                            given(entered, "commit"),
                            given(entered, "build"),
                            given(entered, "url"),
                            given(entered, "note"),
                            null),
                    actor);
            Flash.done(redirect, "Recorded by your name.");
        });
    }

    @PostMapping("/links")
    Object link(
            @PathVariable("key") String key,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, Map.of("link", ""), entered, actor, () -> {
            items.link(
                    key,
                    entered.getOrDefault("kind", ""),
                    entered.getOrDefault("other", "").strip(),
                    null,
                    actor);
            Flash.done(redirect, "Linked.");
        });
    }

    @PostMapping("/attachments")
    Object attach(
            @PathVariable("key") String key,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, Map.of("attach", ""), Map.of(), actor, () -> {
            var chosen = Attachments.chosen(files);
            if (chosen.isEmpty()) {
                throw Problem.badInput("file", "missing", "are missing. Choose at least one.");
            }
            var item = items.findVisible(key, actor);
            var _ = attachments.with(chosen, () -> item, actor);
            Flash.done(redirect, chosen.size() == 1 ? "Attached." : "All " + chosen.size() + " attached.");
        });
    }

    @GetMapping("/attachments/{id}")
    ResponseEntity<Resource> attachment(@PathVariable("key") String key, @PathVariable("id") String id, Actor actor) {
        var attachment = attachments.find(key, id, actor);
        return AttachmentController.download(attachment, attachments.content(attachment));
    }

    @PostMapping("/readers")
    Object readers(
            @PathVariable("key") String key,
            @RequestParam(name = "reader", defaultValue = "") List<String> readers,
            @RequestParam(name = "open", defaultValue = "false") boolean open,
            @RequestParam Map<String, String> entered,
            Actor actor,
            RedirectAttributes redirect) {
        return done(key, Map.of(), Map.of(), actor, () -> {
            var named = readers.stream().filter(reader -> !reader.isBlank()).toList();
            items.restrict(new Items.Restriction(key, open ? null : named, version(entered)), actor);
            Flash.done(
                    redirect,
                    open ? "Everybody who sees its product sees it." : "Only those named see it from now on.");
        });
    }

    @PostMapping("/watchers")
    String watch(
            @PathVariable("key") String key,
            @RequestParam(name = "watching", defaultValue = "true") boolean watching,
            Actor actor,
            RedirectAttributes redirect) {
        var _ = remarks.watch(key, watching, actor);
        Flash.done(redirect, watching ? "You watch " + key + "." : "You no longer watch " + key + ".");
        return "redirect:/items/" + key;
    }

    private Object done(String key, Map<String, String> form, Map<String, String> entered, Actor actor, Runnable act) {
        try {
            act.run();
            return items.sees(key, actor) ? "redirect:/items/" + key : "redirect:/me";
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return desk.refused(key, form, entered, refused, actor);
        }
    }

    private String station(Item item) {
        var now = items.standing(item);
        return Stations.title(now.type(), now.item().state());
    }

    /// What was entered for fields of the type. An empty answer is sent only to clear what was there.
    private Map<String, Object> fields(String key, Map<String, String> entered, Actor actor) {
        var standing = items.standing(key, actor);
        var item = standing.item();
        var type = standing.type();
        var fields = new HashMap<String, Object>();
        for (var field : type.fields().values()) {
            var value = OWN.contains(field.name()) ? null : entered.get(field.name());
            if (value != null && !(value.isBlank() && !item.fields().containsKey(field.name()))) {
                fields.put(field.name(), RecordForms.value(field, value));
            }
        }
        return fields;
    }

    private static @Nullable String given(Map<String, String> entered, String name) {
        var value = entered.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static @Nullable Long version(Map<String, String> entered) {
        var version = entered.getOrDefault("version", "");
        return version.matches("\\d{1,18}") ? Long.valueOf(version) : null;
    }
}
