package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Grants;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.Flash;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Where an installation names what it ships.
@Controller
@RequestMapping("/admin/products")
class ProductPages {

    private final Products products;
    private final ProductChanges changes;
    private final People people;
    private final Roles roles;
    private final Grants grants;
    private final Procedures procedures;
    private final InstantSource time;

    ProductPages(
            Products products,
            ProductChanges changes,
            People people,
            Roles roles,
            Grants grants,
            Procedures procedures,
            InstantSource time) {
        this.changes = changes;
        this.grants = grants;
        this.procedures = procedures;
        this.time = time;
        this.roles = roles;
        this.products = products;
        this.people = people;
    }

    @GetMapping
    ProductsPage show(Actor actor) {
        return page(actor, Map.of(), null, null);
    }

    @PostMapping
    Object create(@RequestParam Map<String, String> entered, Actor actor, RedirectAttributes redirect) {
        try {
            var product = products.create(
                    entered.getOrDefault("key", "").strip().toUpperCase(Locale.ROOT),
                    entered.getOrDefault("name", "").strip(),
                    actor);
            Flash.done(redirect, product.name() + " is there. Add its components, then report the first record.");
            return "redirect:/admin/products";
        } catch (Problem refused) {
            return page(actor, entered, "product", refused);
        }
    }

    @PostMapping("/{product}/name")
    Object rename(
            @PathVariable("product") String product,
            @RequestParam(name = "name", defaultValue = "") String name,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            Flash.done(
                    redirect,
                    product + " is called "
                            + changes.rename(product, name.strip(), actor).name() + ".");
            return "redirect:/admin/products";
        } catch (Problem refused) {
            return page(actor, Map.of("rename", name), product, refused);
        }
    }

    @PostMapping("/{product}/components/change")
    Object change(
            @PathVariable("product") String product,
            @RequestParam(name = "component") String component,
            @RequestParam Map<String, String> entered,
            @RequestParam(name = "owners", defaultValue = "") List<String> owners,
            Actor actor,
            RedirectAttributes redirect) {
        var called = entered.getOrDefault("name", component).strip();
        var wanted = new ProductChanges.Wanted(
                called.equals(component) ? null : called,
                entered.containsKey("critical"),
                owners.stream().filter(owner -> !owner.isBlank()).toList(),
                entered.containsKey("retired"));
        try {
            var changed = changes.change(product, component, wanted, actor);
            Flash.done(redirect, said(changed, component));
            return "redirect:/admin/products";
        } catch (Problem refused) {
            var kept = new HashMap<>(entered);
            kept.put("owners", String.join(" ", owners));
            return page(actor, kept, ProductsPage.form(product, component), refused);
        }
    }

    private static String said(Products.ProductComponent changed, String before) {
        var name = changed.name();
        return (name.equals(before) ? name : before + " is called " + name + " now, on its records too. " + name)
                + (changed.retired() ? " is offered for no record any more." : " is changed.");
    }

    @PostMapping("/{product}/visibility")
    Object show(
            @PathVariable("product") String product,
            @RequestParam(name = "members_only") boolean membersOnly,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var shown = products.show(product, membersOnly, actor);
            Flash.done(
                    redirect,
                    shown.name() + (membersOnly ? " is seen by its members only." : " is open to everybody inside."));
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/admin/products";
    }

    @PostMapping("/{product}/archive")
    Object archive(
            @PathVariable("product") String product,
            @RequestParam(name = "archived") boolean archived,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var name = changes.archive(product, archived, actor).name();
            Flash.done(
                    redirect,
                    name + (archived ? " is archived: its records stay, nothing new is reported to it." : " is back."));
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/admin/products";
    }

    @PostMapping("/{product}/components")
    Object createComponent(
            @PathVariable("product") String product,
            @RequestParam Map<String, String> entered,
            @RequestParam(name = "owners", defaultValue = "") List<String> owners,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            products.createComponent(
                    new Products.ProductComponent(
                            product,
                            entered.getOrDefault("name", "").strip(),
                            entered.containsKey("critical"),
                            owners.stream().filter(owner -> !owner.isBlank()).toList()),
                    actor);
            Flash.done(redirect, entered.getOrDefault("name", "").strip() + " is a component of " + product + ".");
            return "redirect:/admin/products";
        } catch (Problem refused) {
            return page(actor, entered, product, refused);
        }
    }

    private ProductsPage page(
            Actor actor, Map<String, String> entered, @Nullable String wrong, @Nullable Problem refused) {
        var seen = products.visible(actor);
        var components = seen.stream()
                .collect(Collectors.toMap(
                        Products.Product::key,
                        product -> products.components(product.key()),
                        (one, other) -> one,
                        java.util.LinkedHashMap::new));
        var owners = components.values().stream()
                .flatMap(List::stream)
                .flatMap(component -> component.owners().stream())
                .collect(Collectors.toCollection(java.util.HashSet::new));
        var members = seen.stream()
                .collect(Collectors.toMap(Products.Product::key, product -> grants.members(product.key())));
        members.values().forEach(held -> owners.addAll(held.keySet()));
        var names = PageNames.of(owners, people, actor);
        var rows = seen.stream()
                .map(product -> new ProductsPage.Row(
                        product,
                        components.getOrDefault(product.key(), List.of()).stream()
                                .map(component -> new ProductsPage.Part(
                                        component,
                                        component.owners().stream()
                                                .map(names::named)
                                                .toList()))
                                .toList(),
                        members.getOrDefault(product.key(), Map.of()).entrySet().stream()
                                .map(held -> new ProductsPage.Member(
                                        names.named(held.getKey()), String.join(", ", held.getValue())))
                                .toList()))
                .toList();
        var mayChange = roles.may(actor, Right.PRODUCTS);
        return new ProductsPage(
                rows,
                mayChange,
                mayChange ? people.holding(Set.of()) : List.of(),
                entered,
                wrong,
                refused == null ? null : refused.says(),
                refused == null ? List.of() : refused.errors(),
                FirstLine.of(procedures.at(time.instant()), actor),
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }
}
