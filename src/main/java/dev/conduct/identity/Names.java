package dev.conduct.identity;

import dev.conduct.keys.KeysForgotten;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Subjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    private final JdbcClient db;
    private final Subjects subjects;
    private final Map<UUID, Opened> opened = new ConcurrentHashMap<>();

    Names(JdbcClient db, Subjects subjects) {
        this.db = db;
        this.subjects = subjects;
    }

    private record Opened(byte[] sealed, String name) {}

    Subjects.Closed close(UUID person, String name) {
        return subjects.close("person:" + person, name, PLACE + person);
    }

    /// Gives a person a name, in the place of any before.
    void keep(UUID person, String name) {
        var closed = close(person, name);
        db.sql("update identity.actor set name = null, name_key = :key, name_sealed = :sealed where id = :person")
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
        var name = subjects.open(row.getLong("name_key"), sealed, PLACE + person);
        if (name.isPresent()) {
            if (opened.size() >= MOST_REMEMBERED) {
                opened.clear();
            }
            opened.put(person, new Opened(sealed, name.get()));
        }
        return name.orElse(ERASED);
    }

    /// A key was destroyed, here or on another node.
    @EventListener
    void forget(KeysForgotten destroyed) {
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
        rows.forEach(plain -> keep(plain.id(), plain.name()));
        return rows.size();
    }
}
