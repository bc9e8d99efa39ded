package dev.conduct.mail;

import dev.conduct.database.StartRefused;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// How letters leave: `conduct.mail.*`, in the environment `CONDUCT_MAIL_HOST` and so on.
///
/// @param host of the SMTP server; null: letters become files in the data folder
/// @param port left out, 465 with `tls`, 587 with `starttls`, 25 with `none`
/// @param tls `starttls` (as usual: no letter and no password leaves unless the server can encrypt), `tls` from the
/// first byte, or `none`
/// @param from the sender's address
@ConfigurationProperties("conduct.mail")
record MailSettings(
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String tls,
        @Nullable String user,
        @Nullable String password,
        @Nullable String from) {

    MailSettings {
        host = blankIsNull(host);
        user = blankIsNull(user);
        from = blankIsNull(from);
        tls = blankIsNull(tls);
        if (host != null && from == null) {
            throw new StartRefused(
                    "CONDUCT_MAIL_HOST names a mail server, but nobody is the sender. Set CONDUCT_MAIL_FROM"
                            + " to an address that may send through it, as in conduct@example.com.");
        }
        if (from != null && !Address.known(from)) {
            throw new StartRefused(
                    "CONDUCT_MAIL_FROM is no e-mail address. Write it alone, as in conduct@example.com.");
        }
        if (tls != null && !tls.matches("(?i)starttls|tls|none")) {
            throw new StartRefused("CONDUCT_MAIL_TLS is not understood. Write starttls, tls or none.");
        }
        if ("none".equalsIgnoreCase(tls) && user != null) {
            throw new StartRefused(
                    "CONDUCT_MAIL_TLS is none, so the password of CONDUCT_MAIL_USER would be sent readable."
                            + " Leave the user out, or set CONDUCT_MAIL_TLS to starttls or tls.");
        }
        if (user != null && password == null) {
            throw new StartRefused("CONDUCT_MAIL_USER is set, and CONDUCT_MAIL_PASSWORD is not. Set both, or neither.");
        }
    }

    Security security() {
        if (tls != null) {
            return Security.valueOf(tls.toUpperCase(Locale.ROOT));
        }
        return port != null && port == 465 ? Security.TLS : Security.STARTTLS;
    }

    int portUsed() {
        return port == null ? security().port : port;
    }

    String sender() {
        return from == null ? "conduct@localhost" : from;
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// The password stays out of every message and log.
    @Override
    public String toString() {
        return "MailSettings[" + host + ":" + portUsed() + " " + security() + "]";
    }

    enum Security {
        STARTTLS(587),
        TLS(465),
        NONE(25);

        private final int port;

        Security(int port) {
            this.port = port;
        }
    }
}
