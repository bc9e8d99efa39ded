package dev.conduct.identity;

import dev.conduct.keys.BlindIndex;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Subjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A value of each person that lies under the person's key and is found again by a code that says nothing about it:
/// the columns `X_key`, `X_sealed` and `X_index` of `identity.actor`. In `X` stands what was written before, until it
/// is encrypted.
final class FoundColumn implements SealedStore {

    private final JdbcClient db;
    private final Subjects subjects;
    private final BlindIndex index;
    private final String column;
    private final String says;
    private final String place;

    FoundColumn(JdbcClient db, Subjects subjects, BlindIndex index, String column, String says) {
        this.db = db;
        this.subjects = subjects;
        this.index = index;
        this.column = column;
        this.says = says;
        this.place = "identity.actor|" + column;
    }

    void keep(UUID person, String value) {
        var closed = subjects.close("person:" + person, value, place(person));
        db.sql("""
                update identity.actor set X = null, X_key = :key, X_sealed = :sealed, X_index = :index
                 where id = :person
                   and not exists (select from keys.subject where id = :key and erased_at is not null)
                """.replace("X", column))
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("index", code(value))
                .param("person", person)
                .update();
    }

    /// To be stored beside the value.
    byte[] code(String value) {
        return index.of(place, value);
    }

    /// To look for: `X_index in (:codes)`.
    List<byte[]> codes(String value) {
        return index.all(place, value);
    }

    Subjects.Closed close(UUID person, String value) {
        return subjects.close("person:" + person, value, place(person));
    }

    /// Null when there is none, or the person was erased.
    @Nullable
    String read(ResultSet row) throws SQLException {
        var sealed = row.getBytes(column + "_sealed");
        return sealed == null
                ? row.getString(column)
                : subjects.open(row.getLong(column + "_key"), sealed, place(row.getObject("id", UUID.class)))
                        .orElse(null);
    }

    @Override
    public Purpose purpose() {
        return Purpose.INDEXES;
    }

    @Override
    public String says() {
        return says;
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        db.sql("""
                select substring(X_index from 1 for 5) as head, count(*) as people
                  from identity.actor
                 where X is not null or X_index is not null
                 group by 1
                """.replace("X", column)).query(row -> {
            var head = row.getBytes("head");
            counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("people"));
        });
        return counts;
    }

    private record Known(UUID id, @Nullable String value) {}

    @Override
    public int renew(int most) {
        var rows = db.sql("""
                select id, X, X_key, X_sealed
                  from identity.actor
                 where X is not null or substring(X_index from 1 for 5) <> :newest
                 limit :most
                   for update skip locked
                """.replace("X", column))
                .param("newest", index.head())
                .param("most", most)
                .query((row, number) -> new Known(row.getObject("id", UUID.class), read(row)))
                .list();
        rows.forEach(this::renew);
        return rows.size();
    }

    /// What nobody can open any more, or nobody may keep, goes: it would be met again at each round.
    private void renew(Known known) {
        var value = known.value();
        if (value != null && subjects.present("person:" + known.id())) {
            keep(known.id(), value);
            return;
        }
        db.sql("update identity.actor set X = null, X_key = null, X_sealed = null, X_index = null where id = :person"
                        .replace("X", column))
                .param("person", known.id())
                .update();
    }

    private String place(UUID person) {
        return place + "|" + person;
    }
}
