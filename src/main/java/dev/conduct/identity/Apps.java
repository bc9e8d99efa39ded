package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Apps that administrators registered: they act for people who agreed, and keep no secret.
@Component
public class Apps {

    private static final Set<Scope> POSSIBLE = Set.of(Scope.READ, Scope.WRITE);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final JdbcClient db;
    private final InstantSource time;
    private final Ledger ledger;

    Apps(JdbcClient db, InstantSource time, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.ledger = ledger;
    }

    /// @param id what it calls itself (`client_id`)
    /// @param people how many agreed and did not take it back
    public record App(
            String id, String name, List<String> redirectUris, List<String> scopes, boolean active, long people) {

        /// The address exactly; on this computer any port, which an app cannot choose beforehand (RFC 8252, 7.3).
        boolean leadsTo(String address) {
            return redirectUris.stream().anyMatch(known -> known.equals(address) || onAnyPort(known, address));
        }
    }

    private static final String SELECT = """
            select a.id, a.name, a.redirect_uris, a.scopes, a.active,
                   (select count(distinct g.person) from identity.app_grant g
                     where g.app = a.id and g.revoked_at is null and g.expires_at > :now) as people
              from identity.app a
            """;

    public List<App> all() {
        return db.sql(SELECT + " order by not a.active, a.name, a.id")
                .param("now", Sql.time(time.instant()))
                .query(Apps::app)
                .list();
    }

    Optional<App> active(String id) {
        return ActorId.parsed(id)
                .flatMap(uuid -> db.sql(SELECT + " where a.id = :id and a.active")
                        .param("now", Sql.time(time.instant()))
                        .param("id", uuid)
                        .query(Apps::app)
                        .optional());
    }

    /// @throws Problem 400 naming what is missing, or an address that codes may not be sent to
    @Transactional
    public String register(String name, List<String> redirectUris, Set<Scope> scopes, Actor by) {
        var faults = new ArrayList<FieldProblem>();
        var cleanName = Words.name(faults, "app-name", name);
        if (redirectUris.isEmpty() || redirectUris.size() > 10) {
            faults.add(new FieldProblem("redirect", "missing", "Give 1 to 10 addresses to come back to, one a line."));
        }
        redirectUris.stream()
                .filter(address -> !safe(address))
                .forEach(address -> faults.add(new FieldProblem(
                        "redirect",
                        "not_safe",
                        "“" + address + "” is no https address, no address of this computer and no scheme of an app's"
                                + " own, such as com.example.app:/back.")));
        if (scopes.isEmpty() || !POSSIBLE.containsAll(scopes)) {
            faults.add(new FieldProblem("app-scope", "missing", "Choose read, write or both."));
        }
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var id = Ids.next(time.instant());
        db.sql("""
                insert into identity.app (id, name, redirect_uris, scopes, created_at)
                values (:id, :name, :redirects, :scopes, :now)
                """)
                .param("id", id)
                .param("name", cleanName)
                .param("redirects", redirectUris.toArray(String[]::new))
                .param("scopes", Scope.array(scopes))
                .param("now", Sql.time(time.instant()))
                .update();
        record(by, "app.register", id, Map.of("scopes", Scope.words(scopes)), Map.of("name", cleanName));
        return id.toString();
    }

    /// Ends the app and all that people agreed to, at once.
    @Transactional
    public void shutOut(String app, Actor by) {
        var id = ActorId.parsed(app).orElseThrow(() -> Problem.notFound("This app"));
        if (db.sql("update identity.app set active = false where id = :id and active")
                        .param("id", id)
                        .update()
                == 0) {
            throw Problem.notFound("This app");
        }
        db.sql("update identity.app_grant set revoked_at = :now where app = :id and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("id", id)
                .update();
        record(by, "app.shut_out", id, Map.of(), Map.of());
    }

    private static boolean safe(String address) {
        try {
            var uri = URI.create(address);
            if (address.length() > 500 || uri.getScheme() == null || uri.getRawFragment() != null) {
                return false;
            }
            return switch (uri.getScheme()) {
                case "https" -> uri.getHost() != null && uri.getUserInfo() == null;
                case "http" -> uri.getHost() != null && LOOPBACK.contains(uri.getHost()) && uri.getUserInfo() == null;
                // Of an app's own, by the name of a domain (RFC 8252, 7.1): never javascript:, data: and their like.
                default -> uri.getScheme().matches("[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+");
            };
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static boolean onAnyPort(String known, String address) {
        try {
            var one = URI.create(known);
            var other = URI.create(address);
            return "http".equals(one.getScheme())
                    && "http".equals(other.getScheme())
                    && one.getHost() != null
                    && LOOPBACK.contains(one.getHost())
                    && one.getHost().equals(other.getHost())
                    && other.getUserInfo() == null
                    && other.getRawFragment() == null
                    && String.valueOf(one.getRawPath()).equals(other.getRawPath())
                    && String.valueOf(one.getRawQuery()).equals(String.valueOf(other.getRawQuery()));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private void record(Actor by, String action, UUID app, Map<String, Object> data, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "app:" + app,
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                content));
    }

    private static App app(ResultSet row, int number) throws SQLException {
        return new App(
                row.getString("id"),
                row.getString("name"),
                List.of((String[]) row.getArray("redirect_uris").getArray()),
                List.of((String[]) row.getArray("scopes").getArray()),
                row.getBoolean("active"),
                row.getLong("people"));
    }
}
