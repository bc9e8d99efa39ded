package dev.conduct.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Properties;
import org.springframework.stereotype.Component;

/// Makes a message (RFC 5322) of a letter. Its headers are ours: the only words of users in them are the subject,
/// which is encoded (RFC 2047), and the address, which was checked.
@Component
class Envelope {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    /// Making one searches every jar for providers of mail, which costs as much as writing the letter.
    private static final Session ANY = Session.getInstance(new Properties());

    private final MailSettings settings;
    private final String root;
    private final String domain;

    Envelope(MailSettings settings, ServerAddress server) {
        this.settings = settings;
        this.root = server.root();
        this.domain = server.host();
    }

    MimeMessage of(LetterRows.Taken letter, String to, Instant now) throws MessagingException {
        var message = new Identified(letter.id() + "@" + domain);
        message.setFrom(new InternetAddress(settings.sender(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
        message.setSubject(letter.subject(), UTF_8);
        message.setSentDate(Date.from(now));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        if (letter.thread() != null) {
            // Nobody was sent the letter this one answers; mail programs keep together what names the same one.
            var root = "<" + HexFormat.of().formatHex(letter.thread().getBytes(StandardCharsets.UTF_8)) + ".about@"
                    + domain + ">";
            message.setHeader("In-Reply-To", root);
            message.setHeader("References", root);
        }
        if (letter.replyTo() != null) {
            message.setReplyTo(new InternetAddress[] {new InternetAddress(letter.replyTo(), true)});
        }
        if (letter.unsubscribe() != null) {
            message.setHeader("List-Unsubscribe", "<" + root + letter.unsubscribe() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        var both = new MimeMultipart("alternative");
        both.addBodyPart(part(letter.text(), "plain"));
        both.addBodyPart(part(letter.html(), "html"));
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    private static MimeBodyPart part(String text, String kind) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, UTF_8, kind);
        return part;
    }

    /// Keeps the id it was given, so that a letter sent twice after a crash is the same one.
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(String id) {
            super(ANY);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }
}
