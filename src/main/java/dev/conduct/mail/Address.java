package dev.conduct.mail;

import java.net.IDN;
import java.util.Optional;
import java.util.regex.Pattern;

/// An e-mail address as it may stand in a header: nothing in it ends a line, starts another address or names a
/// person.
final class Address {

    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

    private Address() {}

    static boolean known(String text) {
        return plain(text).isPresent();
    }

    /// The address with its domain in ASCII; empty when no letter can be sent to it.
    static Optional<String> plain(String text) {
        var at = text.lastIndexOf('@');
        if (at < 1 || at > 64 || text.length() > 254) {
            return Optional.empty();
        }
        try {
            var local = text.substring(0, at);
            var domain = IDN.toASCII(text.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            return LOCAL.matcher(local).matches() && DOMAIN.matcher(domain).matches()
                    ? Optional.of(local + "@" + domain)
                    : Optional.empty();
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }
}
