package dev.conduct.shell;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Light, dark, or as the system says: kept in a cookie, so that the first byte of a page is already right.
@Controller
class Theme {

    static final String COOKIE = "theme";

    @PostMapping("/theme")
    ResponseEntity<Void> choose(
            @RequestParam(name = "theme", defaultValue = "") String theme,
            @RequestParam(name = "back", defaultValue = "/") String back,
            HttpServletRequest request) {
        var cookie = ResponseCookie.from(COOKIE, known(theme))
                .path("/")
                .sameSite("Lax")
                .secure(request.isSecure())
                .maxAge(theme.isEmpty() ? Duration.ZERO : Duration.ofDays(365))
                .build();
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .header(HttpHeaders.LOCATION, here(back))
                .build();
    }

    static String known(String theme) {
        return theme.equals("light") || theme.equals("dark") ? theme : "";
    }

    /// Only a path of this server: never another host.
    private static String here(String back) {
        return back.matches("/(?![/\\\\])[\\x21-\\x7E&&[^\\\\]]*|/") ? back : "/";
    }
}
