package dev.conduct.replies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A folder into which the computer's own mail server puts mail, one file each: a name that ends with `.eml`, given
/// once the file is whole.
record FolderBox(Path folder) implements Mailbox {

    @Override
    public void each(Consumer<byte[]> reader) throws Away {
        try (var files = Files.newDirectoryStream(folder, "*.eml")) {
            for (var file : files) {
                reader.accept(Files.size(file) > LARGEST ? new byte[0] : Files.readAllBytes(file));
                Files.delete(file);
            }
        } catch (IOException away) {
            throw new Away("The folder of answers could not be read: "
                    + away.getClass().getSimpleName());
        }
    }
}
