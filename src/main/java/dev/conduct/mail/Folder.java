package dev.conduct.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts letters into a folder, one `.eml` file each, for an installation without a mail server.
record Folder(Path path) implements Carrier {

    private static final Logger log = LoggerFactory.getLogger(Folder.class);

    @Override
    public String name() {
        return "folder";
    }

    @Override
    public Run begin() {
        return new Run() {
            @Override
            public String carry(UUID id, MimeMessage letter, String to) throws Failure {
                return write(id + ".eml", letter);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void forget(Collection<UUID> letters) {
        for (var letter : letters) {
            try {
                Files.deleteIfExists(path.resolve(letter + ".eml"));
            } catch (IOException held) {
                log.warn("The letter {} could not be deleted from the folder mail: delete it there", letter, held);
            }
        }
    }

    private String write(String name, MimeMessage letter) throws Failure {
        try {
            var beside = path.resolve(name + ".new");
            try (var out = Files.newOutputStream(beside)) {
                letter.writeTo(out);
            }
            Files.move(beside, path.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return "Written to mail/" + name;
        } catch (IOException | MessagingException e) {
            throw new Failure("The folder took no file: " + e.getClass().getSimpleName(), false);
        }
    }
}
