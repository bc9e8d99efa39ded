package dev.conduct.quality;

import dev.conduct.database.Readers;
import dev.conduct.kernel.Background;
import dev.conduct.kernel.Ids;
import dev.conduct.quality.ChangeRows.Count;
import dev.conduct.quality.ChangeRows.Due;
import dev.conduct.quality.ChangedLines.Counted;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.work.CodeHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts what of its changed lines the tests of a commit ran, once coverage of it has come and a mirror has the
/// commit, whichever is later. A commit that no mirror has after a week is not looked for any more.
@Component
class ChangeCounting extends Background implements ScheduledWork {

    static final String COUNT = "count-changed-lines";

    private static final Duration LOOKED_FOR = Duration.ofDays(7);
    private static final int AT_ONCE = 100;

    private final ChangeRows rows;
    private final CoverageRows coverage;
    private final CodeHistory history;
    private final Readers readers;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private volatile @Nullable Instant counted;

    ChangeCounting(
            ChangeRows rows,
            CoverageRows coverage,
            CodeHistory history,
            Readers readers,
            InstantSource time,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("changed-lines", "count changed lines", automatic);
        this.rows = rows;
        this.coverage = coverage;
        this.history = history;
        this.readers = readers;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration round() {
        countDue();
        return Duration.ofMinutes(1);
    }

    void countDue() {
        var now = time.instant();
        var known = new HashMap<String, Boolean>();
        for (var due : rows.due(now.minus(LOOKED_FOR), AT_ONCE)) {
            if (known.computeIfAbsent(due.product(), history::knows)) {
                count(due, now.truncatedTo(ChronoUnit.MILLIS));
            }
        }
        counted = now;
    }

    private void count(Due due, Instant now) {
        history.changed(due.product(), due.commit(), "").ifPresent(changed -> {
            var names = coverage.paths(due.run());
            var told = ChangedLines.told(changed.lines().keySet(), names);
            var found = of(due, changed, told);
            var trouble = !changed.whole() ? "too_large" : told.isEmpty() && strange(due, names) ? "paths" : "";
            transaction.executeWithoutResult(unused -> rows.add(
                    due,
                    new Count(
                            Ids.next(now),
                            due.run(),
                            due.report(),
                            due.commit(),
                            due.build(),
                            changed.base(),
                            changed.against(),
                            trouble,
                            found.changed(),
                            found.lines(),
                            found.covered(),
                            found.unknown(),
                            now),
                    found.files()));
        });
    }

    private Counted of(Due due, CodeHistory.Changed changed, Map<String, String> told) {
        var bits = coverage.bits(due.run(), told.values());
        told.values().removeIf(name -> !bits.containsKey(name));
        return ChangedLines.count(changed.lines(), told, name -> java.util.Objects.requireNonNull(bits.get(name)));
    }

    /// Whether the coverage names its files in a way in which none of the repository is found.
    private boolean strange(Due due, Set<String> names) {
        return ChangedLines.told(history.files(due.product(), due.commit()), names)
                .isEmpty();
    }

    @Override
    public List<Work> work() {
        return List.of(new Work(COUNT, "Count changed lines that tests ran", counted, null, null));
    }

    @Override
    public boolean now(String id) {
        return readers.system(() -> {
            if (!id.equals(COUNT)) {
                return false;
            }
            countDue();
            return true;
        });
    }
}
