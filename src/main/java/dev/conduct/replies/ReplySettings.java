package dev.conduct.replies;

import dev.conduct.database.StartRefused;
import dev.conduct.mail.Mail;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Where answers to letters arrive: `conduct.replies.*`, in the environment `CONDUCT_REPLIES_ADDRESS` and so on.
///
/// @param address of the mailbox, which takes mail for `local+anything@domain` too; null: letters cannot be answered
/// @param verifier the name under which our own mail server writes `Authentication-Results` (RFC 8601)
/// @param host of the IMAP server; null: mail is taken from the folder `answers` of the data
/// @param port left out, 993 with `tls`, else 143
/// @param tls `tls` from the first byte (as usual), `starttls`, or `none`
/// @param ca file (PEM) of the authority that signs the mail server's certificate; null: those that Java knows
@ConfigurationProperties("conduct.replies")
record ReplySettings(
        @Nullable String address,
        @Nullable String verifier,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String tls,
        @Nullable String ca,
        @Nullable String user,
        @Nullable String password) {

    ReplySettings {
        address = blankIsNull(address);
        verifier = blankIsNull(verifier);
        host = blankIsNull(host);
        tls = blankIsNull(tls);
        ca = blankIsNull(ca);
        user = blankIsNull(user);
        if (address != null && (!Mail.isAddress(address) || address.indexOf('@') > 24 || address.indexOf('+') >= 0)) {
            throw new StartRefused("CONDUCT_REPLIES_ADDRESS is no address that answers can be sent to. Write one alone,"
                    + " with at most 24 characters before the @ and no +, as in reply@example.com.");
        }
        if (address != null && verifier == null) {
            throw new StartRefused("CONDUCT_REPLIES_ADDRESS is set, but nothing says who sent a mail. Set"
                    + " CONDUCT_REPLIES_VERIFIER to the name under which your mail server writes Authentication-Results,"
                    + " as in mx.example.com.");
        }
        if (tls != null && !tls.matches("(?i)starttls|tls|none")) {
            throw new StartRefused("CONDUCT_REPLIES_TLS is not understood. Write tls, starttls or none.");
        }
        if (host != null && (user == null || password == null)) {
            throw new StartRefused(
                    "CONDUCT_REPLIES_HOST names a mailbox that nobody opens. Set CONDUCT_REPLIES_USER and"
                            + " CONDUCT_REPLIES_PASSWORD.");
        }
    }

    String encryption() {
        return tls == null ? "tls" : tls.toLowerCase(Locale.ROOT);
    }

    int portUsed() {
        return port != null ? port : encryption().equals("tls") ? 993 : 143;
    }

    private static @Nullable String blankIsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// The password stays out of every message and log.
    @Override
    public String toString() {
        return "ReplySettings[" + host + ":" + portUsed() + " " + encryption() + "]";
    }
}
