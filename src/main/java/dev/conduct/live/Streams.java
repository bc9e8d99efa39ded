package dev.conduct.live;

import dev.conduct.database.Hears;
import dev.conduct.kernel.Background;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// All open pages of this node, and the one thread that reads the ledger for them: once for all, when something was
/// sealed, and not at all while no page is open.
@Component
class Streams extends Background implements Hears {

    private static final int MOST = 10_000;
    private static final int AT_ONCE = 500;
    /// Whoever missed more is told that everything may have changed.
    private static final int CAUGHT_UP = 500;
    private static final Duration ALIVE = Duration.ofSeconds(25);

    private final Ledger ledger;
    private final Fanout fanout;
    private final int mostOfOne;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    /// The first entry no page was told of; guarded by this.
    private long next = -1;
    private long quiet = System.nanoTime();

    Streams(Ledger ledger, Fanout fanout, @Value("${conduct.live.pages-each:40}") int mostOfOne) {
        super("live-fanout", "tell open pages of changes", true);
        this.mostOfOne = mostOfOne;
        this.ledger = ledger;
        this.fanout = fanout;
    }

    /// @throws Problem 503 when this node keeps as many pages up to date as it can
    void requireRoom() {
        if (!isRunning() || streams.size() >= MOST) {
            throw Problem.unavailable(
                    "too_many_streams", "No more pages can be kept up to date here. Reload to see news.");
        }
    }

    /// @param since the first entry that the page has not seen, null when it has seen all
    void open(Stream stream, @Nullable Long since) {
        streams.stream()
                .filter(other -> other.reader().equals(stream.reader()))
                .skip(mostOfOne - 1L)
                .forEach(Stream::close);
        long joined;
        synchronized (this) {
            if (streams.isEmpty() || next < 0) {
                next = ledger.size();
            }
            joined = next;
            streams.add(stream);
        }
        stream.send(Frames.begin(since == null ? joined : Math.min(since, joined)));
        if (since != null && since < joined) {
            catchUp(stream, since, joined);
        }
        wake();
    }

    private void catchUp(Stream stream, long since, long joined) {
        if (since < 0 || joined - since > CAUGHT_UP) {
            stream.send(Frames.all(joined));
        } else {
            fanout.tell(ledger.sealedFrom(since, (int) (joined - since)), List.of(stream));
        }
    }

    void gone(Stream stream) {
        streams.remove(stream);
    }

    int open() {
        return streams.size();
    }

    Collection<Stream> all() {
        return streams;
    }

    @Override
    public String channel() {
        return Ledger.SEALED;
    }

    @Override
    public void heard(String said) {
        wake();
    }

    /// Before the web server waits for requests to end: these never do by themselves.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    @Override
    public void stop() {
        super.stop();
        streams.forEach(Stream::close);
    }

    @Override
    protected Duration round() {
        tellAll();
        if (System.nanoTime() - quiet >= ALIVE.toNanos()) {
            quiet = System.nanoTime();
            streams.forEach(stream -> stream.send(Frames.ALIVE));
        }
        return ALIVE;
    }

    private void tellAll() {
        while (isRunning() && !streams.isEmpty()) {
            Set<Stream> told;
            long from;
            synchronized (this) {
                from = next;
                told = Set.copyOf(streams);
            }
            var events = ledger.sealedFrom(from, AT_ONCE);
            if (events.isEmpty()) {
                restart(from);
                return;
            }
            fanout.tell(events, told);
            var after = java.util.Objects.requireNonNull(events.getLast().entry()) + 1;
            List<Stream> late;
            synchronized (this) {
                next = after;
                late = streams.stream().filter(stream -> !told.contains(stream)).toList();
            }
            // Whoever came in between was told to begin from before these.
            fanout.tell(events, late);
        }
    }

    /// A log that began anew is shorter than the one before it.
    private void restart(long from) {
        var size = ledger.size();
        synchronized (this) {
            if (size < from && next == from) {
                next = size;
            }
        }
    }
}
