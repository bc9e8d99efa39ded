package dev.conduct.mocks;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.Flash;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Mocks as pages: uploaded, looked at, replaced, retired.
@Controller
@RequestMapping("/mocks/{product}")
class MocksPages {

    private final Mocks mocks;
    private final MockRows rows;
    private final Journal journal;
    private final SeenProducts seen;
    private final People people;
    private final String url;

    MocksPages(
            Mocks mocks,
            MockRows rows,
            Journal journal,
            SeenProducts seen,
            People people,
            @Value("${conduct.url:}") String url) {
        this.mocks = mocks;
        this.rows = rows;
        this.journal = journal;
        this.seen = seen;
        this.people = people;
        this.url = url;
    }

    @GetMapping
    MocksPage list(@PathVariable("product") String product, Actor actor) {
        return page(product, MocksPage.Entered.NOTHING, null, actor);
    }

    @PostMapping
    Object add(
            @PathVariable("product") String product,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "external", defaultValue = "") String external,
            @RequestParam(name = "mappings", defaultValue = "") String text,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Actor actor,
            RedirectAttributes redirect)
            throws IOException {
        seen.judge(product, actor);
        var named = name.strip();
        try {
            var _ = mocks.write(product, named, external, Mappings.read(bytes(text, file)), 0, actor);
        } catch (Problem refused) {
            return page(product, new MocksPage.Entered(name, external, text), refused, actor);
        }
        Flash.done(redirect, "The mock answers. Give its address to what is tested.");
        return "redirect:/mocks/" + product + "/" + named;
    }

    @GetMapping("/{name}")
    MockPage show(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @RequestParam(name = "cursor", defaultValue = "") String cursor,
            HttpServletRequest request,
            Actor actor) {
        var mock = mocks.find(product, name, actor);
        return page(mock, cursor, request, mock.externalName(), "", null, actor);
    }

    /// As they were uploaded, to keep elsewhere or to change.
    @GetMapping("/{name}/mappings")
    ResponseEntity<byte[]> mappings(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @RequestParam(name = "version", required = false) @Nullable Integer version,
            Actor actor) {
        var mock = mocks.find(product, name, actor);
        var shown = version == null ? mock.version() : version;
        var content = rows.content(mock.id(), shown).orElseThrow(() -> Problem.notFound("Version " + shown));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + "-" + shown + ".json")
                                .build()
                                .toString())
                .body(("{\"mappings\":" + content + "}").getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping("/{name}")
    Object write(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @RequestParam(name = "external", defaultValue = "") String external,
            @RequestParam(name = "mappings", defaultValue = "") String text,
            @RequestParam(name = "version", defaultValue = "0") int version,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            HttpServletRequest request,
            Actor actor,
            RedirectAttributes redirect)
            throws IOException {
        seen.judge(product, actor);
        try {
            var written = mocks.write(product, name, external, Mappings.read(bytes(text, file)), version, actor);
            Flash.done(redirect, "Version " + written.version() + " answers now.");
        } catch (Problem refused) {
            var mock = mocks.find(product, name, actor);
            return page(mock, "", request, external, text, refused, actor);
        }
        return "redirect:/mocks/" + product + "/" + name;
    }

    @PostMapping("/{name}/retirement")
    String retire(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            Actor actor,
            RedirectAttributes redirect) {
        mocks.retire(product, name, actor);
        Flash.done(redirect, "It answers no more. Upload mappings to have it answer again.");
        return "redirect:/mocks/" + product + "/" + name;
    }

    @PostMapping("/{name}/address")
    String move(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            Actor actor,
            RedirectAttributes redirect) {
        mocks.move(product, name, actor);
        Flash.done(redirect, "It has another address. The one before answers nobody.");
        return "redirect:/mocks/" + product + "/" + name;
    }

    @PostMapping("/{name}/reset")
    String reset(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            Actor actor,
            RedirectAttributes redirect) {
        mocks.reset(product, name, actor);
        Flash.done(redirect, "Its scenarios begin anew, and what it was asked is forgotten.");
        return "redirect:/mocks/" + product + "/" + name;
    }

    private static byte[] bytes(String text, @Nullable MultipartFile file) throws IOException {
        return file == null || file.isEmpty() ? text.strip().getBytes(StandardCharsets.UTF_8) : file.getBytes();
    }

    private MocksPage page(String key, MocksPage.Entered entered, @Nullable Problem refused, Actor actor) {
        return new MocksPage(
                seen.find(key, actor),
                rows.of(key),
                mocks.externals(key),
                seen.mayJudge(key, actor),
                entered,
                refused == null ? List.of() : refused.beside("mappings"),
                status(refused));
    }

    private MockPage page(
            Mock mock,
            String cursor,
            HttpServletRequest request,
            String external,
            String text,
            @Nullable Problem refused,
            Actor actor) {
        var base = url.isBlank() ? "http://localhost:" + request.getLocalPort() : url;
        var versions = rows.versions(mock.id());
        return new MockPage(
                seen.find(mock.product(), actor),
                mock,
                base + mock.path(),
                journal.page(mock, cursor, Page.USUAL),
                versions,
                people.names(versions.stream().map(MockRows.Version::by).toList()),
                mocks.externals(mock.product()),
                seen.mayJudge(mock.product(), actor),
                external,
                text,
                refused == null ? List.of() : refused.beside("mappings"),
                status(refused));
    }

    private static HttpStatus status(@Nullable Problem refused) {
        return refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status());
    }
}
