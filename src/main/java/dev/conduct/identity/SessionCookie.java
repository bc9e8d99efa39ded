package dev.conduct.identity;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/// The cookie of a session. Behind TLS (`conduct.url` begins with https) it is `__Host-conduct`, which browsers take
/// over TLS only; on plain http, meant for the loopback address, that name would be refused, so it has none.
@Configuration
class SessionCookie {

    @Bean
    CookieSerializer cookieSerializer(@Value("${conduct.url:}") String url) {
        var tls = url.startsWith("https:");
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(tls ? "__Host-conduct" : "conduct");
        cookie.setUseSecureCookie(tls);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        cookie.setCookiePath("/");
        return new SessionIds.Cookies(cookie);
    }
}
