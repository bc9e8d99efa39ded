package dev.conduct.keys;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A value in each row of a table that lies under the key of the row's person: the columns `X_key` and `X_sealed`, and
/// `X_index` where it is found again by a code that says nothing about it. In `X` stands what was written before,
/// until it is encrypted. Made by [SubjectColumns].
public final class SubjectColumn implements SealedStore {

    private final JdbcClient db;
    private final Subjects subjects;
    private final BlindIndex index;
    private final String says;
    private final String table;
    private final String column;
    private final String id;
    private final String person;
    private final Found found;

    /// Whether rows are looked for by the value, and whether capital letters and accents tell values apart.
    enum Found {
        NOT,
        LOOSELY,
        EXACTLY
    }

    SubjectColumn(
            JdbcClient db,
            Subjects subjects,
            BlindIndex index,
            String says,
            String table,
            String column,
            String id,
            String person,
            Found found) {
        this.db = db;
        this.subjects = subjects;
        this.index = index;
        this.says = says;
        this.table = table;
        this.column = column;
        this.id = id;
        this.person = person;
        this.found = found;
    }

    /// For queries: what it takes to read a value beside the row's own key.
    public String columns() {
        return "X, X_key, X_sealed".replace("X", column);
    }

    /// Writes a value into the row of that key, in the place of any before, unless its person was erased.
    public void keep(UUID row, UUID whose, String value) {
        var closed = close(row, whose, value);
        db.sql(written("""
                update T set X = null, X_key = :key, X_sealed = :sealed %s
                 where I = :row
                   and not exists (select from keys.subject where id = :key and erased_at is not null)
                """.formatted(looked() ? ", X_index = :code" : "")))
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("code", looked() ? code(value) : null, java.sql.Types.BINARY)
                .param("row", row)
                .update();
    }

    /// To be stored beside the value.
    public byte[] code(String value) {
        return index.of(place(), looked(value));
    }

    /// To look for: `X_index in (:codes)`.
    public List<byte[]> codes(String value) {
        return index.all(place(), looked(value));
    }

    private String looked(String value) {
        return found == Found.EXACTLY ? HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)) : value;
    }

    private boolean looked() {
        return found != Found.NOT;
    }

    /// To be stored in a row that is made.
    public Subjects.Closed close(UUID row, UUID whose, String value) {
        return subjects.close(subject(whose), value, place(row));
    }

    /// Null when there is none, or the person was erased.
    public @Nullable String read(ResultSet row) throws SQLException {
        var sealed = row.getBytes(column + "_sealed");
        return sealed == null
                ? row.getString(column)
                : subjects.open(row.getLong(column + "_key"), sealed, place(row.getObject(id, UUID.class)))
                        .orElse(null);
    }

    @Override
    public Purpose purpose() {
        return looked() ? Purpose.INDEXES : Purpose.SUBJECTS;
    }

    @Override
    public String says() {
        return says;
    }

    /// Under its person's key a value waits for nothing; a code does for the newest key of codes.
    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        db.sql(written(
                        looked()
                                ? "select substring(X_index from 1 for 5) as head, count(*) as rows from T"
                                        + " where X is not null or X_index is not null group by 1"
                                : "select null::bytea as head, count(*) as rows from T where X is not null"
                                        + " having count(*) > 0"))
                .query(row -> {
                    var head = row.getBytes("head");
                    counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("rows"));
                });
        return counts;
    }

    private record Known(UUID row, UUID whose, @Nullable String value) {}

    @Override
    public int renew(int most) {
        var rows = db.sql(written("select I, P as whose, " + columns() + " from T where X is not null"
                        + (looked() ? " or substring(X_index from 1 for 5) <> :newest" : "")
                        + " limit :most for update skip locked"))
                .param("newest", looked() ? index.head() : null, java.sql.Types.BINARY)
                .param("most", most)
                .query((row, number) ->
                        new Known(row.getObject(id, UUID.class), row.getObject("whose", UUID.class), read(row)))
                .list();
        rows.forEach(this::renew);
        return rows.size();
    }

    /// What nobody can open any more, or nobody may keep, goes: it would be met again at each round.
    private void renew(Known known) {
        var value = known.value();
        if (value != null && subjects.present(subject(known.whose()))) {
            keep(known.row(), known.whose(), value);
            return;
        }
        db.sql(written("update T set X = null, X_key = null, X_sealed = null" + (looked() ? ", X_index = null" : "")
                        + " where I = :row"))
                .param("row", known.row())
                .update();
    }

    /// A statement with T for the table, X for the column, I for the row's key, P for whose it is.
    private String written(String sql) {
        return sql.replaceAll("\\bX", column)
                .replaceAll("\\bT\\b", table)
                .replaceAll("\\bI\\b", id)
                .replaceAll("\\bP\\b", person);
    }

    private static String subject(UUID whose) {
        return "person:" + whose;
    }

    private String place() {
        return table + "|" + column;
    }

    private String place(UUID row) {
        return place() + "|" + row;
    }
}
