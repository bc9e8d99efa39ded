package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.Flash;
import dev.conduct.work.FormView.Input;
import dev.conduct.work.FormView.Option;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

/// The form that reports something new. Who reports is asked for what the type's creation needs; everything else of
/// the type that a reporter can know is offered.
@Controller
@RequestMapping("/lines/{type}/new")
class ReportPages {

    private final Items items;
    private final Products products;
    private final Procedures procedures;
    private final AlikeRows alike;
    private final Attachments attachments;
    private final InstantSource time;

    ReportPages(
            Items items,
            Products products,
            Procedures procedures,
            AlikeRows alike,
            Attachments attachments,
            InstantSource time) {
        this.items = items;
        this.attachments = attachments;
        this.products = products;
        this.procedures = procedures;
        this.alike = alike;
        this.time = time;
    }

    @GetMapping
    Object form(@PathVariable("type") String name, @RequestParam Map<String, String> entered, Actor actor) {
        if (products.offered(actor).isEmpty()) {
            return "redirect:/admin/products";
        }
        return page(name, entered, null, actor);
    }

    @PostMapping
    Object report(
            @PathVariable("type") String name,
            @RequestParam Map<String, String> entered,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            Actor actor,
            RedirectAttributes redirect) {
        var type = type(name);
        if (entered.containsKey("look")) {
            return page(name, entered, null, actor);
        }
        var fields = new HashMap<String, Object>();
        for (var field : type.fields().values()) {
            var value = entered.getOrDefault(field.name(), "");
            if (!value.isBlank()) {
                fields.put(field.name(), RecordForms.value(field, value));
            }
        }
        try {
            var missing = missing(entered);
            if (!missing.isEmpty()) {
                throw Problem.badInput(missing);
            }
            var report = new Items.Report(
                    name,
                    entered.getOrDefault("product", ""),
                    entered.getOrDefault("title", "").strip(),
                    entered.getOrDefault("description", "").strip(),
                    fields,
                    null,
                    null);
            var chosen = Attachments.chosen(files);
            var item = chosen.isEmpty()
                    ? items.report(report, actor)
                    : attachments.with(chosen, () -> items.report(report, actor), actor);
            Flash.done(redirect, item.key() + " is reported. You will find it here.");
            return "redirect:/items/" + item.key();
        } catch (Problem refused) {
            if (refused.status() == 404) {
                throw refused;
            }
            return page(name, entered, refused, actor);
        }
    }

    private static List<FieldProblem> missing(Map<String, String> entered) {
        var missing = new ArrayList<FieldProblem>();
        if (entered.getOrDefault("product", "").isBlank()) {
            missing.add(new FieldProblem("product", "missing", "is missing. Choose the one it happens in."));
        }
        if (entered.getOrDefault("title", "").isBlank()) {
            missing.add(new FieldProblem("title", "missing", "is missing. Say in one line what it is about."));
        }
        return missing;
    }

    private ReportPage page(String name, Map<String, String> entered, @Nullable Problem refused, Actor actor) {
        var procedure = procedures.at(time.instant());
        var type = type(procedure, name);
        var form = new FormView(
                type.begin(),
                "/lines/" + name + "/new",
                type.begin(),
                false,
                true,
                "",
                inputs(type, entered, actor),
                null,
                List.of(),
                "/lines/" + name);
        var clause = procedure.clauses().get(type.clause());
        return new ReportPage(
                type,
                refused == null ? form : form.refused("It was not accepted", errors(type, refused)),
                alike.find(type, entered.getOrDefault("product", ""), entered.getOrDefault("title", ""), actor),
                clause == null ? type.clause() : clause.ref(),
                "",
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }

    private static List<FieldProblem> errors(ItemType type, Problem refused) {
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem(type.begin(), refused.code(), refused.says()))
                : refused.errors();
    }

    private List<Input> inputs(ItemType type, Map<String, String> entered, Actor actor) {
        var all = products.offered(actor);
        var product =
                entered.getOrDefault("product", all.size() == 1 ? all.getFirst().key() : "");
        var inputs = new ArrayList<Input>();
        inputs.add(Input.choice(
                "product",
                "Product",
                null,
                all.stream()
                        .map(one -> new Option(one.key(), one.name() + " (" + one.key() + ")"))
                        .toList(),
                product,
                true));
        inputs.add(
                Input.line("title", "Title", "What it is about, in one line", entered.getOrDefault("title", ""), true));
        var needed = type.onCreate().stream().map(ItemType.Gate::field).toList();
        type.fields().values().stream()
                .filter(field -> offered(type, field))
                .sorted(Comparator.comparing(field -> !field.required() && !needed.contains(field.name())))
                .forEach(field -> inputs.add(RecordForms.input(
                        field,
                        entered.getOrDefault(field.name(), ""),
                        product.isEmpty() ? List.of() : products.offered(product))));
        inputs.add(Input.text(
                "description",
                "Anything else",
                "Logs, links, whatever helps. Markdown works",
                entered.getOrDefault("description", ""),
                false));
        inputs.add(RecordForms.files(false));
        return inputs;
    }

    /// What a reporter can know: what creation requires, and what the first move along the line would ask for.
    private static boolean offered(ItemType type, ItemType.Field field) {
        var first = type.transitions().values().stream()
                .filter(transition -> transition.from().contains(type.initial()) && !transition.back())
                .flatMap(transition -> transition.asks().stream())
                .toList();
        return field.editors().isEmpty()
                && (field.required()
                        || first.contains(field.name())
                        || type.onCreate().stream()
                                .anyMatch(gate -> field.name().equals(gate.field())));
    }

    private ItemType type(String name) {
        return type(procedures.at(time.instant()), name);
    }

    private static ItemType type(Procedure procedure, String name) {
        var type = procedure.types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return type;
    }
}
