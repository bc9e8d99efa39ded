package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Cases as they are read.
@Component
class CaseLists {

    private static final Pattern KEY = Pattern.compile("([A-Z][A-Z0-9]{1,9})-C([1-9]\\d{0,8})");

    private static final String COLUMNS = """
            select c.id, c.product, c.plan, c.number, c.version as newest, c.retired, c.reference, v.version, v.title,
                   v.preconditions, v.steps, v.data, v.edge_class, v.automation, v.requirement,
                   coalesce((select m.name from work.component m
                              where m.product = c.product and v.component = any (m.former)), v.component) as component,
                   v.point,
                   v.changed_by, v.changed_at, coalesce(p.name, '') as point_name, coalesce(last.verdict, '') as verdict,
                   last.run as last_run
              from testing.test_case c
            """;
    private static final String JOINED = """
              left join testing.point p on p.id = v.point
              left join lateral (
                    select r.verdict, r.run from testing.run_case r
                     where r.test_case = c.id and r.verdict <> '' order by r.run desc limit 1) last on true
            """;
    private static final String IN_FORCE =
            COLUMNS + " join testing.case_version v on v.test_case = c.id and v.version = c.version\n" + JOINED;

    private final JdbcClient database;
    private final TestedProducts tested;

    CaseLists(JdbcClient database, TestedProducts tested) {
        this.database = database;
        this.tested = tested;
    }

    /// Those of a plan that are in use, by number.
    List<TestCase> page(UUID plan, int after, int most) {
        return database.sql(IN_FORCE + """
                         where c.plan = :plan and not c.retired and c.number > :after order by c.number limit :most
                        """)
                .param("plan", plan)
                .param("after", after)
                .param("most", most)
                .query(CaseLists::testCase)
                .list();
    }

    /// @throws Problem 404 when it is not there, or its product is not for this actor
    TestCase visible(String key, Actor actor) {
        return visible(key, null, actor);
    }

    /// @param version null for the one in force
    TestCase visible(String key, @Nullable Long version, Actor actor) {
        var parts = KEY.matcher(key);
        if (!parts.matches()) {
            throw Problem.notFound("This case");
        }
        var product = Objects.requireNonNull(parts.group(1));
        tested.require(product, "This case", actor);
        return database.sql((version == null
                                ? IN_FORCE
                                : COLUMNS
                                        + " join testing.case_version v on v.test_case = c.id and v.version = :version\n"
                                        + JOINED)
                        + " where c.product = :product and c.number = :number")
                .param("version", version)
                .param("product", product)
                .param("number", Integer.parseInt(Objects.requireNonNull(parts.group(2))))
                .query(CaseLists::testCase)
                .optional()
                .orElseThrow(() -> Problem.notFound("This case"));
    }

    /// All versions, the newest first.
    List<TestCase> versions(UUID id, long before, int most) {
        return database.sql(COLUMNS + " join testing.case_version v on v.test_case = c.id\n" + JOINED + """
                         where c.id = :id and v.version < :before order by v.version desc limit :most
                        """)
                .param("id", id)
                .param("before", before)
                .param("most", most)
                .query(CaseLists::testCase)
                .list();
    }

    /// The case of a product that this names, by key or reference.
    Optional<TestCase> named(String product, String keyOrReference) {
        var parts = KEY.matcher(keyOrReference);
        var number = parts.matches() && product.equals(parts.group(1))
                ? Integer.parseInt(Objects.requireNonNull(parts.group(2)))
                : 0;
        return database.sql(IN_FORCE + """
                         where c.product = :product and (c.number = :number or :number = 0 and c.reference = :reference)
                           and (:number > 0 or :reference <> '')
                        """)
                .param("product", product)
                .param("number", number)
                .param("reference", keyOrReference)
                .query(CaseLists::testCase)
                .optional();
    }

    /// The case of a plan that is called so, when it is the only one.
    Optional<TestCase> titled(UUID plan, String title) {
        var found = database.sql(IN_FORCE + " where c.plan = :plan and not c.retired and v.title = :title limit 2")
                .param("plan", plan)
                .param("title", title)
                .query(CaseLists::testCase)
                .list();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Cases in use that prove this record.
    List<TestCase> proving(String item, String product) {
        return database.sql(IN_FORCE + """
                         where v.requirement = :item and c.product = :product and not c.retired
                         order by c.number limit 50
                        """)
                .param("item", item)
                .param("product", product)
                .query(CaseLists::testCase)
                .list();
    }

    boolean taken(String product, String reference, @Nullable UUID besides) {
        return database.sql("""
                        select exists (select from testing.test_case
                                        where product = :product and reference = :reference
                                          and (:besides::uuid is null or id <> :besides::uuid))
                        """)
                .param("product", product)
                .param("reference", reference)
                .param("besides", besides)
                .query(Boolean.class)
                .single();
    }

    private static TestCase testCase(ResultSet row, int number) throws SQLException {
        return new TestCase(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getObject("plan", UUID.class),
                row.getInt("number"),
                row.getLong("version"),
                row.getLong("newest"),
                row.getBoolean("retired"),
                new CaseText(
                        row.getString("title"),
                        row.getString("preconditions"),
                        Step.read(row.getString("steps")),
                        DataSet.read(row.getString("data")),
                        row.getString("edge_class"),
                        row.getString("automation"),
                        row.getString("requirement"),
                        row.getString("component"),
                        row.getObject("point", UUID.class),
                        row.getString("reference")),
                row.getString("point_name"),
                row.getString("changed_by"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant(),
                row.getString("verdict"),
                row.getObject("last_run", UUID.class));
    }
}
