package dev.conduct.work;

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
    String start() {
        return products.all().isEmpty() ? "redirect:/admin/products" : "redirect:/me";
    }
}
