package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.kernel.Problem;
import dev.conduct.support.TestClock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Guessing cannot take the machine's memory: two hashes at once, a few wait, the rest is told to come back.
class PasswordQueueTest {

    @Test
    void two_are_computed_at_once_sixteen_wait_and_the_next_is_told_to_come_back() throws Exception {
        var slow = new SlowHash();
        var passwords = new Passwords(JdbcClient.create(new SimpleDriverDataSource()), new TestClock(), slow);
        try (var threads = Executors.newFixedThreadPool(18)) {
            var tries = new ArrayList<Future<Boolean>>();
            for (var i = 0; i < 18; i++) {
                tries.add(threads.submit(() -> passwords.matches("a password", "a hash")));
            }
            Awaitility.await().until(() -> slow.begun.get() == 2 && passwords.waiting() == 16);

            var refused = refusal(() -> passwords.matches("one too many", "a hash"));

            assertThat(refused).map(Problem::status).hasValue(429);
            slow.release.countDown();
            for (var one : tries) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(slow.most.get()).isEqualTo(2);
        assertThat(slow.begun.get()).isEqualTo(18);
    }

    private static Optional<Problem> refusal(Runnable act) {
        try {
            act.run();
            return Optional.empty();
        } catch (Problem refused) {
            return Optional.of(refused);
        }
    }

    /// Computes until it is let go, and counts how many did so at the same time.
    private static final class SlowHash implements PasswordEncoder {

        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public String encode(@Nullable CharSequence password) {
            return "hash";
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            begun.incrementAndGet();
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                release.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            now.decrementAndGet();
            return true;
        }
    }
}
