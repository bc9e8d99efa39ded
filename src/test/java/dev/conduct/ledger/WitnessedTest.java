package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Outbound;
import dev.conduct.kernel.OutboundDoor;
import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.ledger.verify.WitnessKey;
import dev.conduct.support.ConductTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/// A witness in a process of its own, and a server that it watches.
@ConductTest(properties = "test.alone=WitnessedTest")
class WitnessedTest {

    private final Ledger ledger;
    private final Bundles bundles;
    private final LedgerController api;
    private final JdbcTemplate jdbc;
    private final SignedNotes notes;
    private final LedgerKeys keys;
    private final InstantSource time;

    @TempDir
    private Path folder;

    WitnessedTest(
            Ledger ledger,
            Bundles bundles,
            LedgerController api,
            JdbcTemplate jdbc,
            SignedNotes notes,
            LedgerKeys keys,
            InstantSource time) {
        this.ledger = ledger;
        this.bundles = bundles;
        this.api = api;
        this.jdbc = jdbc;
        this.notes = notes;
        this.keys = keys;
        this.time = time;
    }

    @Test
    void a_witness_puts_its_name_to_one_history_only_also_after_it_was_killed() throws Exception {
        var state = new LedgerState();
        record(3);
        try (var witness = Running.begin(folder, keys)) {
            witnesses(witness, state).offer();
            var first = WitnessKey.parse(witness.key);
            assertThat(first.saw(api.checkpoint())).isPresent();
            witness.kill();
        }
        try (var witness = Running.begin(folder, keys)) {
            record(4);
            witnesses(witness, state).offer();
            var key = WitnessKey.parse(witness.key);
            var note = api.checkpoint();
            var seen = Checkpoint.opened(note, keys.log().verifier());
            assertThat(key.saw(note)).isPresent();
            assertThat(state.rollback()).isEmpty();

            var other = new Checkpoint(seen.origin(), seen.size(), Merkle.leaf(new byte[1])).signedBy(keys.log());
            assertThat(sent(witness, seen.size(), other)).isEqualTo(409);
            var later = new Checkpoint(seen.origin(), seen.size() + 1, Merkle.leaf(new byte[2])).signedBy(keys.log());
            assertThat(sent(witness, seen.size(), later)).isEqualTo(422);
            assertThat(sent(witness, seen.size(), later.replace(seen.origin(), "other")))
                    .isEqualTo(404);
            assertThat(sent(witness, seen.size(), later.replace("\n" + (seen.size() + 1) + "\n", "\n7\n")))
                    .isEqualTo(403);
            verifies(witness.key);
        }
    }

    @Test
    void a_witness_that_saw_more_than_is_there_stops_all_recording() throws Exception {
        record(1);
        try (var witness = Running.begin(folder, keys)) {
            var origin = keys.log().verifier().name();
            assertThat(sent(witness, 0, new Checkpoint(origin, 1_000_000, Merkle.empty()).signedBy(keys.log())))
                    .isEqualTo(200);
            var state = new LedgerState();

            witnesses(witness, state).offer();

            assertThat(state.rollback()).get().asString().contains("has seen 1000000");
            assertThatThrownBy(state::requireWritable).hasMessageContaining("Nothing can be recorded");
        }
    }

    @Test
    void a_private_address_is_asked_only_when_it_is_named() throws Exception {
        try (var witness = Running.begin(folder, keys)) {
            assertThatThrownBy(() -> OutboundDoor.to("elsewhere.example")
                            .post(URI.create(witness.address), "text/plain", new byte[0], Duration.ofSeconds(5)))
                    .isInstanceOf(Outbound.Refused.class)
                    .hasMessageContaining("127.0.0.1, which is a private address");
        }
    }

    private void verifies(String witness) throws IOException {
        var file = folder.resolve("bundle.zip");
        try (var out = Files.newOutputStream(file)) {
            bundles.whole(false, out);
        }
        var said = new ByteArrayOutputStream();
        var words = new PrintStream(said, true, StandardCharsets.UTF_8);
        assertThat(Verify.run(List.of("--witness", witness, file.toString()), words, words))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("\"cosigned\":");
        var stranger = new WitnessKey("stranger", new byte[32]).toString();
        assertThat(Verify.run(List.of("--witness", stranger, file.toString()), words, words))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("carries the name of the witness stranger");
    }

    private void record(int events) {
        for (var i = 0; i < events; i++) {
            ledger.appendAlone(LedgerFixture.event("item:WIT-1", i));
        }
        LedgerFixture.until(() -> Boolean.TRUE.equals(jdbc.queryForObject("""
                select not exists (select from ledger.pending)
                       and (select max(size) from ledger.checkpoint) = (select size from ledger.tree)
                """, Boolean.class)));
    }

    private Witnesses witnesses(Running witness, LedgerState state) {
        return new Witnesses(
                jdbc, notes, keys, state, OutboundDoor.to("127.0.0.1"), time, witness.address + " " + witness.key);
    }

    private static int sent(Running witness, long old, String note) throws IOException {
        var body = ("old " + old + "\n\n" + note).getBytes(StandardCharsets.UTF_8);
        return OutboundDoor.to("127.0.0.1")
                .post(URI.create(witness.address + "/add-checkpoint"), "text/plain", body, Duration.ofSeconds(5))
                .status();
    }

    private static final class Running implements AutoCloseable {

        private final Process process;
        private String address = "";
        private String key = "";

        private Running(Process process) {
            this.process = process;
        }

        static Running begin(Path folder, LedgerKeys keys) throws IOException {
            var out = Files.createTempFile(folder, "witness", ".out");
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    "target/classes",
                    Verify.class.getName(),
                    "witness",
                    "--port",
                    "0",
                    "--log",
                    keys.log().verifier().toString(),
                    "--folder",
                    folder.resolve("memory").toString()));
            var running = new Running(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readAllLines(out).size() >= 2);
            running.address = Files.readAllLines(out).getFirst().replaceAll(".* at ", "");
            running.key = Files.readAllLines(out).get(1);
            return running;
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }
}
