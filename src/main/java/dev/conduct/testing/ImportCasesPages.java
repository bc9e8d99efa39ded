package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Cases from a CSV file or from comments of tests: tried first, with the columns to choose, then brought.
@Controller
@RequestMapping("/testing/{product}/plans/{plan}/import")
class ImportCasesPages {

    private static final String COLUMN = "column_";

    private final TestedProducts tested;
    private final Plans plans;
    private final CaseImport imports;
    private final MirroredCases mirrored;

    ImportCasesPages(TestedProducts tested, Plans plans, CaseImport imports, MirroredCases mirrored) {
        this.tested = tested;
        this.plans = plans;
        this.imports = imports;
        this.mirrored = mirrored;
    }

    /// @param text of the file, kept while it is tried
    /// @param header columns of a CSV file
    /// @param columns by field, the chosen column
    /// @param account of the trial, null before one
    /// @param mirrored whether the code of the product can be read here
    record ImportView(
            Products.Product product,
            Plans.Plan plan,
            String format,
            String text,
            List<String> header,
            Map<String, String> columns,
            CaseImport.@Nullable Account account,
            boolean mirrored,
            Entered entered)
            implements View {

        @Override
        public String template() {
            return "testing/import.jte";
        }

        @Override
        public String title() {
            return entered.heading("Import cases");
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs(product, plan);
        }

        @Override
        public HttpStatus status() {
            return entered.status();
        }
    }

    @GetMapping
    ImportView show(@PathVariable("product") String key, @PathVariable("plan") UUID plan, Actor actor) {
        tested.test(key, actor);
        return view(key, plan, "csv", "", List.of(), Map.of(), null, Entered.NOTHING, actor);
    }

    @PostMapping
    Object bring(
            @PathVariable("product") String key,
            @PathVariable("plan") UUID plan,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        tested.test(key, actor);
        var mirror = form.containsKey("mirror");
        var format = mirror ? "annotations" : form.getOrDefault("format", "csv");
        var header = List.<String>of();
        var columns = Map.<String, String>of();
        var text = form.getOrDefault("text", "");
        try {
            text = mirror
                    ? mirrored.text(key)
                    : file == null || file.isEmpty() ? text : new String(file.getBytes(), StandardCharsets.UTF_8);
            if (format.equals("csv")) {
                header = CsvCases.header(text);
                columns = chosen(form);
                columns = columns.isEmpty() ? CsvCases.guess(header) : columns;
            }
            var account =
                    imports.run(plan, new CaseImport.Wanted(format, text, columns), !form.containsKey("bring"), actor);
            if (account.dryRun()) {
                return view(key, plan, format, text, header, columns, account, Entered.NOTHING, actor);
            }
            Flash.done(
                    redirect,
                    "Of " + account.read() + " cases " + account.created() + " are new, " + account.changed()
                            + " have a new version, " + account.unchanged() + " were there as they are.");
            return "redirect:/testing/" + key + "/plans/" + plan;
        } catch (Problem refused) {
            return view(
                    key, plan, format, text, header, columns, null, Entered.refused("import", form, refused), actor);
        } catch (IOException broken) {
            throw Problem.unavailable(
                    "upload_lost", "The upload could not be read. Nothing was brought; send it again.");
        }
    }

    private static Map<String, String> chosen(Map<String, String> form) {
        var columns = new LinkedHashMap<String, String>();
        for (var field : CaseDraft.FIELDS) {
            var column = form.getOrDefault(COLUMN + field, "");
            if (!column.isEmpty()) {
                columns.put(field, column);
            }
        }
        return columns;
    }

    private ImportView view(
            String key,
            UUID plan,
            String format,
            String text,
            List<String> header,
            Map<String, String> columns,
            CaseImport.@Nullable Account account,
            Entered entered,
            Actor actor) {
        return new ImportView(
                tested.find(key, actor),
                plans.visible(plan, actor),
                format,
                text,
                header,
                columns,
                account,
                mirrored.readable(key),
                entered);
    }
}
