package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.SecondNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two nodes on one database, both moving the same bugs at the same moment: 100 of them, or as many as
/// `-Drace.transitions=10000` asks for.
@ConductTest
class TwoNodesRaceTest {

    private static final int BUGS = Integer.getInteger("race.transitions", 100);
    private static final int LANES = 4;

    private final ConfigurableApplicationContext context;
    private final Items items;
    private final JdbcClient database;
    private final Cast cast;

    TwoNodesRaceTest(
            ConfigurableApplicationContext context,
            Items items,
            Products products,
            People people,
            JdbcClient database) {
        this.context = context;
        this.items = items;
        this.database = database;
        this.cast = new Cast(items, products, people);
    }

    private record Tally(int won, int lost) {}

    @Test
    void each_bug_is_moved_by_one_of_two_nodes() throws Exception {
        var bugs = new ArrayList<String>();
        for (var n = 0; n < BUGS; n++) {
            bugs.add(cast.reported("Raced for, number " + n, Map.of("severity", "low"))
                    .key());
        }
        try (var second = SecondNode.beside(context, Map.of());
                var runners = Executors.newFixedThreadPool(2 * LANES)) {
            var theirs = second.bean(Items.class);
            var began = System.nanoTime();
            var running = new ArrayList<Future<Tally>>();
            for (var lane = 0; lane < LANES; lane++) {
                var first = lane;
                var mine = bugs.stream()
                        .filter(bug -> bugs.indexOf(bug) % LANES == first)
                        .toList();
                var start = new CyclicBarrier(2);
                running.add(runners.submit(racing(items, mine, start)));
                running.add(runners.submit(racing(theirs, mine, start)));
            }
            var won = new int[2];
            var lost = 0;
            for (var n = 0; n < running.size(); n++) {
                var tally = running.get(n).get();
                won[n % 2] += tally.won();
                lost += tally.lost();
            }

            System.out.printf(
                    "Of %d transitions this node won %d, the other %d, in %.1f s%n",
                    BUGS, won[0], won[1], (System.nanoTime() - began) / 1e9);
            assertThat(won[0] + won[1]).isEqualTo(BUGS);
            assertThat(lost).isEqualTo(BUGS);
            assertThat(database.sql("""
                            select count(*) as events, count(distinct object) as bugs
                              from ledger.event join work.item on 'item:' || item.key = event.object
                             where item.product = :product and item.state = 'rejected'
                               and event.action = 'item.transition' and event.outcome = 'success'
                            """)
                            .param("product", cast.product)
                            .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
                            .single())
                    .containsExactly((long) BUGS, (long) BUGS);
        }
    }

    private Callable<Tally> racing(Items door, List<String> bugs, CyclicBarrier start) {
        return () -> {
            var won = 0;
            var lost = 0;
            for (var bug : bugs) {
                if (moves(door, bug, start)) {
                    won++;
                } else {
                    lost++;
                }
            }
            return new Tally(won, lost);
        };
    }

    private boolean moves(Items door, String bug, CyclicBarrier start)
            throws InterruptedException, BrokenBarrierException {
        start.await();
        try {
            var moved = door.move(
                    new Items.Move(bug, "reject", Map.of("reason", "rejected"), null, null, null, null), cast.sam);
            return moved.state().equals("rejected");
        } catch (Problem refused) {
            assertThat(refused.status()).isIn(403, 409, 412);
            return false;
        }
    }
}
