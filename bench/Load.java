import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// A closed loop: N connections, each sends its next request when the last one is answered, for a while, then stops.
final class Load {

    /// One operation; throws when the answer is not the expected one.
    interface Operation {
        void run() throws Exception;

        /// Makes what `run` uses up, before the clock starts.
        default void prepare() throws Exception {}

        /// True when there is nothing left to use up: the loop refills it with the clock stopped.
        default boolean exhausted() {
            return false;
        }
    }

    /// Makes the operation of one connection, which it alone uses.
    interface Worker {
        Operation open(int number) throws Exception;
    }

    private Load() {}

    static Figures run(String what, int connections, int seconds, Worker worker) throws Exception {
        var warmUp = Math.max(1, seconds / 4);
        once(what, connections, warmUp, worker);
        return once(what, connections, seconds, worker);
    }

    private static Figures once(String what, int connections, int seconds, Worker worker) throws Exception {
        var errors = new AtomicLong();
        var latencies = new long[connections][];
        var threads = new ArrayList<Thread>();
        var until = System.nanoTime() + seconds * 1_000_000_000L;
        for (var i = 0; i < connections; i++) {
            var number = i;
            var operation = worker.open(number);
            threads.add(Thread.ofPlatform().start(() -> latencies[number] = loop(operation, until, errors)));
        }
        for (var thread : threads) {
            thread.join();
        }
        var all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).toArray();
        // Time spent refilling belongs to no operation, so the rate comes from what the connections were busy with.
        var busy = Arrays.stream(all).sum() / 1e9 / connections;
        return Figures.of(what, connections, all, busy, errors.get());
    }

    private static void refill(Operation operation) {
        try {
            operation.prepare();
        } catch (Exception failed) {
            throw new IllegalStateException("could not prepare: " + failed.getMessage(), failed);
        }
    }

    private static long[] loop(Operation operation, long until, AtomicLong errors) {
        var nanos = new long[1024];
        var count = 0;
        while (System.nanoTime() < until) {
            if (operation.exhausted()) {
                refill(operation);
            }
            var from = System.nanoTime();
            try {
                operation.run();
            } catch (Exception failed) {
                if (errors.getAndIncrement() == 0) {
                    System.err.println("  first error: " + failed.getMessage());
                }
                continue;
            }
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, count * 2);
            }
            nanos[count++] = System.nanoTime() - from;
        }
        return Arrays.copyOf(nanos, count);
    }
}
