package dev.conduct.identity;

import dev.conduct.keys.KeysForgotten;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Everybody's name in order, for lists and for whoever looks for one: the database cannot sort or search what
/// it cannot read. It is made anew when an account came or was changed, which each look asks of the database.
@Component
class NameBook {

    private static final Comparator<Line> ORDER =
            Comparator.comparing(Line::folded).thenComparing(Line::name).thenComparing(Line::id);

    private final JdbcClient db;
    private final Names names;
    private final ReentrantLock one = new ReentrantLock();
    private final AtomicInteger forgotten = new AtomicInteger();
    private volatile @Nullable Book book;

    NameBook(JdbcClient db, Names names) {
        this.db = db;
        this.names = names;
    }

    /// @param person false for programs and for authors known from elsewhere
    /// @param folded the name without the difference of capital letters
    record Line(UUID id, boolean person, boolean active, String name, String folded) {

        boolean after(String name, UUID id) {
            return ORDER.compare(this, new Line(id, person, active, name, NameBook.folded(name))) > 0;
        }

        boolean begins(String wanted) {
            return folded.startsWith(wanted) || folded.contains(" " + wanted);
        }
    }

    private record Stamp(long actors, long people, long active, long changes) {}

    private record Book(Stamp stamp, List<Line> lines) {}

    /// Those that fit, by name.
    Stream<Line> where(Predicate<Line> fits) {
        return lines().stream().filter(fits);
    }

    /// Exactly so, whoever it is.
    List<UUID> called(String name) {
        return where(line -> line.name().equals(name)).map(Line::id).toList();
    }

    /// People by name.
    static Comparator<People.Person> byName() {
        return Comparator.comparing((People.Person person) -> folded(person.name()))
                .thenComparing(People.Person::name)
                .thenComparing(People.Person::id);
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private List<Line> lines() {
        var stamp = stamp();
        var known = book;
        if (known != null && known.stamp().equals(stamp)) {
            return known.lines();
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            // What a transaction wrote and may yet take back is nobody else's; and whoever waits here holds no
            // connection that the one who reads may need.
            var lines = read();
            if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
                book = new Book(stamp, lines);
            }
            return lines;
        }
        return renewed();
    }

    private List<Line> renewed() {
        one.lock();
        try {
            var stamp = stamp();
            var known = book;
            if (known != null && known.stamp().equals(stamp)) {
                return known.lines();
            }
            var before = forgotten.get();
            var lines = read();
            book = new Book(stamp, lines);
            if (forgotten.get() != before) {
                book = null;
            }
            return lines;
        } finally {
            one.unlock();
        }
    }

    private List<Line> read() {
        record Row(boolean person, boolean active, Names.Closed name) {}
        var rows = db.sql("select a.id, a.kind, a.active, " + Names.COLUMNS + " from identity.actor a")
                .query((row, number) ->
                        new Row(row.getString("kind").equals("person"), row.getBoolean("active"), Names.closed(row)))
                .list();
        var named = names.readAll(rows.stream().map(Row::name).toList());
        return rows.stream()
                .map(row -> {
                    var id = row.name().person();
                    var name = Objects.requireNonNull(named.get(id));
                    return new Line(id, row.person(), row.active(), name, folded(name));
                })
                .sorted(ORDER)
                .toList();
    }

    private Stamp stamp() {
        return db.sql("""
                select count(*) as actors, count(*) filter (where kind = 'person') as people,
                       count(*) filter (where active) as active, coalesce(sum(version), 0) as changes
                  from identity.actor
                """)
                .query((row, number) -> new Stamp(
                        row.getLong("actors"), row.getLong("people"), row.getLong("active"), row.getLong("changes")))
                .single();
    }

    /// A key was destroyed, here or on another node.
    @EventListener
    void forget(KeysForgotten destroyed) {
        forgotten.incrementAndGet();
        book = null;
    }
}
