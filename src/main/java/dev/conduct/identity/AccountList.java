package dev.conduct.identity;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Everybody with an account, for those who look after them.
@Component
public class AccountList {

    private final JdbcClient db;
    private final PersonRows rows;
    private final NameBook book;

    AccountList(JdbcClient db, PersonRows rows, NameBook book) {
        this.db = db;
        this.rows = rows;
        this.book = book;
    }

    /// @param signsIn true once a password was chosen
    /// @param authenticator whether an app gives codes for it
    /// @param passkeys how many open it
    public record Account(People.Person person, boolean signsIn, boolean authenticator, int passkeys) {

        public boolean secondFactor() {
            return authenticator || passkeys > 0;
        }
    }

    /// Everybody who has or had an account: those who may come in first, by name.
    ///
    /// @param cursor `next` of the page before, null for the first
    /// @throws Problem 400 for a cursor that no page gave
    public Page<Account> page(int limit, @Nullable String cursor) {
        var after = cursor == null ? null : PersonCursor.read(cursor);
        var ids = book.where(NameBook.Line::person)
                .sorted(Comparator.comparing(line -> !line.active()))
                .filter(line -> after == null || after.before(line))
                .limit(limit + 1)
                .map(NameBook.Line::id)
                .toList();
        var found = db.sql("""
                select a.id, a.kind, a.name, a.name_key, a.name_sealed, a.email, a.email_key, a.email_sealed, a.active,
                       array(select g.role from identity.granted_role g
                              where g.actor = a.id and g.product is null order by g.role) as roles,
                       p.person is not null
                           or exists (select 1 from identity.external_account x where x.person = a.id) as signs_in,
                       t.confirmed_at is not null as authenticator,
                       (select count(*) from identity.passkey k where k.person = a.id) as passkeys
                  from identity.actor a
                  left join identity.password p on p.person = a.id
                  left join identity.authenticator t on t.person = a.id
                 where a.id = any(:ids)
                 order by array_position(:ids, a.id)
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Account(
                        rows.person(row, number),
                        row.getBoolean("signs_in"),
                        row.getBoolean("authenticator"),
                        row.getInt("passkeys")))
                .list();
        var more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Page<>(
                shown, more ? PersonCursor.of(shown.getLast().person()).written() : null);
    }

    /// @param active accounts that may come in
    /// @param withSecondFactor of all, those that have enrolled one
    public record Count(long all, long active, long withSecondFactor) {}

    public Count count() {
        return db.sql("""
                select count(*) as all, count(*) filter (where a.active) as active,
                       count(*) filter (where t.confirmed_at is not null
                           or exists (select 1 from identity.passkey k where k.person = a.id)) as with_second_factor
                  from identity.actor a
                  left join identity.authenticator t on t.person = a.id
                 where a.kind = 'person'
                """).query(Count.class).single();
    }
}
