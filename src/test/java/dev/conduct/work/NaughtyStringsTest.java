package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@ConductTest
class NaughtyStringsTest {

    private final Items items;
    private final Ledger ledger;
    private final ItemLists lists;
    private final Cast cast;

    NaughtyStringsTest(Items items, Products products, People people, Ledger ledger, ItemLists lists) {
        this.items = items;
        this.ledger = ledger;
        this.lists = lists;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void what_was_written_comes_back_as_it_was() throws IOException {
        for (var text : corpus()) {
            var oneLine = !text.contains("\n") && !text.contains("\r") && !text.isBlank() && text.length() <= 300;
            var bug = items.report(
                    new Items.Report(
                            "bug",
                            cast.product,
                            oneLine ? text : "A title",
                            text,
                            Map.of("severity", "low", "steps", "Type: " + text),
                            null,
                            null),
                    cast.carla);
            items.comment(bug.key(), "> " + text, null, cast.sam);

            var read = items.findVisible(bug.key(), cast.sam);
            assertThat(read.title()).isEqualTo(oneLine ? text : "A title");
            assertThat(read.description()).isEqualTo(text);
            assertThat(read.fields()).containsEntry("steps", "Type: " + text);
            assertThat(ledger.eventsOf("item:" + bug.key()).getLast().content()).containsEntry("text", "> " + text);
        }
    }

    @Test
    void whatever_is_searched_for_is_searched_or_explained() throws IOException {
        for (var text : corpus()) {
            try {
                assertThat(lists.page(text.replace("\u0000", ""), 1, null, cast.sam)
                                .items())
                        .isNotNull();
            } catch (Problem explained) {
                assertThat(explained.errors()).as(text).isNotEmpty();
            }
        }
    }

    @Test
    void what_cannot_be_kept_as_it_is_is_refused_by_name() {
        for (var text : List.of("a\u0000b", "a\ud800b", "\udc00", "x".repeat(10_000_000))) {
            assertThatThrownBy(() -> items.comment(cast.reported().key(), text, null, cast.sam))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("text:");
            assertThatThrownBy(() -> cast.reported("A bug", Map.of("severity", "low", "steps", text)))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("fields.steps:");
        }
    }

    private static List<String> corpus() throws IOException {
        var folder = Path.of(
                        Optional.ofNullable(System.getenv("CONDUCT_CORPUS")).orElse("../shared/data"))
                .resolve("conformance/naughty-strings");
        assumeTrue(Files.isDirectory(folder), "the naughty strings are not here");
        var all = new ArrayList<String>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                all.addAll(List.of(new JsonMapper().readValue(file.toFile(), String[].class)));
            }
        }
        assertThat(all).hasSizeGreaterThan(100);
        return all;
    }
}
