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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Records by the e-mail addresses in what is personal in them: found by who asks `personal:ADDRESS`, and reached when
/// the person with that address is erased.
@Component
class KeptCodes implements SealedStore {

    private static final String PLACE = "work.kept_code|code";
    private static final Pattern ADDRESS = Pattern.compile("\\S{1,200}@\\S{1,200}");

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
            kept.forEach((field, how) -> {
                if (ItemType.Keeping.PERSONAL.word().equals(how)) {
                    keep(change.item(), String.valueOf(field), event.id());
                }
            });
        }
    }

    private void keep(Item item, String field, UUID event) {
        var value = ledger.kept(event, Ledger.KEPT + field).map(String::strip).orElse("");
        if (!ADDRESS.matcher(value).matches()) {
            forget(item.key(), field);
            return;
        }
        var type = Door.type(procedures.version(item.procedureVersion()), item.type());
        var declared = type.fields().get(field);
        db.sql("""
                insert into work.kept_code (item, field, code, open) values (:item, :field, :code, :open)
                on conflict (item, field) do update set code = excluded.code, open = excluded.open
                """)
                .param("item", item.key())
                .param("field", field)
                .param("code", index.of(PLACE, value))
                .param("open", declared != null && declared.readers().isEmpty())
                .update();
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
    private void erase(String item, @org.jspecify.annotations.Nullable Long event) {
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
            return true;
        });
        return counts;
    }

    private record Coded(String item, String field, UUID event) {}

    @Override
    public int renew(int most) {
        return readers.system(() -> {
            var rows = db.sql("""
                    select code.item, code.field, kept.event
                      from work.kept_code code
                      join work.kept_field kept on kept.item = code.item and kept.field = code.field
                     where substring(code.code from 1 for 5) <> :newest
                     limit :most
                       for update of code skip locked
                    """)
                    .param("newest", index.head())
                    .param("most", most)
                    .query((row, number) -> new Coded(
                            row.getString("item"), row.getString("field"), row.getObject("event", UUID.class)))
                    .list();
            rows.forEach(row -> renew(row));
            return rows.size();
        });
    }

    private void renew(Coded row) {
        var value = ledger.kept(row.event(), Ledger.KEPT + row.field());
        if (value.isEmpty()) {
            forget(row.item(), row.field());
            return;
        }
        db.sql("update work.kept_code set code = :code where item = :item and field = :field")
                .param("code", index.of(PLACE, value.get().strip()))
                .param("item", row.item())
                .param("field", row.field())
                .update();
    }
}
