package dev.conduct.work;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// The numbers of new items, each given once. One at a time, so that the keys of a product follow each other; while
/// many are reported at once, several in one go: what is left over goes back when it is quiet again, so that only a
/// crash leaves a gap.
@Component
class Numbers {

    private static final long MANY = Duration.ofSeconds(1).toNanos() / 50;
    private static final long QUIET = Duration.ofSeconds(1).toNanos();
    private static final int TOGETHER = 16;

    private final NumberRows rows;
    private final Map<String, Block> blocks = new ConcurrentHashMap<>();

    Numbers(NumberRows rows) {
        this.rows = rows;
    }

    /// Empty when there is no such product. Commits for itself: call it outside of a transaction.
    OptionalLong next(String product) {
        var known = blocks.get(product);
        if (known == null) {
            var first = rows.number(product, 1, true);
            first.ifPresent(number -> blocks.putIfAbsent(product, new Block(product)));
            return first;
        }
        return known.next();
    }

    @PreDestroy
    void giveBack() {
        blocks.values().forEach(Block::giveBack);
    }

    /// The numbers of one product that are taken and not yet given.
    private final class Block {

        private final String product;
        private long next;
        private long end;
        private long lastAt = System.nanoTime();
        private long between = QUIET;

        Block(String product) {
            this.product = product;
        }

        synchronized OptionalLong next() {
            var now = System.nanoTime();
            var since = now - lastAt;
            lastAt = now;
            between = since > QUIET ? QUIET : (between * 15 + since) / 16;
            if (since > QUIET) {
                giveBack();
            }
            if (next == end) {
                var many = between < MANY ? TOGETHER : 1;
                var first = rows.number(product, many, true);
                if (first.isEmpty()) {
                    return first;
                }
                next = first.getAsLong();
                end = next + many;
            }
            return OptionalLong.of(next++);
        }

        synchronized void giveBack() {
            if (next < end) {
                rows.giveBack(product, next, end);
                next = end;
            }
        }
    }
}
