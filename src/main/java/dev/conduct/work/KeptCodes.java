package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.identity.PersonErased;
import dev.conduct.keys.BlindIndex;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Records by the e-mail addresses in what is personal in them, also among other words: found by who asks
/// `personal:ADDRESS`, and reached when the person with that address is erased. Codes are no projection: they are made
/// of values that only the keys open, for every value that was not looked at yet.
@Component
class KeptCodes implements SealedStore {

    private static final String PLACE = "work.kept_code|code";
    private static final Pattern ADDRESS =
            Pattern.compile("[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}+@[\\p{L}\\p{N}.-]{1,190}");
    private static final int MOST_IN_A_VALUE = 50;

    private final JdbcClient db;
    private final BlindIndex index;
    private final Subjects subjects;
    private final Ledger ledger;
    private final Procedures procedures;
    private final Readers readers;

    KeptCodes(
            JdbcClient db, BlindIndex index, Subjects subjects, Ledger ledger, Procedures procedures, Readers readers) {
        this.db = db;
        this.index = index;
        this.subjects = subjects;
        this.ledger = ledger;
        this.procedures = procedures;
        this.readers = readers;
    }

    /// To look for: `code in (:codes)`.
    List<byte[]> codes(String address) {
        return index.all(PLACE, address);
    }

    @EventListener
    void follow(ItemChanged change) {
        var event = change.event();
        if (!ItemFold.changes(event) || change.withdrawn()) {
            return;
        }
        if (event.data().get("cleared") instanceof List<?> cleared) {
            cleared.forEach(field -> forget(change.item().key(), String.valueOf(field)));
        }
        if (event.data().get("kept") instanceof Map<?, ?> kept) {
            kept.keySet().forEach(field -> look(change.item().key(), String.valueOf(field), event.id()));
        }
    }

    /// The codes of one value, in the place of those of the one before.
    private void look(String item, String field, UUID event) {
        forget(item, field);
        var type = type(item);
        var declared = type == null ? null : type.fields().get(field);
        var personal = declared == null || declared.keeping() != ItemType.Keeping.SECRET;
        var value = personal ? ledger.kept(event, Ledger.KEPT + field).orElse("") : "";
        for (var address : addresses(value)) {
            db.sql("""
                    insert into work.kept_code (item, field, code, open) values (:item, :field, :code, :open)
                    on conflict (item, field, code) do nothing
                    """)
                    .param("item", item)
                    .param("field", field)
                    .param("code", index.of(PLACE, address))
                    .param("open", declared != null && declared.readers().isEmpty())
                    .update();
        }
        db.sql("""
                insert into work.kept_seen (item, field, event) values (:item, :field, :event)
                on conflict (item, field) do update set event = excluded.event
                """)
                .param("item", item)
                .param("field", field)
                .param("event", event)
                .update();
    }

    private @Nullable ItemType type(String item) {
        return db.sql("select type, procedure_version from work.item where key = :item")
                .param("item", item)
                .query((row, number) -> procedures
                        .version(row.getString("procedure_version"))
                        .types()
                        .get(row.getString("type")))
                .optional()
                .orElse(null);
    }

    /// However they are written: among words, in brackets, several.
    static Set<String> addresses(String value) {
        var found = new LinkedHashSet<String>();
        var matcher = ADDRESS.matcher(value);
        while (found.size() < MOST_IN_A_VALUE && matcher.find()) {
            found.add(matcher.group().replaceAll("^['`.]+|[.-]+$", "").toLowerCase(Locale.ROOT));
        }
        return found;
    }

    /// Values that were not looked at: written before words were searched for addresses, or made anew with their
    /// record's row.
    ///
    /// @return how many; 0 when none was left
    int lookAtNew(int most) {
        return readers.system(() -> {
            var rows = db.sql("""
                    select kept.item, kept.field, kept.event
                      from work.kept_field kept
                      left join work.kept_seen seen on seen.item = kept.item and seen.field = kept.field
                     where seen.event is distinct from kept.event
                     limit :most
                       for update of kept skip locked
                    """).param("most", most).query(KeptCodes::coded).list();
            rows.forEach(row -> look(row.item(), row.field(), row.event()));
            return rows.size();
        });
    }

    private static Coded coded(ResultSet row, int number) throws SQLException {
        return new Coded(row.getString("item"), row.getString("field"), row.getObject("event", UUID.class));
    }

    private void forget(String item, String field) {
        db.sql("delete from work.kept_code where item = :item and field = :field")
                .param("item", item)
                .param("field", field)
                .update();
    }

    /// What is personal in a record goes with whoever is named in it by an address, and with the customer who
    /// reported it.
    @EventListener
    void erase(PersonErased erased) {
        var _ = readers.system(() -> {
            var codes = erased.email() == null ? List.of(new byte[0]) : codes(erased.email());
            var items = db.sql("""
                            select item from work.kept_code where code in (:codes)
                            union
                            select kept.item from work.kept_field kept join work.item on item.key = kept.item
                             where :outside and item.reporter = :person
                            """)
                    .param("codes", codes)
                    .param("outside", erased.outside())
                    .param("person", erased.person())
                    .query(String.class)
                    .list();
            items.forEach(item -> erase(item, erased.event()));
            return true;
        });
    }

    /// @param event the row of the event that says who erases whom; null while nothing may be recorded
    private void erase(String item, @Nullable Long event) {
        var key = subjects.destroy(ItemFold.PREFIX + item);
        if (event != null) {
            ledger.eraseContent(key, event);
        }
        db.sql("delete from work.kept_code where item = :item")
                .param("item", item)
                .update();
    }

    @Override
    public Purpose purpose() {
        return Purpose.INDEXES;
    }

    @Override
    public String says() {
        return "E-mail addresses in records";
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        readers.system(() -> {
            db.sql("select substring(code from 1 for 5) as head, count(*) as codes from work.kept_code group by 1")
                    .query(row -> {
                        counts.put(SealedStore.keyOf(row.getBytes("head")), row.getLong("codes"));
                    });
            var unseen = db.sql("""
                    select count(*)
                      from work.kept_field kept
                      left join work.kept_seen seen on seen.item = kept.item and seen.field = kept.field
                     where seen.event is distinct from kept.event
                    """).query(Long.class).single();
            if (unseen > 0) {
                counts.put(PLAIN, unseen);
            }
            return true;
        });
        return counts;
    }

    private record Coded(String item, String field, UUID event) {}

    @Override
    public int renew(int most) {
        var looked = lookAtNew(most);
        return looked > 0
                ? looked
                : readers.system(() -> {
                    var rows = db.sql("""
                            select kept.item, kept.field, kept.event
                              from work.kept_field kept
                             where exists (select from work.kept_code code
                                            where code.item = kept.item and code.field = kept.field
                                              and substring(code.code from 1 for 5) <> :newest)
                             limit :most
                               for update of kept skip locked
                            """)
                            .param("newest", index.head())
                            .param("most", most)
                            .query(KeptCodes::coded)
                            .list();
                    rows.forEach(row -> look(row.item(), row.field(), row.event()));
                    return rows.size();
                });
    }
}
