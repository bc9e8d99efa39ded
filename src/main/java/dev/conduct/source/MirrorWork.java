package dev.conduct.source;

import dev.conduct.database.Readers;
import dev.conduct.kernel.Background;
import dev.conduct.ledger.Outcome;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.shell.SystemReading;
import dev.conduct.shell.Words;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Fetches mirrors every quarter of an hour, or when a hook said so, ties their history to items, and tries once a week
/// whether each can be restored; what came of that is in the ledger.
@Component
class MirrorWork extends Background implements ScheduledWork, SystemReading {

    static final String FETCH = "fetch-mirrors-of-repositories";
    static final String CHECK = "try-whether-mirrors-can-be-restored";

    private static final Logger log = LoggerFactory.getLogger(MirrorWork.class);
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final Duration CHECKED_EVERY = Duration.ofDays(7);
    private static final int AT_ONCE = 200;

    private final Mirrors mirrors;
    private final MirrorRows rows;
    private final Repositories repositories;
    private final Commits commits;
    private final Telling telling;
    private final Readers readers;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private volatile @Nullable Instant fetched;
    private volatile @Nullable Instant checked;

    MirrorWork(
            Mirrors mirrors,
            MirrorRows rows,
            Repositories repositories,
            Commits commits,
            Telling telling,
            Readers readers,
            InstantSource time,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("mirrors", "fetch mirrors of repositories", automatic);
        this.mirrors = mirrors;
        this.rows = rows;
        this.repositories = repositories;
        this.commits = commits;
        this.telling = telling;
        this.readers = readers;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration round() {
        fetchDue();
        checkDue();
        return Duration.ofMinutes(1);
    }

    void fetchDue() {
        var now = time.instant();
        rows.begin(now);
        for (var due = rows.due(now, now.plus(EVERY)); due.isPresent(); due = rows.due(now, now.plus(EVERY))) {
            fetch(repositories.known(due.get()));
        }
        fetched = now;
    }

    void checkDue() {
        var now = time.instant();
        var before = now.minus(CHECKED_EVERY);
        for (var due = rows.unchecked(before); due.isPresent(); due = rows.unchecked(before)) {
            check(due.get());
        }
        checked = now;
    }

    private void fetch(Repository repository) {
        try {
            var found = mirrors.fetch(repository, repositories.token(repository).orElse(null), time.instant());
            var main = commits.mainBranch(repository, found.mainBranch());
            var known = rows.find(repository.id()).map(MirrorRows.Mirror::heads).orElse(List.of());
            for (var part : mirrors.history(repository.id(), main, found.heads(), known)) {
                take(repository, part, part.branch().equals(main));
            }
            found.heads().forEach((name, head) -> commits.branch(repository.id(), name, head, time.instant()));
            rows.fetched(repository.id(), found.heads().values(), time.instant());
        } catch (IOException | RuntimeException failed) {
            log.warn("The repository {} could not be mirrored: {}", repository.id(), failed.toString());
            rows.failed(repository.id(), Json.line(String.valueOf(failed.getMessage())));
        }
    }

    private void take(Repository repository, Mirrors.Found part, boolean main) {
        for (var from = 0; from < part.commits().size(); from += AT_ONCE) {
            var some = part.commits()
                    .subList(from, Math.min(from + AT_ONCE, part.commits().size()));
            transaction.executeWithoutResult(unused ->
                    commits.take(repository, part.branch(), some, commit -> main ? commit.at() : null, time.instant()));
        }
    }

    private void check(UUID repository) {
        var data = new java.util.TreeMap<String, Object>();
        var says = new ArrayList<String>();
        var objects = 0L;
        try {
            var sound = RestoreCheck.of(mirrors.place(repository));
            objects = sound.objects();
            data.put("objects", objects);
            data.put("refs", sound.refs());
        } catch (IOException | RuntimeException broken) {
            // Git's files may be broken in any way: one that cannot even be read is not restorable, and said so.
            log.error("MIRROR_CHECK {} {}", repository, broken.getMessage());
            says.add(Json.line(String.valueOf(broken.getMessage())));
        }
        var hashed = objects;
        transaction.executeWithoutResult(unused -> {
            rows.checked(repository, says.isEmpty(), hashed, String.join(" ", says), time.instant());
            telling.tell(
                    repository,
                    "mirror.check",
                    time.instant(),
                    Telling.ACTOR,
                    "scheduler",
                    says.isEmpty() ? Outcome.SUCCESS : Outcome.ERROR,
                    data,
                    says.isEmpty() ? Map.of() : Map.of("says", String.join(" ", says)));
        });
    }

    @Override
    public List<Work> work() {
        return List.of(
                new Work(FETCH, "Fetch mirrors of repositories", fetched, null, null),
                new Work(CHECK, "Try whether mirrors can be restored", checked, null, null));
    }

    @Override
    public boolean now(String id) {
        return readers.system(() -> {
            if (id.equals(FETCH)) {
                fetchDue();
            } else if (id.equals(CHECK)) {
                checkDue();
            } else {
                return false;
            }
            return true;
        });
    }

    @Override
    public List<Reading> readings(Words words) {
        var count = rows.count();
        var well = count.troubled() == 0 && count.unsound() == 0;
        var says = words.count(count.mirrors(), "mirror", "mirrors")
                + (well ? "" : ", " + count.troubled() + " not fetched, " + count.unsound() + " not restorable");
        return List.of(new Reading(
                "Repositories",
                "Mirrors",
                says,
                count.mirrors() == 0 ? null : well ? "clear" : "stop",
                "/admin/repositories"));
    }
}
