package dev.conduct.replies;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Properties;
import java.util.function.Consumer;

/// The inbox of an IMAP server. What was judged is deleted there: what counts lies on the record.
record ImapBox(ReplySettings settings, String host) implements Mailbox {

    private static final int AT_ONCE = 100;

    @Override
    public void each(Consumer<byte[]> reader) throws Away {
        var protocol = settings.encryption().equals("tls") ? "imaps" : "imap";
        try (var store = Session.getInstance(properties(protocol)).getStore(protocol)) {
            store.connect(host, settings.portUsed(), settings.user(), settings.password());
            var inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_WRITE);
            try {
                var most = Math.min(AT_ONCE, inbox.getMessageCount());
                for (var number = 1; number <= most; number++) {
                    var message = inbox.getMessage(number);
                    reader.accept(raw(message));
                    message.setFlag(Flags.Flag.DELETED, true);
                }
            } finally {
                inbox.close(true);
            }
        } catch (MessagingException | IOException away) {
            throw new Away(MailboxTrouble.said(away, host, settings.portUsed()));
        }
    }

    private static byte[] raw(Message message) throws MessagingException, IOException {
        if (message.getSize() > LARGEST) {
            return new byte[0];
        }
        var bytes = new ByteArrayOutputStream();
        message.writeTo(bytes);
        return bytes.toByteArray();
    }

    private Properties properties(String protocol) throws Away {
        var properties = new Properties();
        var prefix = "mail." + protocol + ".";
        properties.put(prefix + "connectiontimeout", "10000");
        properties.put(prefix + "timeout", "30000");
        properties.put(prefix + "writetimeout", "30000");
        properties.put(prefix + "ssl.checkserveridentity", "true");
        properties.put(prefix + "peek", "true");
        if (settings.ca() != null) {
            // Else what this one does not trust is tried once more by those that Java knows.
            properties.put(prefix + "socketFactory.fallback", "false");
            try {
                properties.put(prefix + "ssl.socketFactory", Authority.of(Path.of(settings.ca())));
            } catch (IOException | GeneralSecurityException unreadable) {
                throw new Away("CONDUCT_REPLIES_CA names a file in which no certificate could be read.");
            }
        }
        var upgrades = settings.encryption().equals("starttls");
        properties.put("mail.imap.starttls.enable", Boolean.toString(upgrades));
        properties.put("mail.imap.starttls.required", Boolean.toString(upgrades));
        return properties;
    }
}
