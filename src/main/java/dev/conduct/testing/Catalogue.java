package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What a product consists of and leans on, and where its parts meet.
@Component
class Catalogue {

    static final List<String> KINDS = List.of("component", "service", "api", "database", "third_party");
    static final List<String> WAYS = List.of("call", "event", "data", "file");
    static final List<String> CRITICALITIES = List.of("high", "medium", "low");

    private static final int MOST = 500;

    private final JdbcClient database;
    private final TestedProducts tested;
    private final People people;
    private final Teams teams;
    private final Book book;

    Catalogue(JdbcClient database, TestedProducts tested, People people, Teams teams, Book book) {
        this.database = database;
        this.tested = tested;
        this.people = people;
        this.teams = teams;
        this.book = book;
    }

    /// @param owner actor id or `team:…`, empty while nobody answers for it
    /// @param mock what stands in for it in tests, empty for nothing
    record Node(UUID id, String product, String name, String kind, String owner, String mock, boolean retired) {}

    record NewNode(String name, String kind, String owner, String mock, boolean retired) {}

    /// @param cases how many cases of plans in use test it
    record Point(
            UUID id,
            String product,
            UUID from,
            UUID to,
            String fromName,
            String toName,
            String name,
            String kind,
            String protocol,
            String criticality,
            String owner,
            boolean retired,
            long cases) {

        boolean owned() {
            return !owner.isEmpty();
        }

        boolean hole() {
            return !owned() || cases == 0;
        }
    }

    record NewPoint(
            @Nullable UUID from,
            @Nullable UUID to,
            String name,
            String kind,
            String protocol,
            String criticality,
            String owner,
            boolean retired) {}

    /// In the order they were entered; at most 500 are kept of a product.
    List<Node> nodes(String product, @Nullable UUID after, int most) {
        return database.sql("""
                        select id, product, name, kind, owner, mock, retired from testing.node
                         where product = :product and not retired and (:after::uuid is null or id > :after::uuid)
                         order by id limit :most
                        """)
                .param("product", product)
                .param("after", after)
                .param("most", most)
                .query(Catalogue::node)
                .list();
    }

    List<Node> nodes(String product) {
        return nodes(product, null, MOST);
    }

    /// In the order they were entered; at most 500 are kept of a product.
    List<Point> points(String product, @Nullable UUID after, int most) {
        return database.sql(SELECT_POINTS.formatted("c.product = :product and v.point is not null") + """
                         where p.product = :product and not p.retired and (:after::uuid is null or p.id > :after::uuid)
                         order by p.id limit :most
                        """)
                .param("product", product)
                .param("after", after)
                .param("most", most)
                .query(Catalogue::point)
                .list();
    }

    List<Point> points(String product) {
        return points(product, null, MOST);
    }

    private static final String SELECT_POINTS = """
            select p.id, p.product, p.from_node, p.to_node, f.name as from_name, t.name as to_name, p.name, p.kind,
                   p.protocol, p.criticality, p.owner, p.retired, coalesce(of_point.cases, 0) as cases
              from testing.point p
              left join (
                    select v.point, count(*) as cases
                      from testing.case_version v
                      join testing.test_case c on c.id = v.test_case and c.version = v.version and not c.retired
                      join testing.plan n on n.id = c.plan and not n.retired
                     where %s
                     group by v.point) of_point on of_point.point = p.id
              join testing.node f on f.id = p.from_node
              join testing.node t on t.id = p.to_node
            """;

    Optional<Point> point(UUID id) {
        return database.sql(SELECT_POINTS.formatted("v.point = :id") + " where p.id = :id")
                .param("id", id)
                .query(Catalogue::point)
                .optional();
    }

    Optional<Node> node(UUID id) {
        return database.sql("select id, product, name, kind, owner, mock, retired from testing.node where id = :id")
                .param("id", id)
                .query(Catalogue::node)
                .optional();
    }

    /// The product of a part or a point.
    ///
    /// @throws Problem 404 when it is not there, or its product is not for this actor
    String product(UUID id, Actor actor) {
        var product = node(id).map(Node::product)
                .or(() -> point(id).map(Point::product))
                .orElseThrow(() -> Problem.notFound("This part of the catalogue"));
        tested.require(product, "This part of the catalogue", actor);
        return product;
    }

    /// @param id null for a new one
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without it
    @Transactional
    public Node write(String product, @Nullable UUID id, NewNode wanted, Actor actor) {
        tested.test(product, actor);
        if (id != null
                && node(id).filter(node -> node.product().equals(product)).isEmpty()) {
            throw Problem.notFound("This part");
        }
        var checks = new Checks()
                .named("name", wanted.name(), "Give it the name people know it by.")
                .among("kind", wanted.kind(), KINDS)
                .line("mock", wanted.mock());
        var owner = owner(wanted.owner(), checks);
        var name = wanted.name().strip();
        var others =
                nodes(product).stream().filter(node -> !node.id().equals(id)).toList();
        if (others.stream().anyMatch(node -> node.name().equalsIgnoreCase(name)) && !wanted.retired()) {
            checks.wrong("name", "taken", "There is a part of that name already.");
        }
        if (id == null && others.size() >= MOST) {
            checks.wrong("name", "too_many", "There are " + MOST + " parts. Retire those not used.");
        }
        if (wanted.retired()
                && points(product).stream()
                        .anyMatch(point -> point.from().equals(id) || point.to().equals(id))) {
            checks.wrong("retired", "in_use", "Integration points lead there. Retire them first.");
        }
        checks.done();
        var subject = id == null ? Ids.next(book.now()) : id;
        book.enter(
                TestingProjection.CATALOGUE + product,
                1,
                "catalogue.node",
                Map.of("node", subject.toString(), "kind", wanted.kind(), "owner", owner, "retired", wanted.retired()),
                Map.of("name", name, "mock", wanted.mock().strip()),
                actor);
        return node(subject).orElseThrow();
    }

    /// @param id null for a new one
    /// @throws Problem 400 naming each field that is not as it must be, 403 for who may not, 404 without it
    @Transactional
    public Point write(String product, @Nullable UUID id, NewPoint wanted, Actor actor) {
        tested.test(product, actor);
        if (id != null
                && point(id).filter(point -> point.product().equals(product)).isEmpty()) {
            throw Problem.notFound("This integration point");
        }
        var checks = new Checks()
                .named("name", wanted.name(), "Say what passes there, for example: book a payment.")
                .among("kind", wanted.kind(), WAYS)
                .among("criticality", wanted.criticality(), CRITICALITIES)
                .line("protocol", wanted.protocol());
        end("from", product, wanted.from(), checks);
        end("to", product, wanted.to(), checks);
        var owner = owner(wanted.owner(), checks);
        if (id == null && points(product).size() >= MOST) {
            checks.wrong("name", "too_many", "There are " + MOST + " integration points. Retire those not used.");
        }
        checks.done();
        var subject = id == null ? Ids.next(book.now()) : id;
        book.enter(
                TestingProjection.CATALOGUE + product,
                1,
                "catalogue.point",
                Map.of(
                        "point",
                        subject.toString(),
                        "from",
                        String.valueOf(wanted.from()),
                        "to",
                        String.valueOf(wanted.to()),
                        "kind",
                        wanted.kind(),
                        "criticality",
                        wanted.criticality(),
                        "owner",
                        owner,
                        "retired",
                        wanted.retired()),
                Map.of(
                        "name",
                        wanted.name().strip(),
                        "protocol",
                        wanted.protocol().strip()),
                actor);
        return point(subject).orElseThrow();
    }

    private void end(String field, String product, @Nullable UUID node, Checks checks) {
        var there = node == null
                ? Optional.<Node>empty()
                : node(node).filter(it -> it.product().equals(product) && !it.retired());
        if (there.isEmpty()) {
            checks.wrong(field, "unknown", "Choose a part of the catalogue.");
        }
    }

    private String owner(String typed, Checks checks) {
        var owner = typed.strip();
        if (owner.isEmpty()) {
            return "";
        }
        var found = owner.startsWith("team:")
                ? teams.find(owner.substring("team:".length())).map(Teams.Team::reader)
                : people.resolve(owner).map(People.Person::id);
        if (found.isEmpty()) {
            checks.wrong(
                    "owner", "unknown", "names nobody here. Write a name, an e-mail address, or team: and its name.");
        }
        return found.orElse("");
    }

    private static Node node(ResultSet row, int number) throws SQLException {
        return new Node(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("owner"),
                row.getString("mock"),
                row.getBoolean("retired"));
    }

    private static Point point(ResultSet row, int number) throws SQLException {
        return new Point(
                row.getObject("id", UUID.class),
                row.getString("product"),
                row.getObject("from_node", UUID.class),
                row.getObject("to_node", UUID.class),
                row.getString("from_name"),
                row.getString("to_name"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("protocol"),
                row.getString("criticality"),
                row.getString("owner"),
                row.getBoolean("retired"),
                row.getLong("cases"));
    }
}
