package dev.conduct.source;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Records what is evidence about a repository, in the transaction of its caller: who connected it, verdicts of
/// reviews, finished runs, merges, and what checks of its mirror found. Pushes and commits are not: git keeps them.
@Component
class Telling {

    /// As which the hosts' own words are recorded.
    static final String ACTOR = "system:source";

    private final JdbcClient database;
    private final Ledger ledger;

    Telling(JdbcClient database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    void tell(UUID repository, String action, Instant at, Map<String, Object> data, Map<String, String> words) {
        tell(repository, action, at, ACTOR, "api", Outcome.SUCCESS, data, words);
    }

    void tell(
            UUID repository,
            String action,
            Instant at,
            String actor,
            String via,
            Outcome outcome,
            Map<String, Object> data,
            Map<String, String> words) {
        var version = database.sql(
                        "update source.repository set version = version + 1 where id = :id returning version - 1")
                .param("id", repository)
                .query(Long.class)
                .single();
        ledger.append(new NewEvent(
                at, actor, via, action, "repository:" + repository, version, outcome, null, null, data, words));
    }
}
