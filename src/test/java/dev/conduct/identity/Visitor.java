package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Goes through set-up and sign-in as a person does: reads pages, fills forms, copies the key into an authenticator.
final class Visitor {

    private static final Pattern SECRET = Pattern.compile("id=\"secret\">([A-Z2-7 ]+)<");
    private static final Pattern CODE = Pattern.compile("<li>([a-z2-7-]{20,})</li>");
    static final String PASSWORD = "kettle orbit lantern mosaic";

    final Http http;
    private final int port;

    Visitor(int port) {
        this.port = port;
        this.http = new Http(port);
    }

    Visitor another() {
        return new Visitor(port);
    }

    /// The same visitor, through a proxy that names this address.
    Visitor from(String address) {
        http.through(address);
        return this;
    }

    record Enrolled(String secret, List<String> recoveryCodes) {

        String code(java.time.Instant now) {
            return Totp.authenticator(Base32.decode(secret)).at(Totp.counter(now));
        }
    }

    /// From the link that the server prints to a session with one factor.
    HttpResponse<String> setUp(String link, String email) {
        var path = link.substring(link.indexOf("/setup"));
        var page = http.get(path);
        return http.form(
                "/setup",
                Map.of(
                        "_csrf",
                        Http.token(page),
                        "token",
                        path.substring(path.indexOf('=') + 1),
                        "company",
                        "Brindlemoor",
                        "name",
                        "Hana Iversen",
                        "email",
                        email,
                        "password",
                        PASSWORD));
    }

    HttpResponse<String> password(String email, String password) {
        return http.fill("/sign-in", "/sign-in", Map.of("email", email, "password", password));
    }

    Enrolled enrol(java.time.Instant now) {
        var page = http.get("/sign-in/enrolment");
        var secret = found(SECRET, page).replace(" ", "");
        assertThat(QrScanner.read(page.body())).startsWith("otpauth://totp/").contains("secret=" + secret + "&");
        var enrolled = new Enrolled(secret, List.of());
        var answer = http.form("/sign-in/enrolment", Map.of("_csrf", Http.token(page), "code", enrolled.code(now)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var codes = CODE.matcher(answer.body())
                .results()
                .map(result -> result.group(1))
                .toList();
        assertThat(codes).hasSize(10);
        return new Enrolled(secret, codes);
    }

    HttpResponse<String> code(String code) {
        return http.fill("/sign-in/code", "/sign-in/code", Map.of("code", code));
    }

    HttpResponse<String> recovery(String code) {
        return http.fill("/sign-in/code", "/sign-in/code", Map.of("recovery", code));
    }

    /// The form token of a page that everybody signed in may read.
    String token() {
        return Http.token(http.get("/admin/products"));
    }

    boolean signedIn() {
        return http.get("/api/v1/me").statusCode() == 200;
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("(" + answer.statusCode() + ")");
    }

    private static String found(Pattern pattern, HttpResponse<String> page) {
        var matcher = pattern.matcher(page.body());
        assertThat(matcher.find()).as(page.statusCode() + " " + page.body()).isTrue();
        return matcher.group(1);
    }
}
