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
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// E-mail addresses of people, each under its person's key; found again by a code that says nothing about it.
@Component
class Addresses implements SealedStore {

    /// For queries that read people: the columns that [#read] needs beside the id.
    static final String COLUMNS = "a.email, a.email_key, a.email_sealed";

    private static final String PLACE = "identity.actor|email";

    private final JdbcClient db;
    private final Subjects subjects;
    private final BlindIndex index;

    Addresses(JdbcClient db, Subjects subjects, BlindIndex index) {
        this.db = db;
        this.subjects = subjects;
        this.index = index;
    }

    /// Gives a person an address, in the place of any before.
    ///
    /// @throws DuplicateKeyException when somebody else has it
    void keep(UUID person, String email) {
        var taken = db.sql("""
                select exists (select from identity.actor
                                where (email_index in (:codes) or email = :email) and id <> :person)
                """)
                .param("codes", codes(email))
                .param("email", email)
                .param("person", person)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw new DuplicateKeyException("the address has an account");
        }
        var closed = subjects.close("person:" + person, email, place(person));
        db.sql("""
                update identity.actor
                   set email = null, email_key = :key, email_sealed = :sealed, email_index = :index
                 where id = :person
                """)
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("index", index.of(PLACE, email))
                .param("person", person)
                .update();
    }

    /// To look for: `email_index in (:codes)`.
    List<byte[]> codes(String email) {
        return index.all(PLACE, email);
    }

    @Nullable
    String read(ResultSet row) throws SQLException {
        var sealed = row.getBytes("email_sealed");
        return sealed == null
                ? row.getString("email")
                : subjects.open(row.getLong("email_key"), sealed, place(row.getObject("id", UUID.class)))
                        .orElse(null);
    }

    @Override
    public Purpose purpose() {
        return Purpose.INDEXES;
    }

    @Override
    public String says() {
        return "E-mail addresses of people";
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        db.sql("""
                select substring(email_index from 1 for 5) as head, count(*) as people
                  from identity.actor
                 where email is not null or email_index is not null
                 group by 1
                """).query(row -> {
            var head = row.getBytes("head");
            counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("people"));
        });
        return counts;
    }

    private record Known(UUID id, @Nullable String email) {}

    @Override
    public int renew(int most) {
        var newest = index.head();
        var rows = db.sql("""
                select id, email, email_key, email_sealed
                  from identity.actor
                 where email is not null or substring(email_index from 1 for 5) <> :newest
                 limit :most
                   for update skip locked
                """)
                .param("newest", newest)
                .param("most", most)
                .query((row, number) -> new Known(row.getObject("id", UUID.class), read(row)))
                .list();
        rows.forEach(known -> keep(known.id(), Objects.requireNonNull(known.email(), "address of " + known.id())));
        return rows.size();
    }

    private static String place(UUID person) {
        return PLACE + "|" + person;
    }
}
