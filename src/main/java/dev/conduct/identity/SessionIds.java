package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.CookieSerializer.CookieValue;

/// The browser has a session's key, the database its hash: who reads the database, or a copy of it, signs in as nobody.
/// Within the server a session is known by the hash alone; the key is there from when it is made until the answer that
/// carries it has gone out.
final class SessionIds implements SessionIdGenerator {

    /// 216 bits, as many as the column holds; the framework's own ids have 122.
    private static final int BYTES = 27;

    private record Made(String key, String stored) {}

    private static final ThreadLocal<@Nullable Made> MADE = new ThreadLocal<>();

    @Override
    public String generate() {
        var key = text(Tokens.random(BYTES));
        var made = new Made(key, stored(key));
        MADE.set(made);
        return made.stored();
    }

    /// At the end of a request.
    static void forget() {
        MADE.remove();
    }

    private static String stored(String key) {
        return text(Arrays.copyOf(Tokens.hash(key), BYTES));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Between the cookie, which holds the key, and everything else.
    record Cookies(CookieSerializer cookies) implements CookieSerializer {

        @Override
        public void writeCookieValue(CookieValue value) {
            var made = MADE.get();
            if (value.getCookieValue().isEmpty()) {
                cookies.writeCookieValue(value);
            } else if (made != null && made.stored().equals(value.getCookieValue())) {
                cookies.writeCookieValue(new CookieValue(value.getRequest(), value.getResponse(), made.key()));
            }
            // Else it ended elsewhere during this request: the browser keeps a key that opens nothing.
        }

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return cookies.readCookieValues(request).stream()
                    .map(SessionIds::stored)
                    .toList();
        }
    }
}
