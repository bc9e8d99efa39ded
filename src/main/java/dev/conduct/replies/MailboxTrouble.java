package dev.conduct.replies;

import jakarta.mail.AuthenticationFailedException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Why a mailbox could not be read, in words for whoever runs the server; never with what the other side said.
final class MailboxTrouble {

    private MailboxTrouble() {}

    static String said(Throwable trouble, String host, int port) {
        var at = host + ":" + port;
        var untrusted = within(trouble, CertificateException.class);
        if (untrusted != null) {
            return named(untrusted)
                    ? "The certificate of " + at
                            + " is for another name. Set CONDUCT_REPLIES_HOST to a name that it holds."
                    : "The certificate of " + at
                            + " is not trusted: nobody whom this server knows signed it. Name the file of"
                            + " the authority that did in CONDUCT_REPLIES_CA.";
        }
        if (within(trouble, AuthenticationFailedException.class) != null) {
            return at + " does not take the user and the password. Look at CONDUCT_REPLIES_USER and"
                    + " CONDUCT_REPLIES_PASSWORD.";
        }
        if (within(trouble, SSLException.class) != null) {
            return at + " and this server found no TLS that both speak. Look at CONDUCT_REPLIES_TLS and"
                    + " CONDUCT_REPLIES_PORT.";
        }
        if (within(trouble, UnknownHostException.class) != null
                || within(trouble, ConnectException.class) != null
                || within(trouble, SocketTimeoutException.class) != null) {
            return "Nothing answers at " + at + ".";
        }
        return "The mailbox at " + at + " could not be read: "
                + trouble.getClass().getSimpleName() + ".";
    }

    /// Angus Mail checks names itself, and so does Java; both say so in words alone.
    private static boolean named(CertificateException untrusted) {
        var says = Objects.requireNonNullElse(untrusted.getMessage(), "");
        return says.contains("subject alternative") || says.contains("No name matching");
    }

    private static <T extends Throwable> @Nullable T within(Throwable trouble, Class<T> kind) {
        for (Throwable one = trouble; one != null; one = one.getCause()) {
            if (kind.isInstance(one)) {
                return kind.cast(one);
            }
        }
        return null;
    }
}
