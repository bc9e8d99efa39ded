package dev.conduct.ledger;

import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.verify.ContentOpener;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/// Content that was recorded before it was encrypted is encrypted here, some at a time. What lies under the key of a
/// subject is brought under new keys with that key.
@Component
class ContentStore implements SealedStore {

    private final JdbcTemplate jdbc;
    private final Subjects subjects;
    private final ContentKeys keys;

    ContentStore(JdbcTemplate jdbc, Subjects subjects, ContentKeys keys) {
        this.jdbc = jdbc;
        this.subjects = subjects;
        this.keys = keys;
    }

    private record Plain(long event, String field, String value, UUID id, String subject) {}

    @Override
    public Purpose purpose() {
        return Purpose.SUBJECTS;
    }

    @Override
    public String says() {
        return "Words of the ledger not encrypted yet";
    }

    @Override
    public Map<Long, Long> perKey() {
        var plain = jdbc.queryForObject("""
                select count(*) from ledger.content
                  join ledger.event on event.row = content.event
                 where content.value is not null and event.action <> 'ledger.begin_anew'
                """, Long.class);
        return plain == null || plain == 0 ? Map.of() : Map.of(PLAIN, plain);
    }

    @Override
    public int renew(int most) {
        List<Plain> rows = jdbc.query(
                "select event, field, value, id, actor, object, action from ledger.plain_content(?)",
                (row, number) -> new Plain(
                        row.getLong("event"),
                        row.getString("field"),
                        row.getString("value"),
                        row.getObject("id", UUID.class),
                        keys.subject(
                                row.getString("object"),
                                row.getString("actor"),
                                row.getString("action"),
                                row.getString("field"))),
                most);
        for (var row : rows) {
            var closed = subjects.close(row.subject(), row.value(), ContentOpener.place(row.id(), row.field()));
            jdbc.query(
                    "select ledger.seal_content(?, ?, ?, ?)",
                    result -> {},
                    row.event(),
                    row.field(),
                    closed.key(),
                    closed.sealed());
        }
        return rows.size();
    }
}
