package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Queries that somebody keeps under a name, as tabs of their own on a line's list; for oneself, for everybody
/// who works here, for a team one is in, or for a product.
@Component
class SavedViews {

    static final String NOBODY = "nobody";
    static final String EVERYBODY = "everybody";
    static final String PRODUCT = "product:";
    static final String TEAM = "team:";

    private static final int MOST = 12;
    private static final int SHOWN = 40;
    private static final Pattern OF_PRODUCT = Pattern.compile("product:[A-Z][A-Z0-9]{1,9}");

    private final JdbcClient database;
    private final Products products;
    private final InstantSource time;

    SavedViews(JdbcClient database, Products products, InstantSource time) {
        this.database = database;
        this.products = products;
        this.time = time;
    }

    /// @param owner who made it, and alone changes it
    /// @param type the line whose list it is of
    /// @param shared `nobody`, `everybody`, `team:ID` or `product:KEY`
    /// @param first true when the reader begins with it
    record SavedView(UUID id, String owner, String type, String title, String query, String shared, boolean first) {

        boolean mine(Actor actor) {
            return owner.equals(actor.id());
        }
    }

    /// What somebody wants to keep.
    ///
    /// @param shared as of a view
    record Wanted(String type, String title, String query, String shared) {}

    private static final String SELECT = """
            select v.id, v.owner, v.type, v.title, v.query, v.shared, f.view is not null as first
              from work.saved_view v
              left join work.first_view f on f.view = v.id and f.person = :reader and f.type = v.type
            """;

    /// One's own first, then what others share: with everybody inside, with a team, or with those who may see a
    /// product. Nothing is shared with people from outside.
    List<SavedView> of(String type, Actor reader) {
        var sight = Sight.of(reader);
        return database.sql(SELECT + """
                         where v.type = :type and %s
                         order by v.owner <> :reader, v.id
                         limit :shown
                        """.formatted(shown(sight)))
                .params(sight.parameters())
                .param("reader", reader.id())
                .param("inside", sight.inside())
                .param("type", type)
                .param("shown", SHOWN)
                .query(SavedViews::view)
                .list();
    }

    /// The reader's own and those shared with them, in the order they were made.
    ///
    /// @param type of one line only, when it is not empty
    List<SavedView> page(String type, @Nullable UUID after, int most, Actor reader) {
        var sight = Sight.of(reader);
        return database.sql(SELECT + """
                         where (:type = '' or v.type = :type) and (:after::uuid is null or v.id > :after::uuid) and %s
                         order by v.id
                         limit :most
                        """.formatted(shown(sight)))
                .params(sight.parameters())
                .param("reader", reader.id())
                .param("inside", sight.inside())
                .param("type", type)
                .param("after", after)
                .param("most", most)
                .query(SavedViews::view)
                .list();
    }

    /// @throws Problem 404 when it is not there, or not shown to this person
    SavedView find(UUID id, Actor reader) {
        var sight = Sight.of(reader);
        return database.sql(SELECT + " where v.id = :id and " + shown(sight))
                .params(sight.parameters())
                .param("reader", reader.id())
                .param("inside", sight.inside())
                .param("id", id)
                .query(SavedViews::view)
                .optional()
                .orElseThrow(() -> Problem.notFound("The view"));
    }

    private static SavedView view(ResultSet row, int number) throws SQLException {
        return new SavedView(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                row.getString("type"),
                row.getString("title"),
                row.getString("query"),
                row.getString("shared"),
                row.getBoolean("first"));
    }

    /// The condition for a view `v` that is the reader's own or shared with them.
    private static String shown(Sight sight) {
        return """
                (v.owner = :reader
                 or :inside and (v.shared = 'everybody' or v.shared = any (:sight_names)
                                 or exists (select from work.product p where v.shared = 'product:' || p.key and %s)))
                """.formatted(sight.ofProduct("p"));
    }

    /// A name that is there already takes the new query.
    ///
    /// @throws Problem 400 without a name or with a wrong one to share with, 409 when there are too many
    void keep(Wanted wanted, Actor owner) {
        check(wanted, owner);
        if (insert(
                        wanted,
                        Ids.next(time.instant()),
                        "do update set query = excluded.query, shared = excluded.shared",
                        owner)
                == 0) {
            throw tooMany();
        }
    }

    /// @throws Problem 400 without a name or with a wrong one to share with, 409 when there are too many or one's own
    ///     of that name is there
    @Transactional
    public SavedView create(Wanted wanted, Actor owner) {
        check(wanted, owner);
        var id = Ids.next(time.instant());
        if (insert(wanted, id, "do nothing", owner) == 0) {
            throw of(wanted.type(), owner).stream()
                            .anyMatch(view -> view.mine(owner) && view.title().equals(title(wanted)))
                    ? taken()
                    : tooMany();
        }
        return find(id, owner);
    }

    /// @throws Problem 400 as for a new one, 404 when it is not there or not their own, 409 when another of their own
    ///     has that name
    @Transactional
    public SavedView change(UUID id, Wanted wanted, Actor owner) {
        check(wanted, owner);
        try {
            var changed = database.sql("""
                            update work.saved_view set title = :title, query = :query, shared = :shared
                             where id = :id and owner = :owner and type = :type
                            """)
                    .param("title", title(wanted))
                    .param("query", wanted.query())
                    .param("shared", wanted.shared())
                    .param("id", id)
                    .param("owner", owner.id())
                    .param("type", wanted.type())
                    .update();
            if (changed == 0) {
                throw Problem.notFound("The view");
            }
        } catch (DuplicateKeyException another) {
            throw taken();
        }
        return find(id, owner);
    }

    private int insert(Wanted wanted, UUID id, String whenThere, Actor owner) {
        return database.sql("""
                        insert into work.saved_view (id, owner, type, title, query, shared)
                        select :id, :owner, :type, :title, :query, :shared
                         where (select count(*) from work.saved_view
                                 where owner = :owner and type = :type and title <> :title) < :most
                        on conflict (owner, type, title)\s
                        """ + whenThere)
                .param("id", id)
                .param("owner", owner.id())
                .param("type", wanted.type())
                .param("title", title(wanted))
                .param("query", wanted.query())
                .param("shared", wanted.shared())
                .param("most", MOST)
                .update();
    }

    private void check(Wanted wanted, Actor owner) {
        if (wanted.title().isBlank()) {
            throw Problem.badInput("title", "missing", "is missing. Give the view a name.");
        }
        PlainText.checked("title", title(wanted), 60);
        PlainText.checked("q", wanted.query(), 1_000);
        requireAudience(wanted.shared(), owner);
    }

    private static String title(Wanted wanted) {
        return wanted.title().strip();
    }

    private static Problem taken() {
        return Problem.conflict("view_exists", "There is a view of yours of that name already. Choose another.");
    }

    private static Problem tooMany() {
        return Problem.conflict("too_many", "There are " + MOST + " views of yours already. Remove one first.");
    }

    private void requireAudience(String shared, Actor owner) {
        var known = shared.equals(NOBODY)
                || Sight.of(owner).inside()
                        && (shared.equals(EVERYBODY)
                                || shared.startsWith(TEAM) && owner.names().contains(shared)
                                || OF_PRODUCT.matcher(shared).matches()
                                        && products.visible(owner).stream()
                                                .anyMatch(product -> shared.equals(PRODUCT + product.key())));
        if (!known) {
            throw Problem.badInput(
                    "shared",
                    "unknown_audience",
                    "must be nobody, everybody, a team one is in as team:ID, or a product as product:KEY.");
        }
    }

    /// @throws Problem 404 when it is not there, or not shown to this person
    void begin(String type, UUID id, Actor reader) {
        var sight = Sight.of(reader);
        var kept = database.sql("""
                        insert into work.first_view (person, type, view)
                        select :reader, v.type, v.id from work.saved_view v
                         where v.id = :id and v.type = :type and %s
                        on conflict (person, type) do update set view = excluded.view
                        """.formatted(shown(sight)))
                .params(sight.parameters())
                .param("reader", reader.id())
                .param("inside", sight.inside())
                .param("type", type)
                .param("id", id)
                .update();
        if (kept == 0) {
            throw Problem.notFound("The view");
        }
    }

    void beginAsUsual(String type, Actor reader) {
        database.sql("delete from work.first_view where person = :reader and type = :type")
                .param("reader", reader.id())
                .param("type", type)
                .update();
    }

    void remove(String type, UUID id, Actor owner) {
        var _ = removed(type, id, owner);
    }

    /// @throws Problem 404 when it is not there, or not their own
    void remove(UUID id, Actor owner) {
        if (removed(find(id, owner).type(), id, owner) == 0) {
            throw Problem.notFound("The view");
        }
    }

    private int removed(String type, UUID id, Actor owner) {
        return database.sql("delete from work.saved_view where id = :id and owner = :owner and type = :type")
                .param("id", id)
                .param("owner", owner.id())
                .param("type", type)
                .update();
    }
}
