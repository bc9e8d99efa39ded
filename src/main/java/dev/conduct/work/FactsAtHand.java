package dev.conduct.work;

import dev.conduct.keys.KeysForgotten;
import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// What machines told for a page stays at hand until anything at all is written, by whatever node, and for two seconds
/// at most, since facts also age. After a change all pages that are open ask for the same records at once: the first
/// of them asks the sources, the others ask only whether the database still is what it was.
@Component
class FactsAtHand {

    private static final Duration LASTS = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final JdbcClient database;
    private volatile Known known = Known.at("", Instant.EPOCH);

    FactsAtHand(JdbcClient database) {
        this.database = database;
    }

    /// A question, whenever it is put.
    private record Asked(String item, String product, String component, String commit, Set<String> kinds) {

        static Asked of(Question question) {
            return new Asked(
                    question.item(), question.product(), question.component(), question.commit(), question.kinds());
        }
    }

    /// @param snapshot of the database, by which all of it was told
    private record Known(String snapshot, Instant at, Map<Asked, List<Case.Fact>> told) {

        static Known at(String snapshot, Instant at) {
            return new Known(snapshot, at, new ConcurrentHashMap<>());
        }

        boolean holds(String now, Instant moment) {
            return snapshot.equals(now)
                    && told.size() < MOST
                    && !moment.isBefore(at)
                    && moment.isBefore(at.plus(LASTS));
        }
    }

    /// @param questions all of one moment
    /// @param sources tell what is not at hand
    Map<Question, List<Case.Fact>> of(
            Set<Question> questions, Instant at, Function<Set<Question>, Map<Question, List<Case.Fact>>> sources) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return sources.apply(questions);
        }
        var snapshot = snapshot();
        var last = known;
        var current = last.holds(snapshot, at) ? last : Known.at(snapshot, at);
        var missing = new HashSet<Question>();
        var found = new HashMap<Question, List<Case.Fact>>();
        for (var question : questions) {
            var told = current.told().get(Asked.of(question));
            if (told == null) {
                missing.add(question);
            } else {
                found.put(question, told);
            }
        }
        if (!missing.isEmpty()) {
            var told = sources.apply(missing);
            found.putAll(told);
            // Otherwise nobody knows which of them were told before, and which after it.
            if (snapshot().equals(snapshot)) {
                missing.forEach(
                        question -> current.told().put(Asked.of(question), told.getOrDefault(question, List.of())));
                known = current;
            }
        }
        return found;
    }

    /// A key was destroyed, here or on another node: words of whoever was erased may be among it.
    @EventListener
    void forget(KeysForgotten destroyed) {
        known = Known.at("", Instant.EPOCH);
    }

    /// Which transactions have ended: as long as it is the same, nobody has written anything.
    private String snapshot() {
        return database.sql("select pg_current_snapshot()::text")
                .query(String.class)
                .single();
    }
}
