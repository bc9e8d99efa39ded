package dev.conduct.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// Hands letters to the SMTP server of the settings.
record Smtp(MailSettings settings, String host) implements Carrier {

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public Run begin() throws Failure {
        try {
            var session = Session.getInstance(properties());
            var transport = session.getTransport(settings.security() == MailSettings.Security.TLS ? "smtps" : "smtp");
            transport.connect(host, settings.portUsed(), settings.user(), settings.password());
            return new Conversation(transport);
        } catch (MessagingException e) {
            throw new Failure(said(e), false);
        }
    }

    private Properties properties() {
        var properties = new Properties();
        for (var protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
            properties.put(protocol + "connectiontimeout", "10000");
            properties.put(protocol + "timeout", "20000");
            properties.put(protocol + "writetimeout", "20000");
            properties.put(protocol + "from", settings.sender());
            properties.put(protocol + "auth", Boolean.toString(settings.user() != null));
            properties.put(protocol + "ssl.checkserveridentity", "true");
            properties.put(protocol + "quitwait", "false");
        }
        var upgrades = settings.security() == MailSettings.Security.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(upgrades));
        properties.put("mail.smtp.starttls.required", Boolean.toString(upgrades));
        return properties;
    }

    private record Conversation(Transport transport) implements Run {

        @Override
        public String carry(UUID id, MimeMessage letter, String to) throws Failure {
            try {
                transport.sendMessage(letter, new InternetAddress[] {new InternetAddress(to, true)});
                return transport instanceof SMTPTransport smtp ? tidy(smtp.getLastServerResponse()) : "Taken";
            } catch (MessagingException e) {
                throw new Failure(said(e), forGood(e));
            }
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException gone) {
                // The letters before it have been answered for.
            }
        }
    }

    /// The server will never take this letter. That it does not take our sender, or our password, is ours to mend.
    private static boolean forGood(MessagingException failure) {
        var code = 0;
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException next ? next.getNextException() : null) {
            switch (e) {
                case SMTPSenderFailedException ours -> {
                    return false;
                }
                case SMTPAddressFailedException address -> code = address.getReturnCode();
                case SMTPSendFailedException send -> code = code == 0 ? send.getReturnCode() : code;
                default -> {}
            }
        }
        return code >= 500 && code != 530 && code != 535;
    }

    /// The last of a chain of failures is the server's own word.
    private static String said(MessagingException failure) {
        Exception last = failure;
        while (last instanceof MessagingException next && next.getNextException() != null) {
            last = next.getNextException();
        }
        var says = last.getMessage();
        return tidy(says == null ? last.getClass().getSimpleName() : says);
    }

    private static String tidy(String says) {
        var line = says.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= 500 ? line : line.substring(0, 500);
    }
}
