package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.work.JoinedActs.Ready;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private static final int ACTS = 12;

    private final ConcurrentLinkedQueue<List<String>> written = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> alone = new ConcurrentLinkedQueue<>();
    private final CountDownLatch underWay = new CountDownLatch(ACTS);
    private final CountDownLatch letGo = new CountDownLatch(1);

    @Test
    void nobody_else_at_work_an_act_goes_alone() {
        var together = new Together(acts -> items(acts));

        var item = together.act(Optional::empty, () -> item("APP-1"));

        assertThat(item.key()).isEqualTo("APP-1");
        assertThat(written).isEmpty();
    }

    @Test
    void what_comes_while_somebody_writes_is_written_together_next() throws Exception {
        var items = atOnce(acts -> items(acts));

        assertThat(items).extracting(Item::key).containsExactlyElementsOf(keys());
        assertThat(written.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(written).anyMatch(some -> some.size() > 1);
        assertThat(alone).isEmpty();
    }

    @Test
    void what_others_hold_goes_alone_and_the_rest_together() throws Exception {
        var items = atOnce(acts -> acts.stream()
                .map(act -> act.key().equals("APP-3") ? Optional.<Item>empty() : Optional.of(item(act.key())))
                .toList());

        assertThat(items).extracting(Item::key).containsExactlyElementsOf(keys());
        assertThat(alone).containsExactly("APP-3");
    }

    @Test
    void when_nothing_lasts_each_goes_alone() throws Exception {
        var items = atOnce(acts -> Collections.nCopies(acts.size(), Optional.empty()));

        assertThat(items).extracting(Item::key).containsExactlyElementsOf(keys());
        assertThat(alone).containsExactlyInAnyOrderElementsOf(keys());
    }

    @Test
    void when_nobody_knows_whether_it_lasts_everybody_is_told_and_nobody_does_it_again() {
        assertThatThrownBy(() -> atOnce(acts -> {
                    throw new IllegalStateException("the connection is gone");
                }))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("the connection is gone");
        assertThat(alone).isEmpty();
    }

    @Test
    void whoever_writes_may_end_in_any_way_and_nobody_waits_for_it() throws Exception {
        var dying = new AtomicBoolean(true);
        var together = new Together(acts -> {
            if (dying.get()) {
                throw new StackOverflowError("the writer is gone");
            }
            return items(acts);
        });
        Callable<Item> act = () -> together.act(() -> ready("APP-1"), () -> item("APP-2"));

        assertThatThrownBy(() -> beside(together, act)).hasRootCauseInstanceOf(StackOverflowError.class);
        dying.set(false);

        assertThat(beside(together, act).key()).isEqualTo("APP-1");
        assertThatThrownBy(() -> atOnce(acts -> {
                    throw new StackOverflowError("the writer is gone");
                }))
                .isInstanceOf(ExecutionException.class);
        assertThat(alone).isEmpty();
    }

    @Test
    void who_is_interrupted_while_waiting_waits_for_what_becomes_of_the_act() throws Exception {
        var together = new Together(acts -> items(acts));

        var item = beside(together, () -> {
            Thread.currentThread().interrupt();
            return together.act(() -> ready("APP-1"), () -> item("APP-2"));
        });

        assertThat(item.key()).isEqualTo("APP-1");
    }

    /// While another act is under way.
    private <T> T beside(Together together, Callable<T> act) throws Exception {
        var begun = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        try (var threads = Executors.newCachedThreadPool()) {
            var other = threads.submit(() -> together.act(Optional::empty, () -> {
                begun.countDown();
                await(over);
                return item("APP-0");
            }));
            await(begun);
            try {
                return threads.submit(act).get(30, TimeUnit.SECONDS);
            } finally {
                over.countDown();
                other.get(30, TimeUnit.SECONDS);
            }
        }
    }

    /// One act is under way, so that all the others come together; who writes first waits for the last of them.
    private List<Item> atOnce(Function<List<Ready>, List<Optional<Item>>> writing) throws Exception {
        var together = new Together(acts -> {
            await(underWay);
            written.add(acts.stream().map(Ready::key).toList());
            return writing.apply(acts);
        });
        var begun = new CompletableFuture<Void>();
        try (var threads = Executors.newCachedThreadPool()) {
            var other = threads.submit(() -> together.act(Optional::empty, () -> {
                begun.complete(null);
                await(letGo);
                return item("APP-0");
            }));
            begun.get(30, TimeUnit.SECONDS);
            var acts = keys().stream()
                    .<Callable<Item>>map(key -> () -> together.act(() -> ready(key), () -> {
                        alone.add(key);
                        return item(key);
                    }))
                    .toList();
            var items = new ArrayList<Item>();
            try {
                for (var one : threads.invokeAll(acts)) {
                    items.add(one.get());
                }
            } finally {
                letGo.countDown();
            }
            other.get(30, TimeUnit.SECONDS);
            return items;
        }
    }

    private Optional<Ready> ready(String key) {
        underWay.countDown();
        var event = new NewEvent(
                Instant.EPOCH,
                "system:test",
                "api",
                "item.report",
                "item:" + key,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                Map.of());
        return Optional.of(new Ready(null, event));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static List<String> keys() {
        return IntStream.rangeClosed(1, ACTS)
                .mapToObj(number -> "APP-" + number)
                .toList();
    }

    private static List<Optional<Item>> items(List<Ready> acts) {
        return acts.stream().map(act -> Optional.of(item(act.key()))).toList();
    }

    private static Item item(String key) {
        return new Item(
                key,
                "bug",
                "APP",
                "Title",
                "",
                "reported",
                Map.of(),
                null,
                "system:test",
                Instant.EPOCH,
                Instant.EPOCH,
                "1",
                1,
                null,
                null,
                null);
    }
}
