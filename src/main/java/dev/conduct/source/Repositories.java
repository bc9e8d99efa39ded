package dev.conduct.source;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Secrets;
import dev.conduct.ledger.Outcome;
import dev.conduct.work.Products;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The repositories that administrators have connected, and the secrets their webhooks sign with.
@Component
class Repositories {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST = 500;
    private static final int TOKEN = 4_000;
    private static final int NAME = 100;
    private static final Pattern BRANCH = Pattern.compile("[^\\s~^:?*\\[\\\\]{0,200}");
    private static final String SELECT = """
            select id, product, name, host, url, main_branch, active, refused, refused_at, refused_why
              from source.repository
            """;

    private final JdbcClient database;
    private final Secrets secrets;
    private final Products products;
    private final Telling telling;
    private final MirrorAddress addresses;
    private final Connected connected;
    private final Readers readers;
    private final InstantSource time;

    Repositories(
            JdbcClient database,
            Secrets secrets,
            Products products,
            Telling telling,
            MirrorAddress addresses,
            Connected connected,
            Readers readers,
            InstantSource time) {
        this.database = database;
        this.secrets = secrets;
        this.products = products;
        this.telling = telling;
        this.addresses = addresses;
        this.connected = connected;
        this.readers = readers;
        this.time = time;
    }

    /// What an administrator typed.
    record Wanted(String product, String name, String host, String url, String mainBranch) {

        static final Wanted EMPTY = new Wanted("", "", "github", "", "");
    }

    /// @param secret in the clear, to be shown this once
    record Key(Repository repository, String secret) {}

    /// At most 500, by product and name: those that are connected first.
    List<Repository> all() {
        return database.sql(SELECT + " order by not active, product, name, host limit " + MOST)
                .query(Repositories::repository)
                .list();
    }

    Optional<Repository> find(UUID id) {
        return database.sql(SELECT + " where id = :id")
                .param("id", id)
                .query(Repositories::repository)
                .optional();
    }

    /// @throws Problem 404
    Repository known(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("This repository"));
    }

    /// The secret in the clear, for the check of a signature.
    String secret(UUID id) {
        return database.sql("select secret from source.repository where id = :id")
                .param("id", id)
                .query((row, number) -> secrets.open(row.getBytes("secret"), SourceSecrets.REPOSITORY, "secret", id))
                .single();
    }

    /// With what its mirror is fetched, empty for one that everybody may read.
    Optional<MirrorToken> token(Repository repository) {
        return database.sql("select token_user, token from source.repository where id = :id and token is not null")
                .param("id", repository.id())
                .query((row, number) -> new MirrorToken(
                        URI.create(repository.url()),
                        row.getString("token_user"),
                        secrets.open(row.getBytes("token"), SourceSecrets.REPOSITORY, "token", repository.id())))
                .optional();
    }

    /// Keeps the token with which its mirror is fetched, or forgets it.
    ///
    /// @param user the name that goes with it; hosts that want none take any
    /// @param token empty: it is forgotten
    /// @throws Problem 400 naming what is wrong, 404 without the repository
    @Transactional
    void give(UUID id, String user, String token, Actor by) {
        var repository = known(id);
        var word = token.strip();
        if (!word.isEmpty() && !"https".equals(URI.create(repository.url()).getScheme())) {
            throw Problem.badInput("token", "not_https", "goes over https alone, and this address is another.");
        }
        if (word.length() > TOKEN
                || user.length() > NAME
                || !(user + word).chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw Problem.badInput(
                    "token", "not_a_token", "and the name with it are letters, digits and signs without spaces.");
        }
        var name = user.isBlank() ? "token" : user;
        database.sql("update source.repository set token_user = :user, token = :token where id = :id")
                .param("user", word.isEmpty() ? "" : name)
                .param("token", word.isEmpty() ? null : secrets.seal(word, SourceSecrets.REPOSITORY, "token", id))
                .param("id", id)
                .update();
        told(repository, word.isEmpty() ? "repository.forget_token" : "repository.give_token", by);
    }

    /// @throws Problem 400 naming each field that is not as it must be
    @Transactional
    Key add(Wanted wanted, Actor by) {
        var host = checked(wanted);
        if (database.sql("select count(*) from source.repository")
                        .query(Long.class)
                        .single()
                >= MOST) {
            throw Problem.conflict("too_many", "There are " + MOST + " repositories. Take away those not used.");
        }
        var id = Ids.next(time.instant());
        var secret = fresh(host);
        var added = database.sql("""
                        insert into source.repository (id, product, name, host, url, main_branch, secret, created_at)
                        values (:id, :product, :name, :host, :url, :main, :secret, :now)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("product", wanted.product())
                .param("name", wanted.name().strip())
                .param("host", host.word())
                .param("url", wanted.url().strip())
                .param("main", wanted.mainBranch().strip())
                .param("secret", sealed(id, secret))
                .param("now", Row.at(time.instant()))
                .update();
        if (added == 0) {
            throw Problem.badInput("name", "taken", "A repository of that name is connected to this product already.");
        }
        connected.changed();
        var repository = known(id);
        told(repository, "repository.add", by);
        return new Key(repository, secret);
    }

    /// A new secret in place of the old, which opens nothing any more.
    @Transactional
    Key renew(UUID id, Actor by) {
        var repository = known(id);
        var secret = fresh(repository.host());
        database.sql("update source.repository set secret = :secret where id = :id")
                .param("secret", sealed(id, secret))
                .param("id", id)
                .update();
        told(repository, "repository.renew_secret", by);
        return new Key(repository, secret);
    }

    /// Takes in its deliveries, or no longer. What it brought stays.
    @Transactional
    void activate(UUID id, boolean active, Actor by) {
        var changed = database.sql("update source.repository set active = :active where id = :id and active <> :active")
                .param("active", active)
                .param("id", id)
                .update();
        if (changed > 0) {
            told(known(id), active ? "repository.connect" : "repository.disconnect", by);
        }
    }

    /// Counts a delivery that was not believed.
    void refused(UUID id, String why) {
        var _ = readers.system(() -> database.sql("""
                        update source.repository set refused = refused + 1, refused_at = :now, refused_why = :why
                         where id = :id
                        """)
                .param("now", Row.at(time.instant()))
                .param("why", why)
                .param("id", id)
                .update());
    }

    private Host checked(Wanted wanted) {
        var faults = new ArrayList<FieldProblem>();
        if (products.find(wanted.product()).isEmpty()) {
            faults.add(new FieldProblem("product", "unknown", "Choose the product whose code it holds."));
        }
        if (wanted.name().isBlank()) {
            faults.add(new FieldProblem("name", "missing", "Give it a name, for example as the host writes it."));
        }
        if (!BRANCH.matcher(wanted.mainBranch().strip()).matches()) {
            faults.add(new FieldProblem("main_branch", "not_a_branch", "That cannot be the name of a branch."));
        }
        var host = Host.of(wanted.host());
        if (host.isEmpty()) {
            faults.add(new FieldProblem("host", "unknown", "Choose who tells of the code."));
        }
        var url = wanted.url().strip();
        if (url.isEmpty() ? host.equals(Optional.of(Host.GIT)) : !isAddress(url)) {
            faults.add(new FieldProblem("url", "not_an_address", addresses.says()));
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        PlainText.checked("name", wanted.name().strip(), 200);
        return host.orElseThrow();
    }

    private boolean isAddress(String url) {
        try {
            return url.length() <= 500 && addresses.allows(URI.create(url));
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private byte[] sealed(UUID id, String secret) {
        return secrets.seal(secret, SourceSecrets.REPOSITORY, "secret", id);
    }

    /// GitLab signs with what follows `whsec_`, as Standard Webhooks say; the others with the text as it is.
    private static String fresh(Host host) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return host == Host.GITLAB
                ? Signatures.STANDARD + Base64.getEncoder().encodeToString(bytes)
                : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void told(Repository repository, String action, Actor by) {
        telling.tell(
                repository.id(),
                action,
                time.instant(),
                by.id(),
                by.via(),
                Outcome.SUCCESS,
                Map.of(
                        "product",
                        repository.product(),
                        "host",
                        repository.host().word()),
                Map.of("name", repository.name(), "url", repository.url()));
    }

    static Repository repository(ResultSet row, int number) throws SQLException {
        return new Repository(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("name"),
                Host.of(row.getString("host")).orElseThrow(),
                row.getString("url"),
                row.getString("main_branch"),
                row.getBoolean("active"),
                row.getLong("refused"),
                Row.instantOrNull(row, "refused_at"),
                row.getString("refused_why"));
    }
}
