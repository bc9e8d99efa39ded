package dev.conduct.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The programs that call the API, for those who look after them.
@Component
public class ClientList {

    private final JdbcClient db;
    private final InstantSource time;

    ClientList(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    /// All programs with the secrets in force, those that may call first.
    public List<Clients.Client> all() {
        var now = time.instant();
        var secrets = db.sql("""
                select id, client, created_at, expires_at, last_used_at
                  from identity.client_key
                 where revoked_at is null and expires_at > :now
                 order by created_at desc, id desc
                """)
                .param("now", Sql.time(now))
                .query((row, number) -> Map.entry(row.getString("client"), secret(row, now)))
                .list();
        return db.sql("""
                select a.id, a.name, a.active, a.created_at, c.scopes, c.owner,
                       array(select g.role from identity.granted_role g
                              where g.actor = a.id and g.product is null order by g.role) as roles
                  from identity.actor a
                  join identity.client c on c.id = a.id
                 order by a.active desc, a.name, a.id
                """)
                .query((row, number) -> {
                    var id = row.getString("id");
                    return client(
                            row,
                            secrets.stream()
                                    .filter(secret -> secret.getKey().equals(id))
                                    .map(Map.Entry::getValue)
                                    .toList());
                })
                .list();
    }

    private static Clients.Secret secret(ResultSet row, Instant now) throws SQLException {
        var expires = Objects.requireNonNull(Sql.time(row, "expires_at"));
        return new Clients.Secret(
                row.getString("id"),
                Objects.requireNonNull(Sql.time(row, "created_at")),
                expires,
                Sql.time(row, "last_used_at"),
                !now.isBefore(expires.minus(Clients.WARNING)));
    }

    private static Clients.Client client(ResultSet row, List<Clients.Secret> secrets) throws SQLException {
        var owner = row.getString("owner");
        return new Clients.Client(
                "client:" + row.getString("id"),
                row.getString("name"),
                row.getBoolean("active"),
                List.of((String[]) row.getArray("roles").getArray()),
                Scope.words(Scope.of(row)),
                owner == null ? null : "person:" + owner,
                Objects.requireNonNull(Sql.time(row, "created_at")),
                secrets);
    }
}
