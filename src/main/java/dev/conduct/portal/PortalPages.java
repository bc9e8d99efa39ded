package dev.conduct.portal;

import dev.conduct.identity.Actor;
import dev.conduct.identity.SetUp;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.StationTime;
import dev.conduct.work.OutsideDesk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;

/// The pages of customers, in their words. They work without script.
@Controller
@RequestMapping("/portal")
class PortalPages {

    private final OutsideDesk desk;
    private final StationTime stationTime;
    private final SetUp setUp;
    private final Html html;

    PortalPages(OutsideDesk desk, StationTime stationTime, SetUp setUp, Html html) {
        this.desk = desk;
        this.stationTime = stationTime;
        this.setUp = setUp;
        this.html = html;
    }

    @GetMapping("/sign-in")
    ResponseEntity<String> signIn() {
        return html.page("portal/sign-in.jte", Map.of("company", setUp.company()));
    }

    @GetMapping
    ResponseEntity<String> requests(
            @RequestParam(name = "cursor", required = false) @Nullable String cursor, Actor actor) {
        return page(HttpStatus.OK, "portal/requests.jte", actor, Map.of("page", desk.requests(cursor, actor)));
    }

    @GetMapping("/requests/{key}")
    ResponseEntity<String> request(@PathVariable("key") String key, Actor actor) {
        return request(key, actor, "", null);
    }

    @PostMapping("/requests/{key}/messages")
    Object say(
            @PathVariable("key") String key,
            @RequestParam(name = "text", defaultValue = "") String text,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            Actor actor) {
        try {
            desk.say(key, text, files, actor);
            return "redirect:/portal/requests/" + key;
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return request(key, actor, text, refused);
        }
    }

    @GetMapping("/requests/{key}/files/{id}")
    ResponseEntity<Resource> file(@PathVariable("key") String key, @PathVariable("id") String id, Actor actor) {
        return desk.file(key, id, actor);
    }

    @GetMapping("/requests/{key}/files/{id}/image")
    @Nullable
    ResponseEntity<byte[]> image(
            @PathVariable("key") String key, @PathVariable("id") String id, WebRequest request, Actor actor) {
        return desk.image(key, id, request, actor);
    }

    @GetMapping("/new")
    ResponseEntity<String> form(@RequestParam Map<String, String> entered, Actor actor) {
        return form(entered, actor, null);
    }

    @PostMapping("/new")
    Object report(
            @RequestParam Map<String, String> entered,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            Actor actor) {
        try {
            return "redirect:/portal/requests/" + desk.report(entered, files, actor);
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return form(entered, actor, refused);
        }
    }

    private ResponseEntity<String> request(String key, Actor actor, String text, @Nullable Problem refused) {
        return page(
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()),
                "portal/request.jte",
                actor,
                Map.of("story", desk.story(key, actor), "text", text, "faults", faults(refused)));
    }

    private ResponseEntity<String> form(Map<String, String> entered, Actor actor, @Nullable Problem refused) {
        var types = desk.types(actor);
        var products = desk.products(actor);
        var chosen = types.stream()
                .filter(type -> type.name().equals(entered.get("type")))
                .findFirst()
                .or(() -> types.stream().findFirst());
        var answers = new HashMap<>(entered);
        if (products.size() == 1) {
            answers.putIfAbsent("product", products.getFirst().key());
        }
        return page(
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()),
                "portal/new.jte",
                actor,
                Map.of(
                        "types",
                        types,
                        "type",
                        chosen.map(ItemType::name).orElse(""),
                        "fields",
                        chosen.map(OutsideDesk::asks).orElse(List.of()),
                        "products",
                        products,
                        "entered",
                        answers,
                        "faults",
                        faults(refused)));
    }

    private static List<FieldProblem> faults(@Nullable Problem refused) {
        if (refused == null) {
            return List.of();
        }
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem("request", refused.code(), refused.says()))
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
