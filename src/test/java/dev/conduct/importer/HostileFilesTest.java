package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Whatever bytes a file holds: each record is taken as it was written or refused by its place, and nothing else
/// happens.
@ConductTest
class HostileFilesTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMIN = new Actor("system:test", "Test", Set.of("administrator"), "api");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int SPOILED = 60;

    @TempDir
    private Path folder;

    private final Imports imports;
    private final Items items;
    private final Products products;
    private final JdbcClient database;
    private String product = "";

    HostileFilesTest(Imports imports, Items items, Products products, JdbcClient database) {
        this.imports = imports;
        this.items = items;
        this.products = products;
        this.database = database;
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "HOST" + COUNT.incrementAndGet();
        products.create(product, "Hostile files", ADMIN);
    }

    @ParameterizedTest
    @CsvSource({
        "JIRA, jira-search.json,",
        "JIRA, jira-broken.jsonl,",
        "BUGZILLA, bugzilla-bugs.json,",
        "GITHUB, github.json, github-labels.yaml",
        "CSV, list.csv, list.yaml",
        "EVENTS_CSV, events.csv, events.yaml",
        "XES, log.xes,"
    })
    void a_spoiled_file_is_accounted_for_or_refused_in_words(ImportFormat format, String name, String mapping)
            throws IOException {
        var whole = Files.readAllBytes(Corpus.own(name));
        var random = new Random(whole.length);

        for (var i = 0; i < SPOILED; i++) {
            var file = Files.write(folder.resolve(i + "-" + name), spoil(whole, random));
            try {
                var account = imports.rehearse(order(format, file, mapping), ADMIN);
                assertThat(account.read()).isEqualTo(account.imported() + account.merged() + account.refused());
                assertThat(account.reasons()).allSatisfy(reason -> {
                    assertThat(reason.at()).startsWith(file.getFileName() + ":");
                    assertThat(reason.says()).isNotBlank();
                });
            } catch (Problem refused) {
                assertThat(refused.status()).as("%s: %s", file, refused.says()).isBetween(400, 422);
            }
        }
        assertThat(records()).as("a rehearsal leaves nothing").isZero();
    }

    /// Cut, flipped, torn out, doubled, or with something strange put in.
    private static byte[] spoil(byte[] whole, Random random) {
        var out = new ByteArrayOutputStream();
        var at = random.nextInt(whole.length);
        var length = Math.min(1 + random.nextInt(40), whole.length - at);
        out.write(whole, 0, at);
        switch (random.nextInt(6)) {
            case 0 -> {
                return out.toByteArray();
            }
            case 1 -> out.write(whole[at] ^ (1 << random.nextInt(8)));
            case 2 -> length = Math.min(length * 10, whole.length - at);
            case 3 -> {
                out.write(whole, at, length);
                length = 0;
            }
            case 4 -> out.writeBytes(new byte[] {0, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF});
            default -> {
                out.writeBytes("\"'<![CDATA[{[;,\n\r\u2028\u202E&x;".getBytes(StandardCharsets.UTF_8));
                length = 0;
            }
        }
        var next = Math.max(at + length, at);
        out.write(whole, next, whole.length - next);
        return out.toByteArray();
    }

    @Test
    void every_naughty_string_comes_through_as_it_is_or_is_refused_by_its_line() throws IOException {
        var strings = Corpus.real("conformance/naughty-strings/blns-a.json");
        var lines = new StringBuilder();
        var texts = new java.util.ArrayList<String>();
        for (var node : JSON.readTree(Files.readString(strings))) {
            texts.add(node.asString());
            lines.append(issue("N-" + texts.size(), "Text " + texts.size(), node.asString()))
                    .append('\n');
        }

        var account = imports.run(order(ImportFormat.JIRA, write("naughty.jsonl", lines.toString()), null), ADMIN);

        assertThat(account.read()).isEqualTo(texts.size());
        assertThat(account.imported()).isGreaterThan(texts.size() / 2);
        assertThat(account.reasons()).allMatch(reason -> reason.at().startsWith("naughty.jsonl:"));
        for (var number = 1; number <= account.imported(); number++) {
            var item = items.findVisible(product + "-" + number, ADMIN);
            var original = texts.get(Integer.parseInt(item.title().substring("Text ".length())) - 1);
            assertThat(item.description().strip()).isEqualTo(original.strip());
        }
    }

    @Test
    void nul_and_lone_surrogates_refuse_their_record_and_no_other() throws IOException {
        var file = write(
                "odd.jsonl",
                issue("O-1", "Fine", "text") + "\n"
                        + issue("O-2", "Nul", "before").replace("before", "before\\u0000after") + "\n"
                        + issue("O-3", "Half", "before").replace("before", "before\\uD83Dafter") + "\n"
                        + issue("O-4", "Fine too", "whole \uD83D\uDE00") + "\n");

        var account = imports.run(order(ImportFormat.JIRA, file, null), ADMIN);

        assertThat(account.imported()).isEqualTo(2);
        assertThat(account.reasons()).extracting(LossAccount.Reason::id).containsExactlyInAnyOrder("O-2", "O-3");
        assertThat(items.findVisible(product + "-2", ADMIN).description()).isEqualTo("whole \uD83D\uDE00");
    }

    @Test
    void a_line_of_ten_megabytes_and_a_nest_without_end_are_refused_and_the_next_is_taken() throws IOException {
        var file = write(
                "long.jsonl",
                issue("L-1", "Long", "x".repeat(10_000_000)) + "\n"
                        + "{\"key\":\"L-2\",\"fields\":" + "[".repeat(100_000) + "\n"
                        + issue("L-3", "y".repeat(10_000_000), "long title") + "\n"
                        + issue("L-4", "After", "comes through") + "\n");

        var account = imports.run(order(ImportFormat.JIRA, file, null), ADMIN);

        assertThat(account.read()).isEqualTo(4);
        assertThat(account.imported()).isEqualTo(1);
        assertThat(account.reasons())
                .extracting(LossAccount.Reason::at)
                .containsExactlyInAnyOrder("long.jsonl:1", "long.jsonl:2", "long.jsonl:3");
        assertThat(items.findVisible(product + "-1", ADMIN).title()).isEqualTo("After");
    }

    @Test
    void entities_are_not_expanded_and_archives_not_opened() throws IOException {
        for (var name : List.of("billion-laughs.xml", "classic-1.xml", "classic-3.xml", "internal-entity.xml")) {
            var account = imports.run(order(ImportFormat.XES, Corpus.real("conformance/xxe/" + name), null), ADMIN);

            assertThat(account.imported()).as(name).isZero();
            assertThat(account.refused()).as(name).isEqualTo(1);
        }
        for (var name : List.of("zip-slip.zip", "zip-slip-win.zip")) {
            var archive = order(ImportFormat.JIRA, Corpus.real("conformance/zip-slip/" + name), null);

            assertThatThrownBy(() -> imports.run(archive, ADMIN)).hasMessageContaining("Unpack it");
        }
        assertThat(records()).isZero();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String issue(String key, String title, String description) {
        var fields = JSON.createObjectNode();
        fields.put("summary", title);
        fields.put("description", description);
        fields.put("created", "2026-03-01T08:00:00.000+0000");
        fields.putObject("status").put("name", "Open");
        return JSON.createObjectNode().put("key", key).set("fields", fields).toString();
    }

    private Imports.Order order(ImportFormat format, Path file, @org.jspecify.annotations.Nullable String mapping)
            throws IOException {
        var source = new Imports.Overlay("source", "source: hostile " + product + "\n");
        return new Imports.Order(
                format,
                product,
                List.of(new Imports.Source(file.getFileName().toString(), file)),
                mapping == null
                        ? List.of(source)
                        : List.of(new Imports.Overlay(mapping, Files.readString(Corpus.own(mapping))), source));
    }

    private long records() {
        return database.sql("select count(*) from work.item where product = :product")
                .param("product", product)
                .query(Long.class)
                .single();
    }
}
