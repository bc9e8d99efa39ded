package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.work.SearchRows.Ranked;
import dev.conduct.work.SearchRows.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Finds records by number, words or what is near to them. Who may see what, the lists decide; here it is ranked,
/// and shown why it was found.
@Component
class Searching {

    static final int LONGEST = 200;

    /// Ranked among so many that were touched last.
    private static final int RANKED = 100;

    private static final int SHORTEST = 3;
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{1,9}-\\d{1,9}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern WITHOUT_DASH = Pattern.compile("[A-Za-z][A-Za-z0-9]*\\d");
    private static final int PRODUCTS = 100;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}_]+");

    private final ItemLists lists;
    private final ItemRows items;
    private final Products products;
    private final SearchRows rows;
    private final Misspelt misspelt;

    Searching(ItemLists lists, ItemRows items, Products products, SearchRows rows, Misspelt misspelt) {
        this.products = products;
        this.lists = lists;
        this.items = items;
        this.rows = rows;
        this.misspelt = misspelt;
    }

    /// @param text where the words stand in the record's own text or in a remark; null when in its title
    /// @param author of that remark, null for the record's own text
    record Hit(
            Item item,
            Marked title,
            @Nullable Marked text,
            @Nullable String author) {}

    /// @param near true when nothing holds the words, and these are near to them
    /// @param too true when the words are in nearly every text
    record Found(List<Hit> hits, boolean near, boolean too) {}

    static boolean isKey(String typed) {
        return KEY.matcher(typed).matches();
    }

    /// What was typed, as words in lower case.
    static List<String> words(String typed) {
        return BETWEEN_WORDS
                .splitAsStream(typed.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(12)
                .toList();
    }

    /// @throws Problem 400 for what is too long, or is no text
    Found find(String typed, int most, Actor actor) {
        return find(typed, "", most, actor);
    }

    /// @param product key of the only one looked through, empty for all; a number typed in full is found all the same
    Found find(String typed, String product, int most, Actor actor) {
        var asked = PlainText.checked("q", typed, LONGEST);
        var words = words(asked);
        if (words.isEmpty()) {
            return new Found(List.of(), false, false);
        }
        var text = String.join(" ", words);
        var sight = Sight.of(actor);
        var found = new LinkedHashMap<String, Item>();
        put(found, numbered(asked.strip(), actor), sight);
        var within = product.isEmpty() ? "" : SavedViews.PRODUCT + product + " ";
        var tooCommon = gather(found, within + text, actor);
        if (found.size() < most) {
            put(found, titled(words, most, sight), product, sight);
        }
        var near = found.isEmpty();
        if (near) {
            var instead = misspelt.instead(text, actor);
            if (instead != null) {
                var _ = gather(found, within + instead, actor);
                text = found.isEmpty() ? text : instead;
            }
        }
        if (found.isEmpty()) {
            put(found, near(text, words, most, sight), product, sight);
        }
        return new Found(hits(found, text, words, most), near && !found.isEmpty(), tooCommon && found.isEmpty());
    }

    /// What is found while it is being typed: a number, or parts of titles.
    List<Item> quick(String typed, int most, Actor actor) {
        var asked = PlainText.checked("q", typed, LONGEST).strip();
        var words = words(asked);
        var sight = Sight.of(actor);
        var found = new LinkedHashMap<String, Item>();
        put(found, numbered(asked, actor), sight);
        put(found, titled(words, most, sight), sight);
        if (found.isEmpty() && words.stream().anyMatch(word -> word.length() >= SHORTEST)) {
            var _ = gather(found, String.join(" ", words), actor);
        }
        if (found.isEmpty()) {
            put(found, near(String.join(" ", words), words, most, sight), sight);
        }
        return found.values().stream().limit(most).toList();
    }

    /// The keys that a number stands for: with its product, without the dash, or of every product that may be seen.
    private List<String> numbered(String typed, Actor actor) {
        var upper = typed.toUpperCase(Locale.ROOT);
        if (isKey(typed)) {
            return List.of(upper);
        }
        if (NUMBER.matcher(upper).matches()) {
            return products.visible(actor).stream()
                    .limit(PRODUCTS)
                    .map(product -> product.key() + "-" + upper)
                    .toList();
        }
        return WITHOUT_DASH.matcher(upper).matches()
                ? products.visible(actor).stream()
                        .map(Products.Product::key)
                        .filter(key -> upper.startsWith(key)
                                && NUMBER.matcher(upper.substring(key.length())).matches())
                        .map(key -> key + "-" + upper.substring(key.length()))
                        .toList()
                : List.of();
    }

    /// @return true when the words are in nearly every text
    private boolean gather(Map<String, Item> found, String text, Actor actor) {
        try {
            lists.page(text, RANKED, null, actor).items().forEach(item -> found.putIfAbsent(item.key(), item));
            return false;
        } catch (Problem common) {
            if (common.status() != 400) {
                throw common;
            }
            return true;
        }
    }

    private List<String> titled(List<String> words, int most, Sight sight) {
        var parts = words.stream().filter(word -> word.length() >= SHORTEST).toList();
        return parts.isEmpty() ? List.of() : rows.titled(parts, most, sight);
    }

    private List<String> near(String text, List<String> words, int most, Sight sight) {
        var longest = words.stream()
                .max(java.util.Comparator.comparingInt(String::length))
                .orElse("");
        return longest.length() < 2 * SHORTEST - 1 ? List.of() : rows.near(text, longest, most, sight);
    }

    private void put(Map<String, Item> found, List<String> keys, Sight sight) {
        put(found, keys, "", sight);
    }

    private void put(Map<String, Item> found, List<String> keys, String product, Sight sight) {
        var missing = keys.stream().filter(key -> !found.containsKey(key)).toList();
        var read = missing.isEmpty()
                ? Map.<String, Item>of()
                : items.visible(missing, sight).stream().collect(Collectors.toMap(Item::key, Function.identity()));
        missing.stream()
                .flatMap(key -> Stream.ofNullable(read.get(key)))
                .filter(item -> product.isEmpty() || item.product().equals(product))
                .forEach(item -> found.put(item.key(), item));
    }

    private List<Hit> hits(Map<String, Item> found, String text, List<String> words, int most) {
        if (found.isEmpty()) {
            return List.of();
        }
        var ranked = rows.ranked(found.keySet(), text, most);
        var said = rows
                .said(ranked.stream().filter(row -> !row.own()).map(Ranked::key).toList(), text)
                .stream()
                .collect(Collectors.toMap(Said::key, Function.identity()));
        var hits = new ArrayList<Hit>();
        for (var row : ranked) {
            var item = java.util.Objects.requireNonNull(found.get(row.key()), "ranked among those found");
            var remark = said.get(row.key());
            var title = Marked.of(row.title());
            hits.add(new Hit(
                    item,
                    title.marks() ? title : Marked.of(item.title(), words),
                    remark != null ? Marked.of(remark.text()) : row.text().isEmpty() ? null : Marked.of(row.text()),
                    remark == null ? null : remark.author()));
        }
        // A number that was typed in full comes first, whatever speaks of it.
        hits.sort(java.util.Comparator.comparing(hit -> !hit.item().key().equalsIgnoreCase(text.replace(' ', '-'))));
        return hits;
    }
}
