package dev.conduct.ledger;

import dev.conduct.kernel.Background;
import dev.conduct.kernel.Outbound;
import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.Proofs;
import dev.conduct.ledger.verify.WitnessKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Offers each new checkpoint to the witnesses (`conduct.ledger.witnesses`: `URL KEY`, several with commas), and
/// keeps what they sign. One that knows of more than we hold, or of something else, has found what nothing on this
/// machine could: the database and the file of checkpoints were rolled back together.
@Component
class Witnesses extends Background {

    private static final Logger log = LoggerFactory.getLogger(Witnesses.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final JdbcTemplate jdbc;
    private final SignedNotes notes;
    private final LedgerKeys keys;
    private final LedgerState state;
    private final Outbound outbound;
    private final InstantSource time;
    private final List<One> all;

    private record One(URI address, WitnessKey key) {}

    private record Last(long size, Instant at) {}

    Witnesses(
            JdbcTemplate jdbc,
            SignedNotes notes,
            LedgerKeys keys,
            LedgerState state,
            Outbound outbound,
            InstantSource time,
            @Value("${conduct.ledger.witnesses:}") String witnesses) {
        super("ledger-witnesses", "ask the witnesses", !witnesses.isBlank());
        this.jdbc = jdbc;
        this.notes = notes;
        this.keys = keys;
        this.state = state;
        this.outbound = outbound;
        this.time = time;
        this.all = Stream.of(witnesses.split(","))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Witnesses::read)
                .toList();
    }

    private static One read(String line) {
        var parts = line.split("\\s+");
        if (parts.length != 2) {
            throw new IllegalArgumentException("conduct.ledger.witnesses holds '" + line + "'; write URL KEY");
        }
        return new One(URI.create(parts[0].replaceAll("/+$", "") + "/add-checkpoint"), WitnessKey.parse(parts[1]));
    }

    @Override
    protected Duration round() {
        offer();
        return BETWEEN;
    }

    /// Offers the last checkpoint to every witness that has not seen it, or not for an hour.
    void offer() {
        for (var witness : all) {
            try {
                var note = notes.last();
                if (note.isPresent()) {
                    offer(witness, note.get());
                }
            } catch (IOException | DataAccessException e) {
                log.warn("The witness {} could not be asked: {}", witness.key().name(), e.getMessage());
            }
        }
    }

    private void offer(One witness, String note) throws IOException {
        var checkpoint = Checkpoint.opened(note, keys.log().verifier());
        var last = last(witness);
        if (last.size() == checkpoint.size() && last.at().plus(FRESH).isAfter(time.instant())) {
            return;
        }
        var answer = ask(witness, last.size(), checkpoint, note);
        if (answer.status() == 409) {
            var known = answer.body().strip();
            if (!known.matches("\\d{1,18}")
                    || Long.parseLong(known) > checkpoint.size()
                    || Long.parseLong(known) == last.size()) {
                contradicted(witness, checkpoint, "has seen " + known);
                return;
            }
            answer = ask(witness, Long.parseLong(known), checkpoint, note);
        }
        switch (answer.status()) {
            case 200 -> keep(witness, checkpoint, note, answer.body());
            case 422 -> contradicted(witness, checkpoint, "has seen another history");
            default -> log.warn("The witness {} answered {}", witness.key().name(), answer.status());
        }
    }

    private Outbound.Answer ask(One witness, long old, Checkpoint checkpoint, String note) throws IOException {
        var body = new StringBuilder("old " + old + "\n");
        for (var hash : Proofs.consistency(old, checkpoint.size(), new Tiles(jdbc))) {
            body.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        var bytes = body.append('\n').append(note).toString().getBytes(StandardCharsets.UTF_8);
        return outbound.post(witness.address(), "text/plain; charset=utf-8", bytes, PATIENCE);
    }

    private void keep(One witness, Checkpoint checkpoint, String note, String lines) {
        var line = lines.lines()
                .map(one -> one + "\n")
                .filter(one -> witness.key().saw(note + one).isPresent())
                .findFirst();
        if (line.isEmpty()) {
            log.warn(
                    "The witness {} answered with another signature than its key makes",
                    witness.key().name());
            return;
        }
        jdbc.update(
                "insert into ledger.cosignature (size, witness, cosigned_at, line) values (?, ?, ?::timestamptz, ?)"
                        + " on conflict do nothing",
                checkpoint.size(),
                witness.key().name(),
                witness.key().saw(note + line.get()).orElseThrow().toString(),
                line.get());
    }

    private void contradicted(One witness, Checkpoint checkpoint, String what) {
        state.rolledBack("The witness " + witness.key().name() + " " + what + "; this ledger holds " + checkpoint.size()
                + " events. The database and its checkpoints were rolled back, or rewritten.");
    }

    /// What each of them has seen, in the order of the settings.
    List<WitnessSeen> seen() {
        return all.stream()
                .map(witness -> {
                    var last = last(witness);
                    return new WitnessSeen(
                            witness.key().name(),
                            witness.address().getHost(),
                            last.size(),
                            last.size() == 0 ? null : last.at());
                })
                .toList();
    }

    private Last last(One witness) {
        return jdbc
                .query(
                        "select size, cosigned_at from ledger.cosignature where witness = ?"
                                + " order by size desc, cosigned_at desc limit 1",
                        (row, number) ->
                                new Last(row.getLong(1), row.getTimestamp(2).toInstant()),
                        witness.key().name())
                .stream()
                .findFirst()
                .orElse(new Last(0, Instant.EPOCH));
    }
}
