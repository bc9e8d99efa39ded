package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What is to be tested, and where.
@Component
class Plans {

    private static final int MOST = 500;
    private static final int PURPOSE = 10_000;
    private static final String SELECT = """
            select p.id, p.product, p.title, p.purpose, p.environment, p.regression, p.retired, p.version, p.changed_at,
                   (select count(*) from testing.test_case c where c.plan = p.id and not c.retired) as cases
              from testing.plan p
            """;

    private final JdbcClient database;
    private final TestedProducts tested;
    private final Book book;

    Plans(JdbcClient database, TestedProducts tested, Book book) {
        this.database = database;
        this.tested = tested;
        this.book = book;
    }

    /// @param environment where its cases are to be run
    /// @param regression whether gates may ask for a run of it
    /// @param cases how many are in use
    record Plan(
            UUID id,
            String product,
            String title,
            String purpose,
            String environment,
            boolean regression,
            boolean retired,
            long version,
            Instant changedAt,
            long cases) {}

    record NewPlan(String title, String purpose, String environment, boolean regression, boolean retired) {}

    /// In the order they were made.
    List<Plan> page(String product, @Nullable UUID after, int most) {
        return database.sql(SELECT + """
                         where p.product = :product and not p.retired and (:after::uuid is null or p.id > :after::uuid)
                         order by p.id limit :most
                        """)
                .param("product", product)
                .param("after", after)
                .param("most", most)
                .query(Plans::plan)
                .list();
    }

    Optional<Plan> find(UUID id) {
        return database.sql(SELECT + " where p.id = :id")
                .param("id", id)
                .query(Plans::plan)
                .optional();
    }

    /// @throws Problem 404 when it is not there, or its product is not for this actor
    Plan visible(UUID id, Actor actor) {
        var plan = find(id).orElseThrow(() -> Problem.notFound("This test plan"));
        tested.require(plan.product(), "This test plan", actor);
        return plan;
    }

    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without the product
    @Transactional
    public Plan create(String product, NewPlan wanted, Actor actor) {
        tested.test(product, actor);
        check(wanted);
        if (page(product, null, MOST).size() >= MOST) {
            throw Problem.conflict("too_many", "There are " + MOST + " test plans. Retire those not used.");
        }
        return write(Ids.next(book.now()), product, 1, wanted, actor);
    }

    /// @param expected the version that was read, null for any
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without it, 412
    /// when
    ///     somebody changed it
    @Transactional
    public Plan change(UUID id, NewPlan wanted, @Nullable Long expected, Actor actor) {
        var product = visible(id, actor).product();
        tested.test(product, actor);
        check(wanted);
        var version = database.sql("select version from testing.plan where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .single();
        if (expected != null && !expected.equals(version)) {
            throw Problem.stale("The test plan", version);
        }
        return write(id, product, version + 1, wanted, actor);
    }

    private static void check(NewPlan wanted) {
        new Checks()
                .named("title", wanted.title(), "Give the plan a title.")
                .text("purpose", wanted.purpose(), PURPOSE)
                .line("environment", wanted.environment())
                .done();
    }

    private Plan write(UUID id, String product, long version, NewPlan wanted, Actor actor) {
        book.enter(
                TestingProjection.PLAN + id,
                version,
                "testplan.write",
                Map.of("product", product, "regression", wanted.regression(), "retired", wanted.retired()),
                Map.of(
                        "title",
                        wanted.title().strip(),
                        "purpose",
                        wanted.purpose().strip(),
                        "environment",
                        wanted.environment().strip()),
                actor);
        return find(id).orElseThrow();
    }

    private static Plan plan(ResultSet row, int number) throws SQLException {
        return new Plan(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("title"),
                row.getString("purpose"),
                row.getString("environment"),
                row.getBoolean("regression"),
                row.getBoolean("retired"),
                row.getLong("version"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getLong("cases"));
    }
}
