package dev.conduct.replies;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mail as it came (RFC 5322), read without believing it.
///
/// @param from the one address it says it is from; null for none, or several
/// @param to every address it was sent to, as its headers name them
/// @param automatic whether a program sent it by itself: nobody answers those
/// @param results its `Authentication-Results`, the newest first
/// @param text what is written, quoted parts and all
record Incoming(
        @Nullable String from,
        List<String> to,
        boolean automatic,
        List<String> results,
        String text,
        List<Attached> files) {

    /// Most files that are taken of one mail.
    static final int FILES = 10;

    private static final int PARTS = 100;
    private static final int DEPTH = 10;
    private static final int TEXT = 1_000_000;
    private static final Set<String> BY_ITSELF = Set.of("bulk", "list", "junk", "auto_reply");

    /// A file that came with it.
    record Attached(String name, byte[] content) {}

    /// A mail that cannot be read.
    static final class Unreadable extends Exception {

        Unreadable(String says) {
            super(says);
        }
    }

    static Incoming of(byte[] raw) throws Unreadable {
        try {
            var message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
            var reading = new Reading();
            reading.part(message, 0);
            return new Incoming(
                    sender(message),
                    recipients(message),
                    automatic(message),
                    headers(message, "Authentication-Results"),
                    reading.words(),
                    List.copyOf(reading.files));
        } catch (MessagingException | IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw new Unreadable("It is no mail that can be read.");
        }
    }

    private static @Nullable String sender(MimeMessage message) throws MessagingException {
        var lines = headers(message, "From");
        if (lines.size() != 1) {
            return null;
        }
        try {
            var named = InternetAddress.parseHeader(lines.getFirst(), true);
            return named.length == 1 ? named[0].getAddress() : null;
        } catch (AddressException unclear) {
            return null;
        }
    }

    private static List<String> recipients(MimeMessage message) throws MessagingException {
        var all = new ArrayList<String>();
        for (var name : List.of("Delivered-To", "X-Original-To", "To", "Cc")) {
            for (var line : headers(message, name)) {
                try {
                    Arrays.stream(InternetAddress.parseHeader(line, false))
                            .map(InternetAddress::getAddress)
                            .filter(Objects::nonNull)
                            .forEach(all::add);
                } catch (AddressException unclear) {
                    // Not a line that names ours.
                }
            }
        }
        return List.copyOf(all);
    }

    /// By RFC 3834, and by what lists, bounces and answering machines say of themselves.
    private static boolean automatic(MimeMessage message) throws MessagingException {
        var submitted = headers(message, "Auto-Submitted");
        var precedence = headers(message, "Precedence");
        return submitted.stream()
                        .anyMatch(says -> !says.strip().toLowerCase(Locale.ROOT).matches("no\\b.*"))
                || precedence.stream()
                        .anyMatch(says -> BY_ITSELF.contains(says.strip().toLowerCase(Locale.ROOT)))
                || headers(message, "Return-Path").stream()
                        .anyMatch(says -> says.strip().equals("<>"))
                || !headers(message, "List-Id").isEmpty()
                || !headers(message, "X-Autoreply").isEmpty()
                || !headers(message, "X-Autorespond").isEmpty()
                || message.isMimeType("multipart/report");
    }

    private static List<String> headers(MimeMessage message, String name) throws MessagingException {
        var lines = message.getHeader(name);
        return lines == null
                ? List.of()
                : Arrays.stream(lines).map(line -> line.replaceAll("\\s+", " ")).toList();
    }

    /// Words and files of all parts, no deeper and no more than a mail of people has.
    private static final class Reading {

        private final StringBuilder plain = new StringBuilder();
        private final StringBuilder html = new StringBuilder();
        private final List<Attached> files = new ArrayList<>();
        private int parts;

        String words() {
            return plain.isEmpty() ? HtmlWords.of(html.toString()) : plain.toString();
        }

        void part(Part part, int depth) throws MessagingException, IOException, Unreadable {
            if (++parts > PARTS || depth > DEPTH) {
                throw new Unreadable("It has more parts than a mail of a person.");
            }
            var name = part.getFileName();
            var attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())
                    || name != null && !(part instanceof BodyPart body && body.getHeader("Content-ID") != null);
            if (attached) {
                file(name, part);
            } else if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart many) {
                for (var i = 0; i < many.getCount(); i++) {
                    part(many.getBodyPart(i), depth + 1);
                }
            } else if (part.isMimeType("text/plain")) {
                text(part, plain);
            } else if (part.isMimeType("text/html")) {
                text(part, html);
            }
        }

        private void file(@Nullable String name, Part part) throws MessagingException, IOException, Unreadable {
            if (files.size() == FILES) {
                throw new Unreadable("It has more than " + FILES + " files.");
            }
            try (InputStream in = part.getInputStream()) {
                files.add(new Attached(name == null ? "file" : name, in.readAllBytes()));
            }
        }

        private static void text(Part part, StringBuilder all) throws MessagingException, IOException {
            if (part.getContent() instanceof String says && all.length() < TEXT) {
                all.append(all.isEmpty() ? "" : "\n").append(says, 0, Math.min(says.length(), TEXT - all.length()));
            }
        }
    }
}
