package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Proofs;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.support.ConductTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/// What an outsider gets, and does with it.
@ConductTest(properties = "test.alone=BundleTest")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BundleTest {

    private static final int EVENTS = 700;

    private final Ledger ledger;
    private final Bundles bundles;
    private final LedgerController api;
    private final TransactionTemplate transaction;
    private final LedgerFixture fixture;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("unset");

    BundleTest(
            Ledger ledger,
            Bundles bundles,
            LedgerController api,
            TransactionTemplate transaction,
            Environment environment) {
        this.ledger = ledger;
        this.bundles = bundles;
        this.api = api;
        this.transaction = transaction;
        this.fixture = new LedgerFixture(environment);
    }

    @BeforeAll
    void a_ledger_with_a_history() {
        transaction.executeWithoutResult(t -> ledger.appendAll(IntStream.range(0, EVENTS)
                .mapToObj(n -> LedgerFixture.event("item:APP-" + n % 9, n / 9))
                .toList()));
        LedgerFixture.until(() -> ledger.status().checkpointSize() >= EVENTS);
    }

    @Test
    void a_whole_log_holds_offline() throws IOException {
        assertThat(verify(whole())).isZero();
        assertThat(said()).contains("\"root\":\"" + ledger.status().root() + "\"");
    }

    @Test
    void a_selection_holds_offline() throws IOException {
        var file = folder.resolve("selection.zip");
        try (var out = Files.newOutputStream(file)) {
            bundles.of(ledger.eventsOf("item:APP-3"), out);
        }

        assertThat(verify(file, "--key", fixture.verifierKey().toString())).isZero();
        assertThat(said())
                .contains("\"entries\":" + ledger.eventsOf("item:APP-3").size());

        assertThat(verify(changed(file, "entries", text -> text.replaceFirst("triaged", "closed!"))))
                .isEqualTo(1);
        assertThat(said())
                .contains(
                        "\"entry\":" + ledger.eventsOf("item:APP-3").getFirst().entry())
                .contains("proof does not lead");
        assertThat(verify(changed(file, "entries", text -> text.replaceFirst("^\\d+\t", "9\t"))))
                .isEqualTo(1);
    }

    @Test
    void another_log_under_the_same_name_is_found_by_the_key() throws IOException {
        var other = "ops.example.com/audit+5f1b789b+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";

        assertThat(verify(whole(), "--key", other)).isEqualTo(1);
        assertThat(said()).contains("not with the key given");
    }

    @Test
    void five_attacks_on_a_bundle_are_found() throws IOException {
        var file = whole();

        finds(file, "entries", text -> line(text, 42, line -> line.replace("triaged", "closed!")), "\"entry\":42,");
        finds(
                file,
                "content",
                text -> line(text, 42, line -> line.replaceFirst("\t[^\t]*\n", "\tTm90aGluZw==\n")),
                "\"entry\":42,");
        finds(file, "entries", text -> line(text, 42, line -> ""), "\"entry\":42");
        finds(file, "entries", text -> line(text, 42, line -> line + line), "\"entry\":43");
        finds(file, "entries", BundleTest::exchanged, "\"entry\":42");
        finds(file, "entries", text -> text.substring(0, text.indexOf("\n690\t") + 1), "cut off");
        finds(file, "content", text -> text.replaceFirst("\t[^\t]*\n", "\tTm90aGluZw==\n"), "has other content");
        finds(
                file,
                "checkpoint",
                text -> text.replace("\n" + ledger.status().checkpointSize() + "\n", "\n5\n"),
                "no valid signature");
    }

    @Test
    void what_is_no_bundle_is_said_plainly() throws IOException {
        var file = Files.writeString(folder.resolve("no.zip"), "nothing");

        assertThat(verify(file)).isEqualTo(1);
        assertThat(said()).contains("is not a readable bundle");
        assertThat(verify(folder.resolve("absent.zip"))).isEqualTo(2);
    }

    @Test
    void the_api_gives_proofs_that_hold() throws IOException {
        var checkpoint = Checkpoint.opened(api.checkpoint(), fixture.verifierKey());
        var entry = api.entries(42, null, 1).items().getFirst();
        var leaf = Merkle.leaf(entry.entry().getBytes(StandardCharsets.UTF_8));
        var proof = api.proof(42, checkpoint.size());
        var consistency = api.consistency(300, checkpoint.size());

        assertThat(HexFormat.of().formatHex(leaf)).isEqualTo(entry.leaf()).isEqualTo(proof.leaf());
        assertThat(Proofs.includes(checkpoint.root(), checkpoint.size(), 42, leaf, bytes(proof.path())))
                .isTrue();
        assertThat(Proofs.consistent(
                        300,
                        HexFormat.of().parseHex(consistency.fromRoot()),
                        checkpoint.size(),
                        checkpoint.root(),
                        bytes(consistency.path())))
                .isTrue();
        assertThat(api.entries(0, null, null).next()).isEqualTo("200");
        assertThat(api.entries(EVENTS - 1, null, null).next()).isNull();
    }

    private Path whole() throws IOException {
        var file = folder.resolve("whole.zip");
        try (var out = Files.newOutputStream(file)) {
            bundles.whole(true, out);
        }
        return file;
    }

    private void finds(Path file, String part, UnaryOperator<String> attack, String words) throws IOException {
        assertThat(verify(changed(file, part, attack))).as(words).isEqualTo(1);
        assertThat(said()).contains(words);
    }

    private static String line(String text, int index, UnaryOperator<String> change) {
        var start = text.indexOf("\n" + index + "\t") + 1;
        var end = text.indexOf('\n', start) + 1;
        return text.substring(0, start) + change.apply(text.substring(start, end)) + text.substring(end);
    }

    private static String exchanged(String text) {
        return line(line(text, 42, line -> line.replaceFirst("42", "43")), 43, line -> line);
    }

    private Path changed(Path file, String part, UnaryOperator<String> change) throws IOException {
        var copy = folder.resolve("changed.zip");
        try (var in = new ZipFile(file.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(copy))) {
            in.stream().forEach(entry -> {
                try {
                    var bytes = in.getInputStream(entry).readAllBytes();
                    if (entry.getName().equals(part)) {
                        var text = new String(bytes, StandardCharsets.UTF_8);
                        var changed = change.apply(text);
                        assertThat(changed).isNotEqualTo(text);
                        bytes = changed.getBytes(StandardCharsets.UTF_8);
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return copy;
    }

    private int verify(Path file, String... more) {
        said.reset();
        var arguments = new java.util.ArrayList<>(List.of(more));
        arguments.add(file.toString());
        var to = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Verify.run(arguments, to, to);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static List<byte[]> bytes(List<String> hex) {
        return hex.stream().map(HexFormat.of()::parseHex).toList();
    }
}
