package dev.conduct.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// The address that an authenticator app reads from the QR code.
@Component
class AuthenticatorAddress {

    private final SetUp setUp;

    AuthenticatorAddress(SetUp setUp) {
        this.setUp = setUp;
    }

    OwnAccount.Enrolment of(People.Person person, String secret) {
        var account = Objects.requireNonNullElse(person.email(), person.name());
        var company = setUp.company();
        var issuer = company.isEmpty() ? "Conduct" : "Conduct " + company;
        var address = "otpauth://totp/" + encoded(issuer) + ":" + encoded(account) + "?secret=" + secret + "&issuer="
                + encoded(issuer) + "&algorithm=SHA1&digits=6&period=" + Totp.SECONDS;
        return new OwnAccount.Enrolment(
                QrCode.svg(address, "QR code for the authenticator app"),
                String.join(" ", secret.split("(?<=\\G.{4})")),
                address);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
