package dev.conduct.work;

import dev.conduct.procedure.Adoption;
import dev.conduct.procedure.Procedures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes open items that nobody touches into each version of the procedure as it comes into force, by the event their
/// next act would have brought along. What was taken is what no longer names the former version: after a fall it goes
/// on from there, and several nodes pass over what another holds. Ended items wait for their next act.
@Component
public class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    static final int AT_ONCE = 100;
    private static final int BATCHES_AT_ONCE = 10;
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofSeconds(1);
    private static final Duration UNTIL_BROKEN_IS_TRIED_AGAIN = Duration.ofMinutes(1);

    /// Until then another node may not have heard of the version, or be writing by the one before.
    private static final Duration SETTLES = Duration.ofSeconds(10);

    private final Door door;
    private final ItemRows rows;
    private final Procedures procedures;
    private final Set<String> broken = new HashSet<>();
    private String settled = "";
    private Instant brokenUntil = Instant.MIN;

    Migrations(Door door, ItemRows rows, Procedures procedures) {
        this.door = door;
        this.rows = rows;
        this.procedures = procedures;
    }

    /// Open items of one type in one state that one version judged so far: they move together, or stay together.
    record Alike(String procedure, String type, String state) {}

    /// Takes along what is to move now, some of it when it is much.
    ///
    /// @return when to look again, null when no version is to come
    public synchronized @Nullable Instant moveDue(Instant now) {
        var next = nextVersion(now);
        var inForce = procedures.at(now).version();
        if (inForce.equals(settled)) {
            return next;
        }
        if (!now.isBefore(brokenUntil)) {
            broken.clear();
        }
        var moved = moveSome(now);
        if (moved > 0) {
            return now;
        }
        if (!moving(now).isEmpty()) {
            return earlier(next, broken.isEmpty() ? now.plus(UNTIL_TRIED_AGAIN) : brokenUntil);
        }
        var settles = effective(inForce).plus(SETTLES);
        if (now.isBefore(settles)) {
            return earlier(next, settles);
        }
        settled = inForce;
        return next;
    }

    private int moveSome(Instant now) {
        var moved = 0;
        var batches = 0;
        for (var alike : moving(now)) {
            var many = AT_ONCE;
            while (many == AT_ONCE && batches < BATCHES_AT_ONCE) {
                many = move(alike);
                moved += many;
                batches++;
            }
        }
        return moved;
    }

    private List<Alike> moving(Instant now) {
        return rows.openAlike(procedures.at(now).version()).stream()
                .filter(alike -> Migrating.moves(procedures, alike.procedure(), alike.type(), alike.state(), now))
                .toList();
    }

    /// @return how many were looked at
    private int move(Alike alike) {
        var keys = new ArrayList<String>();
        try {
            return door.through(() -> {
                var held = rows.lockFree(alike, broken, AT_ONCE);
                held.forEach(item -> keys.add(item.key()));
                door.migrate(held);
                return held.size();
            });
        } catch (RuntimeException failed) {
            if (keys.isEmpty()) {
                throw failed;
            }
            keys.forEach(this::moveAlone);
            return keys.size();
        }
    }

    private void moveAlone(String key) {
        try {
            door.through(() -> {
                var held = rows.lockIfFree(key).stream().toList();
                door.migrate(held);
                return held;
            });
        } catch (RuntimeException failed) {
            log.error("{} could not be taken into the procedure in force", key, failed);
            broken.add(key);
            brokenUntil = door.now().plus(UNTIL_BROKEN_IS_TRIED_AGAIN);
        }
    }

    private Instant effective(String version) {
        return procedures.history().stream()
                .filter(adoption -> adoption.version().equals(version))
                .map(Adoption::effective)
                .findFirst()
                .orElse(Instant.MIN);
    }

    private @Nullable Instant nextVersion(Instant now) {
        return procedures.history().stream()
                .map(Adoption::effective)
                .filter(effective -> effective.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one != null && one.isBefore(other) ? one : other;
    }
}
