package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Markdown;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;

/// What helps who writes: how a text will look, an image put into it, a glance at a record it names.
@Controller
class WritingPages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Items items;
    private final Attachments attachments;
    private final ShownImages shown;
    private final Glances glances;

    WritingPages(Items items, Attachments attachments, ShownImages shown, Glances glances) {
        this.items = items;
        this.attachments = attachments;
        this.shown = shown;
        this.glances = glances;
    }

    /// By the renderer that will show it.
    @PostMapping("/preview")
    ResponseEntity<String> preview(@RequestParam(name = "text", defaultValue = "") String text, Actor actor) {
        PlainText.checked("text", text, FieldChecks.TEXT);
        var named = items.visible(Mentioned.in(List.of(text)), actor).stream()
                .collect(Collectors.toMap(Item::key, Function.identity()));
        return ResponseEntity.ok().contentType(HTML).body(Markdown.html(text, new Mentioned(named)));
    }

    @GetMapping("/items/{key}/glance")
    GlancePage glance(@PathVariable("key") String key, Actor actor) {
        return glances.of(key, actor);
    }

    /// What was pasted or dropped into a text: attached, and the Markdown that stands for it.
    @PostMapping(path = "/items/{key}/attachments", params = "pasted")
    ResponseEntity<Map<String, String>> paste(
            @PathVariable("key") String key,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam(name = "outside", defaultValue = "false") boolean outside,
            Actor actor) {
        var chosen = Attachments.chosen(files);
        if (chosen.size() != 1) {
            throw Problem.badInput("file", chosen.isEmpty() ? "missing" : "several", "must be exactly one.");
        }
        var attached = attachments.attach(key, chosen.getFirst(), outside, actor);
        var name = attached.name().replaceAll("[\\[\\]\\\\`*_<>!]", " ").strip();
        return ResponseEntity.ok(Map.of(
                "name",
                attached.name(),
                "markdown",
                (Pictures.shows(attached) ? "!" : "") + "[" + name + "](/items/" + attached.item() + "/attachments/"
                        + attached.id() + ")"));
    }

    @GetMapping("/items/{key}/attachments/{id}/image")
    @Nullable
    ResponseEntity<byte[]> image(
            @PathVariable("key") String key, @PathVariable("id") String id, WebRequest request, Actor actor) {
        return shown.of(key, id, request, actor);
    }
}
