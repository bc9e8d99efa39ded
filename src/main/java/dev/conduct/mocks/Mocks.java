package dev.conduct.mocks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.quality.SeenProducts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Writes, rewrites and retires the mocks of a product. Whoever may send reports of it may.
@Component
class Mocks {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient database;
    private final MockRows rows;
    private final List<Externals> externals;
    private final SeenProducts seen;
    private final Ledger ledger;
    private final InstantSource time;

    Mocks(
            JdbcClient database,
            MockRows rows,
            List<Externals> externals,
            SeenProducts seen,
            Ledger ledger,
            InstantSource time) {
        this.database = database;
        this.rows = rows;
        this.externals = externals;
        this.seen = seen;
        this.ledger = ledger;
        this.time = time;
    }

    /// @throws Problem 404 when it is not there, or not for this actor
    Mock find(String product, String name, Actor actor) {
        var _ = seen.find(product, actor);
        return rows.find(product, name).orElseThrow(() -> Problem.notFound("The mock " + name));
    }

    /// What mocks of the product may stand in for.
    List<Externals.External> externals(String product) {
        return externals.stream().flatMap(one -> one.of(product).stream()).toList();
    }

    /// A new mock, or a new version of one; the same mappings again make none. A retired one answers again.
    ///
    /// @param external name of a part of the catalogue
    /// @param before the version that was read, null: whatever is there
    /// @throws Problem 400 with each mistake, 403 for who may not, 404 without the product, 412 when somebody wrote
    ///     another version since
    @Transactional
    public Mock write(
            String product,
            String name,
            String external,
            Mappings.Read mappings,
            @Nullable Integer before,
            Actor actor) {
        seen.judge(product, actor);
        if (!NAME.matcher(name).matches() || name.equals("new")) {
            throw Problem.badInput("name", "not_a_name", "must be small letters, digits and dashes, at most 60.");
        }
        var stoodFor = externals(product).stream()
                .filter(one -> one.name().equalsIgnoreCase(external.strip()))
                .findFirst()
                .orElseThrow(() -> unknown(product, external));
        database.sql("select pg_advisory_xact_lock(hashtext(:key))")
                .param("key", "mocks " + product)
                .query(row -> {});
        var known = rows.find(product, name);
        var current = known.map(Mock::version).orElse(0);
        if (before != null && before.intValue() != current) {
            throw Problem.stale("The mock " + name, current);
        }
        if (known.isEmpty() && rows.of(product).size() >= MockRows.MOST) {
            throw Problem.conflict("too_many", "The product has " + MockRows.MOST + " mocks, which is the most.");
        }
        var digest = digest(mappings.content());
        var same = known.isPresent() && same(known.get(), digest);
        if (same && !known.get().retired() && known.get().external().equals(stoodFor.id())) {
            return known.get();
        }
        return keep(product, name, stoodFor, mappings, known, same ? current : current + 1, digest, actor);
    }

    private Mock keep(
            String product,
            String name,
            Externals.External external,
            Mappings.Read mappings,
            Optional<Mock> known,
            int version,
            byte[] digest,
            Actor actor) {
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = known.map(Mock::id).orElseGet(() -> Ids.next(now));
        database.sql("""
                        insert into mocks.mock (id, product, name, external, external_name, version, token, changed_at,
                                                changed_by)
                        values (:id, :product, :name, :external, :external_name, 1, :token, :now, :by)
                        on conflict (product, name) do update
                           set external = excluded.external, external_name = excluded.external_name,
                               version = :version, retired = false, changed_at = excluded.changed_at,
                               changed_by = excluded.changed_by
                        """)
                .param("id", id)
                .param("product", product)
                .param("name", name)
                .param("external", external.id())
                .param("external_name", external.name())
                .param("version", version)
                .param("token", token())
                .param("now", MockRows.at(now))
                .param("by", actor.id())
                .update();
        if (known.isEmpty() || known.get().version() != version) {
            database.sql("""
                            insert into mocks.version (mock, version, digest, content, stubs, written_at, written_by)
                            values (:mock, :version, :digest, :content, :stubs, :now, :by)
                            """)
                    .param("mock", id)
                    .param("version", version)
                    .param("digest", digest)
                    .param("content", mappings.content())
                    .param("stubs", mappings.stubs().size())
                    .param("now", MockRows.at(now))
                    .param("by", actor.id())
                    .update();
            begun(id);
        }
        tell(
                id,
                "mock.write",
                Map.of(
                        "product",
                        product,
                        "name",
                        name,
                        "version",
                        version,
                        "digest",
                        HexFormat.of().formatHex(digest),
                        "stubs",
                        mappings.stubs().size(),
                        "external",
                        external.id().toString()),
                Map.of("external_name", external.name()),
                actor);
        return rows.find(product, name).orElseThrow();
    }

    private Problem unknown(String product, String external) {
        var says = externals(product).isEmpty()
                ? "The catalogue of the product is empty. Enter there what the mock stands in for."
                : external.isBlank()
                        ? "Choose the part of the catalogue that it stands in for."
                        : "Nothing of the catalogue is called so. Choose one of it, or enter it there.";
        return Problem.badInput(List.of(new FieldProblem("external", "unknown", says)));
    }

    private boolean same(Mock known, byte[] digest) {
        return database.sql("select digest from mocks.version where mock = :mock and version = :version")
                .param("mock", known.id())
                .param("version", known.version())
                .query(byte[].class)
                .optional()
                .filter(before -> Arrays.equals(before, digest))
                .isPresent();
    }

    /// No longer answers. What it answered, and what runs say of it, stays.
    ///
    /// @throws Problem 403 for who may not, 404 without it
    @Transactional
    public void retire(String product, String name, Actor actor) {
        seen.judge(product, actor);
        var mock = find(product, name, actor);
        var retired = database.sql("update mocks.mock set retired = true where id = :id and not retired")
                .param("id", mock.id())
                .update();
        if (retired > 0) {
            tell(mock.id(), "mock.retire", Map.of("product", product, "name", name), Map.of(), actor);
        }
    }

    /// Another address; the one before opens nothing any more.
    ///
    /// @throws Problem 403 for who may not, 404 without it
    @Transactional
    public void move(String product, String name, Actor actor) {
        seen.judge(product, actor);
        var mock = find(product, name, actor);
        database.sql("update mocks.mock set token = :token where id = :id")
                .param("token", token())
                .param("id", mock.id())
                .update();
        tell(mock.id(), "mock.move", Map.of("product", product, "name", name), Map.of(), actor);
    }

    /// Its scenarios begin anew, and what it was asked is forgotten.
    ///
    /// @throws Problem 403 for who may not, 404 without it
    @Transactional
    public void reset(String product, String name, Actor actor) {
        seen.judge(product, actor);
        var mock = find(product, name, actor);
        begun(mock.id());
        database.sql("delete from mocks.request where mock = :mock")
                .param("mock", mock.id())
                .update();
        tell(mock.id(), "mock.reset", Map.of("product", product, "name", name), Map.of(), actor);
    }

    private void begun(UUID mock) {
        database.sql("delete from mocks.scenario where mock = :mock")
                .param("mock", mock)
                .update();
    }

    private void tell(UUID mock, String action, Map<String, Object> data, Map<String, String> words, Actor by) {
        var count = database.sql("update mocks.mock set events = events + 1 where id = :id returning events - 1")
                .param("id", mock)
                .query(Long.class)
                .single();
        ledger.append(new NewEvent(
                time.instant().truncatedTo(ChronoUnit.MILLIS),
                by.id(),
                by.via(),
                action,
                "mock:" + mock,
                count,
                Outcome.SUCCESS,
                null,
                null,
                data,
                words));
    }

    private static String token() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
