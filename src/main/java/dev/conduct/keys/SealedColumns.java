package dev.conduct.keys;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Makes the store of a column that [Secrets] fills.
@Component
public class SealedColumns {

    private final JdbcClient db;
    private final Secrets secrets;
    private final Keysets keysets;

    SealedColumns(JdbcClient db, Secrets secrets, Keysets keysets) {
        this.db = db;
        this.secrets = secrets;
        this.keysets = keysets;
    }

    /// @param table with its schema
    /// @param key the columns of the primary key; [Secrets] knows the row by their values, a space between them
    public SealedStore of(String says, String table, String column, String... key) {
        return new Column(Purpose.SECRETS, says, table, column, List.of(key));
    }

    SealedStore of(Purpose purpose, String says, String table, String column, String... key) {
        return new Column(purpose, says, table, column, List.of(key));
    }

    private record Row(List<Object> key, byte[] sealed) {

        String name() {
            return key.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
    }

    private final class Column implements SealedStore {

        private final Purpose purpose;
        private final String says;
        private final String table;
        private final String column;
        private final List<String> key;

        private Column(Purpose purpose, String says, String table, String column, List<String> key) {
            this.purpose = purpose;
            this.says = says;
            this.table = table;
            this.column = column;
            this.key = key;
        }

        @Override
        public Purpose purpose() {
            return purpose;
        }

        @Override
        public String says() {
            return says;
        }

        @Override
        public Map<Long, Long> perKey() {
            var counts = new HashMap<Long, Long>();
            db.sql("select substring(" + column + " from 1 for " + Secrets.PREFIX + ") as head, count(*) as rows from "
                            + table + " where " + column + " is not null group by 1")
                    .query(row -> {
                        counts.merge(Secrets.keyOf(row.getBytes("head")), row.getLong("rows"), Long::sum);
                    });
            return counts;
        }

        @Override
        public int renew(int most) {
            var rows = db.sql("select " + String.join(", ", key) + ", " + column + " from " + table + " where " + column
                            + " is not null and substring(" + column + " from 1 for " + Secrets.PREFIX
                            + ") <> :prefix limit :most for update skip locked")
                    .param("prefix", prefix(keysets.of(purpose).primary()))
                    .param("most", most)
                    .query((row, number) -> new Row(
                            IntStream.rangeClosed(1, key.size())
                                    .mapToObj(place -> object(row, place))
                                    .toList(),
                            row.getBytes(column)))
                    .list();
            rows.forEach(this::renew);
            return rows.size();
        }

        private void renew(Row row) {
            var plain = secrets.open(purpose, row.sealed(), table, column, row.name());
            var where = key.stream().map(name -> name + " = ?").collect(Collectors.joining(" and "));
            var update = db.sql("update " + table + " set " + column + " = ? where " + where)
                    .param(secrets.seal(purpose, plain, table, column, row.name()));
            for (var value : row.key()) {
                update = update.param(value);
            }
            update.update();
        }
    }

    private static Object object(java.sql.ResultSet row, int place) {
        try {
            return row.getObject(place);
        } catch (java.sql.SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /// What stands before every ciphertext of a key.
    static byte[] prefix(long id) {
        return ByteBuffer.allocate(Secrets.PREFIX)
                .put((byte) 1)
                .putInt((int) id)
                .array();
    }
}
