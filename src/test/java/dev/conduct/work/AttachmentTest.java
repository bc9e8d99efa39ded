package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.database.DataFolder;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.keys.SealedFiles;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;
import tools.jackson.databind.JsonNode;

@ConductTest
class AttachmentTest {

    private static final AtomicInteger PRODUCTS = new AtomicInteger();

    private final Api support;
    private final Api customer;
    private final String product;
    private final String key;
    private final Attachments attachments;
    private final Items items;
    private final ReportPages reportPages;
    private final RecordPages recordPages;
    private final RecordDesk desk;
    private final Ledger ledger;
    private final TestClock clock;
    private final SealedFiles sealedFiles;
    private final ContentFiles contents;
    private final JdbcClient database;
    private final Path folder;
    private final TransactionTemplate transaction;

    AttachmentTest(
            Clients clients,
            Attachments attachments,
            Items items,
            ReportPages reportPages,
            RecordPages recordPages,
            RecordDesk desk,
            Ledger ledger,
            TestClock clock,
            SealedFiles sealedFiles,
            ContentFiles contents,
            JdbcClient database,
            DataFolder data,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.attachments = attachments;
        this.items = items;
        this.reportPages = reportPages;
        this.recordPages = recordPages;
        this.desk = desk;
        this.ledger = ledger;
        this.clock = clock;
        this.sealedFiles = sealedFiles;
        this.contents = contents;
        this.database = database;
        this.folder = data.attachments();
        this.transaction = new TransactionTemplate(transactions);
        support = new Api(port, clients, "support");
        customer = new Api(port, clients, "customer");
        product = "FILE" + PRODUCTS.incrementAndGet();
        new Api(port, clients, "administrator").post("/products", Map.of("key", product, "name", "Files"));
        key = reported(customer);
    }

    @Test
    void a_file_comes_back_as_it_was_sent() {
        var content = bytes(70_000, 1);

        var made = support.upload(path(key), "filename=\"core dump.bin\"", content);

        assertThat(made.status()).isEqualTo(201);
        var back = support.download(made.header("Location"));
        assertThat(back.body()).isEqualTo(content);
        var listed = support.get(path(key)).json().get(0);
        assertThat(listed.get("name").stringValue()).isEqualTo("core dump.bin");
        assertThat(listed.get("size").longValue()).isEqualTo(70_000);
        assertThat(listed.get("media_type").stringValue()).isEqualTo("application/octet-stream");
        assertThat(listed.get("added_by").stringValue()).isEqualTo(support.actor);
        assertThat(customer.download(made.header("Location")).statusCode())
                .as("internal unless it says so")
                .isEqualTo(404);
    }

    @Test
    void the_history_tells_of_it_and_keeps_the_name_apart() {
        support.upload(path(key), "filename=\"trace.log\"", text("at dev.conduct.Work"));

        var told = last();

        assertThat(told.action()).isEqualTo("item.attach");
        assertThat(told.content()).containsEntry("name", "trace.log");
        assertThat(told.data()).containsKeys("sha256", "attachment").containsEntry("media_type", "text/plain");
        assertThat(told.data().toString()).doesNotContain("trace");
    }

    @Test
    void hostile_names_are_only_names() {
        var names = Map.of(
                "filename=\"../../x\"",
                "x",
                "filename=\"..\\\\..\\\\evil.bat\"",
                "evil.bat",
                "filename*=UTF-8''a%e2%80%aeb%7f.png",
                "ab.png",
                "filename=\"" + "y".repeat(6_000) + ".txt\"",
                "y".repeat(196) + ".txt",
                "filename=\"a.png\\\"; x=\\\".html\"",
                "a.png\"; x=\".html");

        names.forEach((sent, kept) -> {
            var made = support.upload(path(key), sent, text("content of " + kept));

            assertThat(made.status()).as(made.response().body()).isEqualTo(201);
            assertThat(made.text("name")).as(sent).isEqualTo(kept);
            var back = support.download(made.header("Location"));
            assertThat(new String(back.body(), StandardCharsets.UTF_8)).isEqualTo("content of " + kept);
            assertThat(back.headers().firstValue("Set-Cookie").orElse("")).doesNotContain("own");
            assertThat(back.headers().allValues("Content-Disposition"))
                    .singleElement()
                    .satisfies(value ->
                            assertThat(value).matches("attachment; filename=\"[^\"]+\"; filename\\*=UTF-8''[!-~]+"));
        });
    }

    @Test
    void names_with_line_breaks_or_nul_are_refused_at_once() {
        for (var name : List.of("a%00b.png", "a%0d%0aSet-Cookie:%20own=1")) {
            assertThat(support.upload(path(key), "filename*=UTF-8''" + name, text("x"))
                            .status())
                    .as(name)
                    .isEqualTo(400);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void what_a_browser_would_run_is_only_ever_downloaded() {
        var files = Map.of(
                "image/svg+xml",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                "text/html",
                "<!DOCTYPE html><html><script>alert(1)</script></html>");

        files.forEach((found, content) -> {
            var made = support.upload(path(key), "filename=\"innocent.png\"", text(content));

            assertThat(made.text("media_type")).isEqualTo(found);
            var headers = support.download(made.header("Location")).headers();
            assertThat(headers.firstValue("Content-Type")).hasValue("application/octet-stream");
            assertThat(headers.firstValue("Content-Disposition").orElse("")).startsWith("attachment;");
            assertThat(headers.allValues("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
        });
    }

    @Test
    void equal_contents_are_kept_once() throws IOException {
        var content = bytes(5_000, 2);

        var one = support.upload(path(key), "filename=\"one\"", content);
        var two = customer.upload(path(key), "filename=\"two\"", content);

        assertThat(one.text("sha256")).isEqualTo(two.text("sha256"));
        assertThat(one.text("id")).isNotEqualTo(two.text("id"));
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().equals(one.text("sha256"))))
                    .hasSize(1);
        }
        assertThat(names()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void what_lies_on_the_disk_cannot_be_read_and_a_changed_file_is_refused() throws IOException {
        var sha256 = support.upload(path(key), "filename=\"s\"", text("the word to be found " + key))
                .text("sha256");
        var file = folder.resolve(sha256.substring(0, 2)).resolve(sha256);

        var raw = Files.readAllBytes(file);

        assertThat(new String(raw, StandardCharsets.ISO_8859_1)).doesNotContain("the word to be found");
        raw[raw.length - 1] ^= 1;
        Files.write(file, raw);
        assertThatThrownBy(() -> content(file)).hasMessageContaining("Tag mismatch");
        assertThat(sealedFiles.keyOf(file)).isEqualTo(sealedFiles.newest());
        assertThatThrownBy(() -> sealedFiles.open(file, "0".repeat(64))).hasMessageContaining("was changed");
    }

    @Test
    void a_file_from_before_encryption_is_served_and_then_encrypted() throws IOException {
        var made = support.upload(path(key), "filename=\"old\"", text("kept since long " + key));
        var sha256 = made.text("sha256");
        var file = folder.resolve(sha256.substring(0, 2)).resolve(sha256);
        Files.writeString(file, "kept since long " + key);
        database.sql("update work.content set key = -1 where sha256 = :sha256")
                .param("sha256", sha256)
                .update();

        var before = support.download(made.header("Location")).body();
        transaction.executeWithoutResult(open -> {
            while (contents.renew(100) > 0) {
                assertThat(contents.perKey()).isNotEmpty();
            }
        });

        assertThat(before).isEqualTo(text("kept since long " + key));
        assertThat(sealedFiles.keyOf(file)).isEqualTo(sealedFiles.newest());
        assertThat(support.download(made.header("Location")).body()).isEqualTo(before);
        assertThat(contents.perKey()).containsOnlyKeys(sealedFiles.newest());
    }

    @Test
    void what_is_too_large_or_empty_is_refused_and_leaves_nothing() throws IOException {
        var before = files();
        var events = ledger.eventsOf("item:" + key).size();

        assertThat(support.upload(path(key), "filename=\"e\"", new byte[0]).status())
                .isEqualTo(400);
        var large = support.upload(path(key), "filename=\"l\"", new byte[Blobs.LARGEST + 1]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text("code")).isEqualTo("too_large");
        assertThat(large.text("detail")).contains("25 MB");
        assertThat(support.upload(path(key), "filename=\"l\"", new byte[Blobs.LARGEST + 3_000_000])
                        .status())
                .isEqualTo(413);
        assertThat(support.post(path(key), Map.of("file", "x")).status()).isEqualTo(415);

        assertThat(files()).isEqualTo(before);
        assertThat(ledger.eventsOf("item:" + key)).hasSize(events);
    }

    @Test
    void the_largest_that_is_allowed_is_taken() {
        assertThat(support.upload(path(key), "filename=\"l\"", new byte[Blobs.LARGEST])
                        .status())
                .isEqualTo(201);
    }

    @Test
    void what_one_may_not_see_is_not_there() {
        var internal = reported(support);
        var other = reported(customer);
        var secret =
                support.upload(path(internal), "filename=\"s\"", text("secret")).text("id");

        assertThat(customer.get(path(internal)).status()).isEqualTo(404);
        assertThat(customer.get(path(internal) + "/" + secret).status()).isEqualTo(404);
        assertThat(customer.get(path(other) + "/" + secret).status()).isEqualTo(404);
        assertThat(customer.upload(path(internal), "filename=\"x\"", text("x")).status())
                .isEqualTo(404);
        assertThat(support.get(path("NONE-1")).status()).isEqualTo(404);
        assertThat(support.get(path(key) + "/not-an-id").status()).isEqualTo(404);
        assertThat(support.get(path(internal) + "/" + secret).status()).isEqualTo(200);
    }

    @Test
    void a_transaction_that_fails_leaves_only_a_file_that_is_swept_when_it_is_old() throws IOException {
        var _ = attachments.sweep();
        var kept = support.upload(path(key), "filename=\"kept\"", text("kept " + key))
                .text("sha256");
        transaction.executeWithoutResult(status -> {
            var _ = attachments.attach(key, file("lost.txt", text("lost " + key)), false, actor("support"));
            status.setRollbackOnly();
        });
        var orphan = files().stream()
                .filter(file -> content(file).equals("lost " + key))
                .findFirst()
                .orElseThrow();

        assertThat(names()).containsExactly("kept");
        Files.setLastModifiedTime(orphan, FileTime.from(clock.instant()));
        var young = attachments.sweep();
        age(orphan);
        age(folder.resolve(kept.substring(0, 2)).resolve(kept));
        var old = attachments.sweep();

        assertThat(young).isZero();
        assertThat(old).isEqualTo(1);
        assertThat(orphan).doesNotExist();
        assertThat(folder.resolve(kept.substring(0, 2)).resolve(kept)).exists();
    }

    @Test
    void a_report_comes_with_its_files_or_not_at_all() {
        var sam = actor("support");
        var entered = Map.of(
                "product", product, "title", "Totals differ by a cent", "severity", "high", "steps", "Add them up");
        var before = items(sam);

        var refused = reportPages.report(
                "bug", entered, List.of(file("empty.txt", new byte[0])), sam, new RedirectAttributesModelMap());
        var after = items(sam);
        var accepted = reportPages.report(
                "bug",
                entered,
                List.of(file("", new byte[0]), file("sum.csv", text("1,2"))),
                sam,
                new RedirectAttributesModelMap());

        assertThat(((ReportPage) refused).form().errors().getFirst().says()).contains("empty");
        assertThat(after).isEqualTo(before);
        var made = String.valueOf(accepted).substring("redirect:/items/".length());
        assertThat(support.get(path(made)).json().get(0).get("name").stringValue())
                .isEqualTo("sum.csv");
    }

    @Test
    void the_page_takes_files_and_shows_them() {
        var sam = actor("support");

        var none = recordPages.attach(key, null, sam, new RedirectAttributesModelMap());
        var done = recordPages.attach(
                key,
                List.of(file("a.txt", text("a")), file("b.txt", text("bb"))),
                sam,
                new RedirectAttributesModelMap());

        assertThat(((RecordPage) none).status().value()).isEqualTo(400);
        assertThat(done).isEqualTo("redirect:/items/" + key);
        var shown = desk.page(key, Map.of(), sam).documents().attachments();
        assertThat(shown).extracting(RecordPage.Document::name).containsExactlyInAnyOrder("a.txt", "b.txt");
        assertThat(shown).allSatisfy(one -> assertThat(one.href()).startsWith("/items/" + key + "/attachments/"));
    }

    private long items(Actor actor) {
        return support.find("product:" + product).json().get("items").size();
    }

    private Event last() {
        return ledger.eventsOf("item:" + key).getLast();
    }

    private List<String> names() {
        return support.get(path(key))
                .json()
                .valueStream()
                .map(one -> one.get("name"))
                .map(JsonNode::stringValue)
                .toList();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofDays(2))));
    }

    private String content(Path file) {
        try (var content = sealedFiles.open(file, file.getFileName().toString())) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private String reported(Api reporter) {
        return reporter.post(
                        "/items",
                        Map.of(
                                "type",
                                "bug",
                                "product",
                                product,
                                "title",
                                "It crashes",
                                "fields",
                                Map.of("severity", "high", "steps", "Open it")))
                .text("key");
    }

    private static String path(String item) {
        return "/items/" + item + "/attachments";
    }

    private static MultipartFile file(String name, byte[] content) {
        return new MockMultipartFile("file", name, "image/png", content);
    }

    private static Actor actor(String role) {
        return new Actor("person:00000000-0000-7000-8000-000000000001", role, Set.of(role), "page");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int count, long seed) {
        var bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
