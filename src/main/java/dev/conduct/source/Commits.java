package dev.conduct.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What is known of commits and branches. A commit never changes; that it reached the main branch, and by which change,
/// is learnt and never unlearnt.
@Component
class Commits {

    private final JdbcClient database;
    private final Identities identities;
    private final Logins logins;
    private final Ties ties;

    Commits(JdbcClient database, Identities identities, Logins logins, Ties ties) {
        this.database = database;
        this.identities = identities;
        this.logins = logins;
        this.ties = ties;
    }

    /// Takes in commits that stand on a branch.
    ///
    /// @param merged when each reached the main branch, null when it did not
    /// @return how many were not known before
    int take(
            Repository repository,
            String branch,
            List<Tale.Commit> commits,
            Function<Tale.Commit, @Nullable Instant> merged,
            Instant seenAt) {
        var products = ties.keys();
        var authors = new HashMap<String, Optional<UUID>>();
        var known = known(repository.id(), commits);
        var fresh = 0;
        for (var commit : commits) {
            // Read again, a commit brings back nobody who was erased.
            var author = known.contains(commit.sha())
                    ? Optional.<UUID>empty()
                    : authors.computeIfAbsent(
                            commit.author() + " " + commit.email(), unused -> author(repository.host(), commit));
            var mergedAt = merged.apply(commit);
            fresh += save(repository.id(), branch, commit, author.orElse(null), mergedAt, seenAt);
            var mentioned = new Mentioned(products);
            if (mergedAt == null) {
                mentioned.branch(branch);
            }
            ties.tie(
                    repository.id(),
                    "commit",
                    commit.sha(),
                    mentioned.title(title(commit)).message(commit.message()));
        }
        var shas = commits.stream().map(Tale.Commit::sha).toList();
        ties.settleCommits(repository.id(), shas);
        attribute(repository, shas);
        return fresh;
    }

    private Set<String> known(UUID repository, List<Tale.Commit> commits) {
        return new HashSet<>(
                database.sql("select sha from source.commit where repository = :repository and sha = any(:shas)")
                        .param("repository", repository)
                        .param("shas", commits.stream().map(Tale.Commit::sha).toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    private Optional<UUID> author(Host host, Tale.Commit commit) {
        var person = identities.author(host, commit.author(), commit.email());
        return Optional.ofNullable(logins.known(host, commit.author(), commit.email(), person));
    }

    private int save(
            UUID repository,
            String branch,
            Tale.Commit commit,
            @Nullable UUID author,
            @Nullable Instant mergedAt,
            Instant seenAt) {
        return database.sql("""
                        insert into source.commit as known
                               (repository, sha, title, author_id, branch, merges, committed_at, seen_at,
                                merged_at, keyed)
                        values (:repository, :sha, :title, :author, :branch, :merges, :at, :seen,
                                :merged, false)
                        on conflict (repository, sha) do update
                           set merged_at = coalesce(known.merged_at, excluded.merged_at)
                         where known.merged_at is null and excluded.merged_at is not null
                        returning (xmax = 0)::int
                        """)
                .param("repository", repository)
                .param("sha", commit.sha())
                .param("title", title(commit))
                .param("author", author)
                .param("branch", branch)
                .param("merges", merges(commit))
                .param("at", Row.at(commit.at()))
                .param("seen", Row.at(seenAt))
                .param("merged", Row.atOrNull(mergedAt))
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /// By which change each came: the one it merges or heads, or the open one of the branch it was first seen on.
    private void attribute(Repository repository, List<String> shas) {
        database.sql("""
                        update source.commit c
                           set change = (
                               select max(h.number) from source.change h
                                where h.repository = c.repository
                                  and (left(h.merge_commit, 7) = left(c.sha, 7) and h.merge_commit = c.sha
                                       or left(h.head, 7) = left(c.sha, 7) and h.head = c.sha
                                       or h.branch = c.branch and h.state = 'open' and h.branch <> h.target
                                          and c.merged_at is null))
                         where c.repository = :repository and c.sha = any(:shas) and c.change is null
                        """)
                .param("repository", repository.id())
                .param("shas", shas.toArray(String[]::new))
                .update();
        database.sql("select distinct change from source.commit"
                        + " where repository = :repository and sha = any(:shas) and change is not null")
                .param("repository", repository.id())
                .param("shas", shas.toArray(String[]::new))
                .query(Long.class)
                .list()
                .forEach(number -> ties.settleChange(repository.id(), number));
    }

    /// Where a branch stands, unless something newer was told.
    void branch(UUID repository, String name, @Nullable String head, Instant at) {
        database.sql("""
                        insert into source.branch as known (repository, name, head, told_at)
                        values (:repository, :name, :head, :at)
                        on conflict (repository, name) do update set head = excluded.head, told_at = excluded.told_at
                         where excluded.told_at >= known.told_at
                        """)
                .param("repository", repository)
                .param("name", name)
                .param("head", head)
                .param("at", Row.at(at))
                .update();
    }

    /// The main branch as its host names it, where nobody has named one.
    String mainBranch(Repository repository, String told) {
        if (!repository.mainBranch().isEmpty() || told.isEmpty()) {
            return repository.mainBranch();
        }
        database.sql("update source.repository set main_branch = :told where id = :id and main_branch = ''")
                .param("told", told)
                .param("id", repository.id())
                .update();
        return told;
    }

    private static String title(Tale.Commit commit) {
        return Json.line(commit.message().lines().findFirst().orElse(""));
    }

    /// Hosts do not say how many parents a commit has; those who merge by them leave the words they give.
    private static boolean merges(Tale.Commit commit) {
        return commit.parents() > 1
                || commit.parents() == 0
                        && commit.message().matches("(?s)Merge (branch|pull request|remote-tracking|tag) .*");
    }
}
