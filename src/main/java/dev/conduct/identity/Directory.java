package dev.conduct.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The people with an account, as a directory of the company looks at them.
@Component
public class Directory {

    private static final String SELECT = """
            select a.id, a.kind, a.name, a.name_key, a.name_sealed, a.email, a.email_key, a.email_sealed, a.active, a.version, a.created_at, '{}'::text[] as roles
              from identity.actor a
             where a.kind = 'person'
            """;
    private static final String CONDITIONS = """
               and (cast(:email as text) is null or a.email_index in (:codes) or a.email = lower(cast(:email as text)))
               and (cast(:called as uuid[]) is null or a.id = any(cast(:called as uuid[])))
               and (cast(:active as boolean) is null or a.active = cast(:active as boolean))
               and (cast(:among as uuid[]) is null or a.id = any(cast(:among as uuid[])))
               and not a.id = any(cast(:without as uuid[]))
            """;

    private final JdbcClient db;
    private final PersonRows rows;
    private final Addresses addresses;
    private final NameBook book;

    Directory(JdbcClient db, PersonRows rows, Addresses addresses, NameBook book) {
        this.db = db;
        this.rows = rows;
        this.addresses = addresses;
        this.book = book;
    }

    /// @param version how often the account was changed
    public record Entry(People.Person person, long version, Instant createdAt) {}

    /// What a look is narrowed to; null for any.
    ///
    /// @param among these only
    /// @param without never these
    public record Wanted(
            @Nullable String email,
            @Nullable String name,
            @Nullable Boolean active,
            @Nullable List<UUID> among,
            List<UUID> without) {}

    public List<Entry> find(Wanted wanted, int offset, int limit) {
        return statement(SELECT + CONDITIONS + " order by a.created_at, a.id offset :offset limit :limit", wanted)
                .param("offset", offset)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    public int count(Wanted wanted) {
        return statement("select count(*) from identity.actor a where a.kind = 'person'" + CONDITIONS, wanted)
                .query(Integer.class)
                .single();
    }

    public Optional<Entry> of(UUID person) {
        return db.sql(SELECT + " and a.id = :id")
                .param("id", person)
                .query(this::entry)
                .optional();
    }

    private JdbcClient.StatementSpec statement(String sql, Wanted wanted) {
        return db.sql(sql)
                .param("email", wanted.email())
                .param("codes", addresses.codes(Objects.requireNonNullElse(wanted.email(), "")))
                .param("called", wanted.name() == null ? null : array(book.called(wanted.name())))
                .param("active", wanted.active())
                .param("among", wanted.among() == null ? null : array(wanted.among()))
                .param("without", array(wanted.without()));
    }

    private static String array(List<UUID> ids) {
        return "{" + String.join(",", ids.stream().map(UUID::toString).toList()) + "}";
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        return new Entry(
                rows.person(row, number), row.getLong("version"), Objects.requireNonNull(Sql.time(row, "created_at")));
    }
}
