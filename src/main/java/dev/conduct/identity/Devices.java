package dev.conduct.identity;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Knows browsers again by a cookie that opens nothing, and writes to whoever is signed in with one that is new.
@Component
class Devices {

    private static final Duration KNOWN = Duration.ofDays(180);

    private final JdbcClient db;
    private final InstantSource time;
    private final SecurityLetters letters;
    private final boolean tls;

    Devices(JdbcClient db, InstantSource time, SecurityLetters letters, @Value("${conduct.url:}") String url) {
        this.db = db;
        this.time = time;
        this.letters = letters;
        this.tls = url.startsWith("https:");
    }

    /// The first browser of all is not news to anybody.
    @Transactional
    public void seen(Actor person, HttpServletRequest request, HttpServletResponse response) {
        var id = ActorId.required(person.id());
        var now = time.instant();
        if (cookie(request).filter(token -> known(id, token, now)).isPresent()) {
            return;
        }
        var first = !db.sql("select exists (select 1 from identity.device where person = :person)")
                .param("person", id)
                .query(Boolean.class)
                .single();
        var token = Tokens.next("");
        var described = Device.of(request.getHeader(HttpHeaders.USER_AGENT));
        db.sql("""
                insert into identity.device (hash, person, created_at, last_seen_at)
                values (:hash, :person, :now, :now)
                """)
                .param("hash", Tokens.hash(token))
                .param("person", id)
                .param("now", Sql.time(now))
                .update();
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name(), token)
                        .httpOnly(true)
                        .secure(tls)
                        .sameSite("Lax")
                        .path("/")
                        .maxAge(KNOWN)
                        .build()
                        .toString());
        if (!first) {
            letters.newDevice(person.id(), described, request.getRemoteAddr());
        }
    }

    void sweep(Instant now) {
        db.sql("delete from identity.device where last_seen_at < :then")
                .param("then", Sql.time(now.minus(KNOWN)))
                .update();
    }

    private boolean known(UUID person, String token, Instant now) {
        return db.sql("""
                update identity.device set last_seen_at = :now
                 where hash = :hash and person = :person and last_seen_at > :then
                """)
                        .param("now", Sql.time(now))
                        .param("hash", Tokens.hash(token))
                        .param("person", person)
                        .param("then", Sql.time(now.minus(KNOWN)))
                        .update()
                == 1;
    }

    private Optional<String> cookie(HttpServletRequest request) {
        var cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name()))
                        .map(Cookie::getValue)
                        .findFirst();
    }

    private String name() {
        return tls ? "__Host-device" : "device";
    }
}
