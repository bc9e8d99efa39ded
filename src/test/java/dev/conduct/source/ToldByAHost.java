package dev.conduct.source;

import dev.conduct.identity.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/// Lets a test of another module hear a host tell of somebody's code, and say who somebody is there.
public final class ToldByAHost {

    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    private final ApplicationContext context;
    private final Repository repository;

    public ToldByAHost(ApplicationContext context, String product, Actor by) {
        this.context = context;
        this.repository = context.getBean(Repositories.class)
                .add(new Repositories.Wanted(product, "octo/" + product, "github", "", "main"), by)
                .repository();
    }

    public void named(String login, Actor whose, Actor by) {
        context.getBean(Identities.class).say("github", login, whose.id(), by);
    }

    /// A commit on the main branch that names no item.
    public ToldByAHost pushed(String sha, String author, String email) {
        var commit = new Tale.Commit(sha, "Mend it", author, email, 1, AT);
        return told(new Tale.Push("main", sha, List.of(commit), 0, "main", AT));
    }

    /// A change that this login opened, and approved.
    public ToldByAHost reviewed(String sha, String login) {
        var change = new Tale.Change(
                7, "Mend it", "", Tale.State.MERGED, login, "fix", "main", sha, sha, login, "", AT, AT, AT);
        return told(new Tale.Review(change, login, sha, Tale.Verdict.APPROVED, AT));
    }

    private ToldByAHost told(Tale tale) {
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(open -> context.getBean(Chronicle.class).take(repository, tale, AT));
        return this;
    }

    /// Who wrote what reached the main branch without an item, as the page names them.
    public List<String> authors(Actor reader) {
        return context.getBean(Unkeyed.class).page(repository.product(), null, reader).items().stream()
                .map(Unkeyed.Work::author)
                .toList();
    }

    /// All of this login, in rows as they were written before logins were encrypted.
    public void asBefore(Connection owner, String login, String person) throws SQLException {
        try (var statement = owner.createStatement()) {
            for (var sql : List.of(
                    "update source.commit set author = '%s', person = '%s', author_id = null where repository = '%s'",
                    "update source.change set author = '%s', person = '%s', author_id = null where repository = '%s'",
                    "update source.review set reviewer = '%s', person = '%s', reviewer_id = null where repository = '%s'",
                    "insert into source.account values ('github', '%s', '%s')",
                    "delete from source.author where '%s' <> '' and person = '%s'")) {
                statement.executeUpdate(sql.formatted(login, person, repository.id()));
            }
        }
    }

    /// Whom the host's login is, as an administrator said.
    public List<String> whose(String login) {
        return context.getBean(Identities.class).all().stream()
                .filter(account -> account.login().equals(login))
                .map(Identities.Account::person)
                .toList();
    }
}
