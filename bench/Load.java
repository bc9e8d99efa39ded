import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A closed loop: N connections, each sends its next request when the last one is answered, for a while, then stops.
final class Load {

    /// The compiler has seen an operation after so many; before that its work is measured, not ours.
    private static final int WARM = 2_000;

    private static final long MOST_WARMING_UP = 20_000_000_000L;

    /// One operation; throws when the answer is not the expected one.
    interface Operation {
        void run() throws Exception;

        /// Makes up what `run` has used, before the clock starts.
        default void prepare() throws Exception {}

        /// True when there is nothing left to use up: this connection is done.
        default boolean exhausted() {
            return false;
        }
    }

    /// Makes the operation of one connection, which it alone uses.
    interface Worker {
        Operation open(int number) throws Exception;
    }

    private Load() {}

    /// @param meter what the machine spends meanwhile
    static Figures run(String what, int connections, int seconds, Worker worker, Meter meter) throws Exception {
        return run(what, connections, seconds, WARM, worker, meter);
    }

    /// @param enough operations before the clock starts: fewer where others have warmed most of the way up
    static Figures run(String what, int connections, int seconds, int enough, Worker worker, Meter meter)
            throws Exception {
        var operations = new ArrayList<Operation>();
        for (var i = 0; i < connections; i++) {
            operations.add(worker.open(i));
        }
        var until = System.nanoTime() + MOST_WARMING_UP;
        var warm = 0L;
        do {
            warm += once(what, operations, 250L * seconds, meter).operations();
        } while (warm < enough && System.nanoTime() < until);
        return once(what, operations, 1_000L * seconds, meter);
    }

    private static Figures once(String what, List<Operation> operations, long millis, Meter meter) throws Exception {
        var connections = operations.size();
        var errors = new AtomicLong();
        var latencies = new long[connections][];
        together(connections, number -> refill(operations.get(number)));
        var spent = meter.read();
        var began = System.nanoTime();
        var until = began + millis * 1_000_000L;
        together(connections, number -> latencies[number] = loop(operations.get(number), until, errors));
        var took = (System.nanoTime() - began) / 1e9;
        var all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).toArray();
        return Figures.of(what, connections, all, took, meter.read().since(spent), errors.get());
    }

    private static void together(int connections, java.util.function.IntConsumer each) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < connections; i++) {
            var number = i;
            threads.add(Thread.ofPlatform().start(() -> each.accept(number)));
        }
        for (var thread : threads) {
            thread.join();
        }
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
        while (System.nanoTime() < until && !operation.exhausted()) {
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
