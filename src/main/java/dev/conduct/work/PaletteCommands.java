package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.ProductChoice;
import dev.conduct.work.PalettePage.Option;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Every page somebody may go to, and what can be done on any page or on the open one, for the command palette.
@Component
class PaletteCommands {

    private static final int NAMED = 5;

    private final List<NavigationEntry> navigation;
    private final Procedures procedures;
    private final Products products;
    private final ProductChoice choice;
    private final SavedViews views;
    private final InstantSource time;

    PaletteCommands(
            List<NavigationEntry> navigation,
            Procedures procedures,
            Products products,
            ProductChoice choice,
            SavedViews views,
            InstantSource time) {
        this.navigation = navigation;
        this.procedures = procedures;
        this.products = products;
        this.choice = choice;
        this.views = views;
        this.time = time;
    }

    /// Of pages that each product has, those of the products that are named, else of the one that is chosen, else of
    /// the first ones.
    ///
    /// @param words in lower case; empty for what is always offered
    List<Option> all(List<String> words, Actor actor) {
        var options = new ArrayList<Option>();
        var meant = words.isEmpty() ? Set.<String>of() : meant(words, actor);
        navigation.stream()
                .flatMap(entry -> entry.entries(actor).stream())
                .sorted(Comparator.comparing(NavigationEntry.Entry::order))
                .forEach(entry -> options.add(option(entry.icon(), entry.label(), entry.href(), "")));
        var procedure = procedures.at(time.instant());
        for (var type : procedure.types().values()) {
            var line = "/lines/" + type.name();
            if (Rights.mayBegin(procedure, type, actor)) {
                options.add(option("plus", type.begin(), line + "/new", "c"));
            }
            options.add(option("square-kanban", type.plural() + ", board", line + "/board", ""));
            options.add(option("filter", type.plural() + " of mine", LinePage.href(type, LineTabs.MINE), ""));
            options.add(option("filter", type.plural() + ", overrun", LinePage.href(type, LineTabs.OVERRUN), ""));
            options.add(option(
                    "book-open-text",
                    "Line of " + type.plural().toLowerCase(Locale.ROOT),
                    "/procedure/lines/" + type.name(),
                    ""));
            if (!words.isEmpty()) {
                views.of(type.name(), actor)
                        .forEach(view ->
                                options.add(option("filter", view.title(), LinePage.href(type, view.query()), "view")));
            }
        }
        if (!words.isEmpty()) {
            navigation.stream()
                    .filter(entry -> !entry.entries(actor).isEmpty())
                    .flatMap(entry -> entry.beneath(actor, meant).stream())
                    .forEach(page -> options.add(option(page.icon(), page.label(), page.href(), "")));
        }
        options.addAll(everywhere());
        return options;
    }

    private Set<String> meant(List<String> words, Actor actor) {
        var visible = products.visible(actor);
        var named = visible.stream()
                .filter(product -> words.stream()
                        .anyMatch(word -> word.length() > 1
                                && (product.name() + " " + product.key())
                                        .toLowerCase(Locale.ROOT)
                                        .contains(word)))
                .toList();
        var chosen = choice.of(actor).product();
        var keys = !named.isEmpty()
                ? named.stream().map(Products.Product::key)
                : chosen != null
                        ? Stream.of(chosen.key())
                        : visible.stream()
                                .filter(product -> !product.archived())
                                .map(Products.Product::key);
        return keys.limit(NAMED).collect(Collectors.toSet());
    }

    private static List<Option> everywhere() {
        return List.of(
                option("user", "Your account", "/account", ""),
                option("clock", "Dates and times of your account", "/account/times", ""),
                option("user", "Single keys, switched on or off", "/account/keyboard", ""),
                option("bell", "What you are told, and how", "/account/notices", ""),
                press("contrast", "Light or dark theme", "[data-theme-toggle]"),
                press("layers", "Choose another product", "[data-products]"),
                press("circle-help", "Keyboard shortcuts", "[data-open=keys]"),
                press("user", "Sign out", "form[action='/sign-out'] button"),
                press("list-checks", "Select all rows", "[data-all]"),
                press("filter", "Filter this list", "[data-key='/']"),
                press("download", "Export this list as CSV", "a[download][href*='export.csv']"),
                press("download", "Export this list as JSON", "a[download][href*='export.json']"),
                press("bookmark", "Keep this list as a view", ".save-view summary"));
    }

    /// What can be done on the page of a record, beside its moves.
    static List<Option> onRecord(String at) {
        return List.of(
                option("user", "Assign somebody", at + "?assign#form", "a"),
                option("sliders-horizontal", "Edit title and fields", at + "?edit#form", "e"),
                press("message-square", "Write a comment", "[data-key=r]"),
                option("ticket-check", "Record evidence", at + "?evidence#form", ""),
                option("link-2", "Link another record", at + "?link#form", ""),
                option("paperclip", "Attach files", at + "?attach#form", ""),
                press("bell", "Watch it, or stop watching", "form[action$='/watchers'] button"),
                press("copy", "Copy its number", "[data-key=y]"),
                press("copy", "Copy link", "[data-copy='{here}']"),
                press("copy", "Copy branch name", "[data-copy='{here}'] + [data-copy]"),
                press("copy", "Copy as Markdown", "[data-copy^='[']"),
                press("download", "Download the proof", "a[download][href$='/proof']"));
    }

    static Option option(String icon, String says, String href, String key) {
        return new Option(icon, null, says, href, 0, key);
    }

    private static Option press(String icon, String says, String control) {
        return new Option(icon, null, says, "#", 0, "", control);
    }
}
