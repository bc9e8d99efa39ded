package dev.conduct.identity;

import dev.conduct.keys.KeysForgotten;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Subjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Names of people, each under its person's key. Every page shows some, so those that were opened are remembered, for
/// as long as the row has the same ciphertext and nobody was erased.
@Component
class Names implements SealedStore {

    /// For queries that read people: the columns that [#read] needs beside the id.
    static final String COLUMNS = "a.name, a.name_key, a.name_sealed";

    static final String ERASED = "Erased person";

    private static final String PLACE = "identity.actor|name|";
    private static final int MOST_REMEMBERED = 20_000;
    private static final float LOAD = 0.75f;

    private final JdbcClient db;
    private final Subjects subjects;
    private final Map<UUID, Opened> opened = Collections.synchronizedMap(new LinkedHashMap<>(16, LOAD, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Opened> longestUnread) {
            return size() > MOST_REMEMBERED;
        }
    });
    private final AtomicInteger forgotten = new AtomicInteger();

    Names(JdbcClient db, Subjects subjects) {
        this.db = db;
        this.subjects = subjects;
    }

    private record Opened(byte[] sealed, String name) {}

    Subjects.Closed close(UUID person, String name) {
        return subjects.close("person:" + person, name, PLACE + person);
    }

    /// Gives a person a name, in the place of any before; a program too, whose name is nobody's and stays readable.
    void keep(UUID person, String name) {
        var program = db.sql("update identity.actor set name = :name where id = :id and kind = 'client'")
                .param("name", name)
                .param("id", person)
                .update();
        if (program > 0) {
            return;
        }
        var closed = close(person, name);
        db.sql("""
                update identity.actor set name = null, name_key = :key, name_sealed = :sealed
                 where id = :person
                   and not exists (select from keys.subject where id = :key and erased_at is not null)
                """)
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("person", person)
                .update();
    }

    /// Of whoever was erased, the words that stand for the name.
    String read(ResultSet row) throws SQLException {
        var sealed = row.getBytes("name_sealed");
        if (sealed == null) {
            return Objects.requireNonNullElse(row.getString("name"), ERASED);
        }
        var person = row.getObject("id", UUID.class);
        var known = opened.get(person);
        if (known != null && Arrays.equals(known.sealed(), sealed)) {
            return known.name();
        }
        var before = forgotten.get();
        var name = subjects.open(row.getLong("name_key"), sealed, PLACE + person);
        if (name.isPresent()) {
            opened.put(person, new Opened(sealed, name.get()));
            if (forgotten.get() != before) {
                opened.remove(person);
            }
        }
        return name.orElse(ERASED);
    }

    /// A name as it lies in the database.
    ///
    /// @param plain of a program, or from before names were encrypted
    record Closed(UUID person, @Nullable String plain, long key, byte @Nullable [] sealed) {}

    static Closed closed(ResultSet row) throws SQLException {
        return new Closed(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getLong("name_key"),
                row.getBytes("name_sealed"));
    }

    /// Names of many at once, by id: their keys are read together, and nothing that pages remember makes way for them.
    Map<UUID, String> readAll(List<Closed> names) {
        subjects.ahead(names.stream()
                .filter(name -> name.sealed() != null)
                .map(Closed::key)
                .toList());
        var read = HashMap.<UUID, String>newHashMap(names.size());
        for (var name : names) {
            var sealed = name.sealed();
            read.put(
                    name.person(),
                    sealed == null
                            ? Objects.requireNonNullElse(name.plain(), ERASED)
                            : subjects.open(name.key(), sealed, PLACE + name.person())
                                    .orElse(ERASED));
        }
        return read;
    }

    /// A key was destroyed, here or on another node.
    @EventListener
    void forget(KeysForgotten destroyed) {
        forgotten.incrementAndGet();
        opened.clear();
    }

    @Override
    public Purpose purpose() {
        return Purpose.SUBJECTS;
    }

    @Override
    public String says() {
        return "Names of people from before they were encrypted";
    }

    /// Under its person's key no name waits for anything: turning those keys wraps them anew and touches no name.
    @Override
    public Map<Long, Long> perKey() {
        var plain = db.sql("select count(*) from identity.actor where kind <> 'client' and name is not null")
                .query(Long.class)
                .single();
        return plain == 0 ? Map.of() : Map.of(PLAIN, plain);
    }

    @Override
    public int renew(int most) {
        record Plain(UUID id, String name) {}
        var rows = db.sql("""
                select id, name from identity.actor
                 where kind <> 'client' and name is not null
                 limit :most
                   for update skip locked
                """)
                .param("most", most)
                .query((row, number) -> new Plain(row.getObject("id", UUID.class), row.getString("name")))
                .list();
        for (var plain : rows) {
            if (subjects.present("person:" + plain.id())) {
                keep(plain.id(), plain.name());
            } else {
                db.sql("update identity.actor set name = null where id = :person")
                        .param("person", plain.id())
                        .update();
            }
        }
        return rows.size();
    }
}
