import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// A closed loop: N connections, each sends its next request when the last one is answered, for a while, then stops.
final class Load {

    /// One operation; throws when the answer is not the expected one.
    interface Operation {
        void run() throws Exception;
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
        var from = System.nanoTime();
        var until = from + seconds * 1_000_000_000L;
        for (var i = 0; i < connections; i++) {
            var number = i;
            var operation = worker.open(number);
            threads.add(Thread.ofPlatform().start(() -> latencies[number] = loop(operation, until, errors)));
        }
        for (var thread : threads) {
            thread.join();
        }
        var took = (System.nanoTime() - from) / 1e9;
        var all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).toArray();
        return Figures.of(what, connections, all, took, errors.get());
    }

    private static long[] loop(Operation operation, long until, AtomicLong errors) {
        var nanos = new long[1024];
        var count = 0;
        while (System.nanoTime() < until) {
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
