package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.shell.FirstSteps;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// Where everybody begins.
@Controller
class StartPage {

    private final Products products;

    StartPage(Products products) {
        this.products = products;
    }

    @GetMapping("/")
    String start(Actor actor) {
        return products.all().isEmpty() && !FirstSteps.shownTo(actor) ? "redirect:/admin/products" : "redirect:/me";
    }
}
