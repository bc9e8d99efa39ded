package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.SearchPage.Row;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Where the search in the top band leads.
@Controller
class SearchPages {

    private static final int MOST = 25;

    private final Searching searching;
    private final SearchOthers others;
    private final Procedures procedures;
    private final People people;
    private final ItemRows items;
    private final InstantSource time;

    SearchPages(
            Searching searching,
            SearchOthers others,
            Procedures procedures,
            People people,
            ItemRows items,
            InstantSource time) {
        this.searching = searching;
        this.others = others;
        this.procedures = procedures;
        this.people = people;
        this.items = items;
        this.time = time;
    }

    /// A record's number leads to the record, anything else to what was found.
    @GetMapping("/find")
    Object find(
            @RequestParam(name = "q", defaultValue = "") String typed,
            @RequestParam(name = "product", required = false) @Nullable String only,
            Actor actor) {
        var asked = typed.strip();
        var product = only == null ? ChosenProduct.wanted(actor) : key(only);
        if (Searching.isKey(asked)) {
            var key = items.visibleKey(asked.toUpperCase(Locale.ROOT), Sight.of(actor));
            if (key.isPresent()) {
                return "redirect:/items/" + key.get();
            }
        }
        var began = System.nanoTime();
        var found = searching.find(asked, product, MOST, actor);
        var authors = PageNames.of(
                found.hits().stream()
                        .map(Searching.Hit::author)
                        .filter(Objects::nonNull)
                        .toList(),
                people,
                actor);
        var rows = found.hits().stream().map(hit -> row(hit, authors)).toList();
        var groups = others.of(Searching.words(asked), asked, actor);
        return new SearchPage(
                asked,
                product,
                rows,
                groups,
                found.near(),
                found.too(),
                list(asked, product),
                Duration.ofNanos(System.nanoTime() - began).toMillis());
    }

    /// Of what stands in an address, what can be the key of a product.
    private static String key(String typed) {
        return typed.matches("[A-Z][A-Z0-9]{1,9}") ? typed : "";
    }

    private Row row(Searching.Hit hit, PageNames authors) {
        var item = hit.item();
        var type = Door.type(procedures.version(item.procedureVersion()), item.type());
        return new Row(
                item,
                type.title(),
                type.icon(),
                hit.title(),
                hit.text(),
                hit.author() == null ? "" : authors.name(hit.author()),
                Stations.title(type, item.state()),
                Stations.at(type, item.state()),
                type.line().size());
    }

    /// The same words in the list of the first line.
    private String list(String asked, String product) {
        var types = procedures.at(time.instant()).types().values();
        var words = String.join(" ", Searching.words(asked));
        return types.isEmpty()
                ? ""
                : LinePage.href(
                        List.copyOf(types).getFirst(),
                        LineTabs.narrowed(words, product.isEmpty() ? "" : SavedViews.PRODUCT + product));
    }
}
