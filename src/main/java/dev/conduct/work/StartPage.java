package dev.conduct.work;

import dev.conduct.procedure.Procedures;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where everybody begins, and where the search in the top band leads.
@Controller
class StartPage {

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{1,9}-\\d{1,9}");

    private final Products products;
    private final Procedures procedures;
    private final InstantSource time;

    StartPage(Products products, Procedures procedures, InstantSource time) {
        this.products = products;
        this.procedures = procedures;
        this.time = time;
    }

    @GetMapping("/")
    String start() {
        return products.all().isEmpty() ? "redirect:/admin/products" : "redirect:/me";
    }

    /// A record's number leads to the record, anything else to the list.
    @GetMapping("/find")
    String find(@RequestParam(name = "q", defaultValue = "") String words) {
        var wanted = words.strip();
        if (KEY.matcher(wanted).matches()) {
            return "redirect:/items/" + wanted.toUpperCase(java.util.Locale.ROOT);
        }
        var line = FirstLine.of(procedures.at(time.instant()));
        return "redirect:" + (line == null ? "/me" : line.href() + "?q=" + LinePage.encoded(wanted));
    }
}
