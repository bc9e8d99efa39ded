package dev.conduct.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is known of pull and merge requests, their reviews and the runs of CI. Each tale counts by the host's own
/// time of it: an older one changes nothing, a merge is final, and a run that ended does not run again.
@Component
class Changes {

    private final JdbcClient database;
    private final Identities identities;
    private final Logins logins;
    private final Ties ties;
    private final Telling telling;
    private final InstantSource time;

    Changes(JdbcClient database, Identities identities, Logins logins, Ties ties, Telling telling, InstantSource time) {
        this.database = database;
        this.identities = identities;
        this.logins = logins;
        this.ties = ties;
        this.telling = telling;
        this.time = time;
    }

    /// @return false when something newer was told before
    boolean take(Repository repository, Tale.Change told) {
        var merged = isMerged(repository.id(), told.number());
        var keeps = keepsAuthor(repository.id(), told);
        var changed = database.sql("""
                        insert into source.change as known
                               (repository, number, title, state, author_id, branch, target, head, merge_commit,
                                url, opened_at, told_at, merged_at, keyed)
                        values (:repository, :number, :title, :state, :author, :branch, :target, :head, :merge, :url,
                                :opened, :told, :merged, false)
                        on conflict (repository, number) do update
                           set title = excluded.title, state = excluded.state,
                               author = case when :keeps then known.author end,
                               person = case when :keeps then known.person end,
                               author_id = case when :keeps then known.author_id else excluded.author_id end,
                               branch = excluded.branch, target = excluded.target, head = excluded.head,
                               merge_commit = coalesce(excluded.merge_commit, known.merge_commit),
                               url = excluded.url, told_at = excluded.told_at,
                               merged_at = coalesce(excluded.merged_at, known.merged_at)
                         where excluded.told_at >= known.told_at
                           and (known.state <> 'merged' or excluded.state = 'merged')
                        """)
                .param("repository", repository.id())
                .param("number", told.number())
                .param("title", told.title())
                .param("state", word(told.state()))
                .param("author", keeps ? null : author(repository.host(), told.author()))
                .param("keeps", keeps)
                .param("branch", told.branch())
                .param("target", told.target())
                .param("head", told.head())
                .param("merge", told.mergeCommit())
                .param("url", told.url())
                .param("opened", Row.at(told.openedAt()))
                .param("told", Row.at(told.at()))
                .param("merged", Row.atOrNull(told.mergedAt()))
                .update();
        ties.tie(
                repository.id(),
                "change",
                String.valueOf(told.number()),
                ties.mentioned().branch(told.branch()).title(told.title()).message(told.text()));
        attribute(repository.id(), told);
        ties.settleChange(repository.id(), told.number());
        if (changed > 0 && told.state() == Tale.State.MERGED && !merged) {
            tellOfMerge(repository, told);
        }
        return changed > 0;
    }

    /// Whether the change has an author already, who is not made again by being told: they may have been erased. A
    /// number makes way for a login.
    private boolean keepsAuthor(UUID repository, Tale.Change told) {
        return database.sql("select c.author, " + Logins.COLUMNS + """
                          from source.change c left join source.author w on w.id = c.author_id
                         where c.repository = :repository and c.number = :number
                        """)
                .param("repository", repository)
                .param("number", told.number())
                .query((row, number) -> logins.read(row, "author"))
                .optional()
                .filter(known -> !known.isEmpty())
                .filter(known ->
                        told.author().startsWith(GitlabTales.UNKNOWN) || !known.startsWith(GitlabTales.UNKNOWN))
                .isPresent();
    }

    /// Whether it was told before and its reviewer erased since.
    private boolean ofSomebodyErased(UUID repository, Tale.Review told) {
        return database.sql("""
                        select exists (select from source.review v join source.author w on w.id = v.reviewer_id
                                        where v.repository = :repository and v.change = :change and v.commit = :commit
                                          and v.at = :at and w.sealed is null)
                        """)
                .param("repository", repository)
                .param("change", told.change().number())
                .param("commit", told.commit())
                .param("at", Row.at(told.at()))
                .query(Boolean.class)
                .single();
    }

    private @Nullable UUID author(Host host, String login) {
        return logins.known(host, login, "", identities.named(host, login).orElse(null));
    }

    private boolean isMerged(UUID repository, long number) {
        return database.sql("""
                        select exists (select from source.change
                                        where repository = :repository and number = :number and state = 'merged')
                        """)
                .param("repository", repository)
                .param("number", number)
                .query(Boolean.class)
                .single();
    }

    /// The commits that were pushed before the change was opened, and the one that merged it.
    private void attribute(UUID repository, Tale.Change told) {
        database.sql("""
                        update source.commit set change = :number
                         where repository = :repository and change is null
                           and (sha = :head or sha = :merge
                                or branch = :branch and branch <> :target and merged_at is null)
                        """)
                .param("number", told.number())
                .param("repository", repository)
                .param("head", told.head())
                .param("merge", told.mergeCommit() == null ? "" : told.mergeCommit())
                .param("branch", told.branch())
                .param("target", told.target())
                .update();
    }

    private void tellOfMerge(Repository repository, Tale.Change told) {
        var data = new TreeMap<String, Object>();
        data.put("number", told.number());
        data.put("head", told.head());
        data.put("commit", told.mergeCommit() == null ? told.head() : told.mergeCommit());
        data.put("target", told.target());
        data.put("items", items(repository.id(), told.number()));
        telling.tell(
                repository.id(),
                "change.merge",
                past(told.mergedAt() == null ? told.at() : told.mergedAt()),
                data,
                Map.of());
    }

    /// @return false when a newer verdict of the reviewer was told before
    boolean take(Repository repository, Tale.Review told) {
        take(repository, told.change());
        if (ofSomebodyErased(repository.id(), told)) {
            return false;
        }
        var person = identities.person(repository.host(), told.reviewer());
        var changed = database.sql("""
                        insert into source.review as known (repository, change, reviewer_id, person, commit, verdict, at)
                        values (:repository, :change, :reviewer, :person, :commit, :verdict, :at)
                        on conflict (repository, change, commit, reviewer_id, reviewer) do update
                           set verdict = excluded.verdict, at = excluded.at, person = excluded.person
                         where excluded.at > known.at
                            or excluded.at = known.at and known.verdict <> 'withdrawn'
                               and excluded.verdict <> known.verdict
                        """)
                .param("repository", repository.id())
                .param("change", told.change().number())
                .param("reviewer", logins.known(repository.host(), told.reviewer(), "", person))
                .param("person", person)
                .param("commit", told.commit())
                .param("verdict", word(told.verdict()))
                .param("at", Row.at(told.at()))
                .update();
        if (changed > 0) {
            var data = new TreeMap<String, Object>();
            data.put("number", told.change().number());
            data.put("commit", told.commit());
            data.put("verdict", word(told.verdict()));
            data.put("reviewer", person);
            data.put("items", items(repository.id(), told.change().number()));
            telling.tell(repository.id(), "change.review", past(told.at()), data, Map.of());
        }
        return changed > 0;
    }

    /// @return false when something newer of this run was told before
    boolean take(Repository repository, Tale.Run told) {
        var ended = told.came() == Tale.Came.PASSED || told.came() == Tale.Came.FAILED;
        var changed = database.sql("""
                        insert into source.run as known
                               (repository, name, number, attempt, commit, state, url, began_at, told_at)
                        values (:repository, :name, :number, :attempt, :commit, :state, :url, :began, :told)
                        on conflict (repository, name, number) do update
                           set attempt = excluded.attempt, commit = excluded.commit, state = excluded.state,
                               url = excluded.url, began_at = excluded.began_at, told_at = excluded.told_at
                         where excluded.attempt > known.attempt
                            or excluded.attempt = known.attempt
                               and (known.state = 'running'
                                    or excluded.state <> 'running' and excluded.told_at > known.told_at)
                        """)
                .param("repository", repository.id())
                .param("name", told.name())
                .param("number", told.number())
                .param("attempt", told.attempt())
                .param("commit", told.commit())
                .param("state", word(told.came()))
                .param("url", told.url())
                .param("began", Row.at(told.beganAt()))
                .param("told", Row.at(told.at()))
                .update();
        if (changed > 0 && ended) {
            telling.tell(
                    repository.id(),
                    "ci.run",
                    past(told.at()),
                    new TreeMap<>(Map.of(
                            "commit",
                            told.commit(),
                            "passed",
                            told.came() == Tale.Came.PASSED,
                            "number",
                            told.number(),
                            "attempt",
                            (long) told.attempt())),
                    Map.of("name", told.name()));
        }
        return changed > 0;
    }

    private List<String> items(UUID repository, long number) {
        return ties.items(repository, "change", String.valueOf(number));
    }

    /// When the host's clock is ahead of ours, what it tells happened now.
    private Instant past(Instant told) {
        var now = time.instant();
        return told.isAfter(now) ? now : told;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
