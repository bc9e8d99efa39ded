package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.shell.View;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The product switcher: as a page, and as the proposals of the dialog in the top band.
@Controller
@RequestMapping("/products")
class ProductChoicePages {

    private static final int SHOWN = 50;

    private final Products products;
    private final ChosenProduct chosen;

    ProductChoicePages(Products products, ChosenProduct chosen) {
        this.products = products;
        this.chosen = chosen;
    }

    /// @param chosen key of the product pages are narrowed to, empty for none
    /// @param more true when there are more than are shown
    record Page(String typed, String back, String chosen, List<Products.Product> products, boolean more, boolean part)
            implements View {

        @Override
        public String template() {
            return part ? "work/product-options.jte" : "work/product-choice.jte";
        }

        @Override
        public String title() {
            return "Choose a product";
        }
    }

    @GetMapping
    Page choices(
            @RequestParam(name = "typed", defaultValue = "") String typed,
            @RequestParam(name = "back", defaultValue = "/me") String back,
            @org.springframework.web.bind.annotation.RequestHeader(name = "HX-Request", defaultValue = "") String part,
            Actor actor) {
        var words = PlainText.checked("typed", typed, 200).strip();
        var found = products.named(words, SHOWN + 1, actor);
        return new Page(
                words,
                back,
                ChosenProduct.wanted(actor),
                found.stream().limit(SHOWN).toList(),
                found.size() > SHOWN,
                part.equals("true"));
    }

    /// @param key empty for all products
    @PostMapping
    String choose(
            @RequestParam(name = "product", defaultValue = "") String key,
            @RequestParam(name = "back", defaultValue = "/me") String back,
            Actor actor) {
        chosen.choose(key.isEmpty() ? null : products.findVisible(key, actor).key(), actor);
        return "redirect:" + NarrowedAddress.of(back, key);
    }
}
