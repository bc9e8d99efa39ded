import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a running embedded database of a data folder listens, for the raw figures.
final class DataFolderFiles {

    private DataFolderFiles() {}

    static String ownerUrl(Path data) throws IOException {
        var folder = data.resolve("database");
        var port = Files.readString(folder.resolve("port")).strip();
        var password = Files.readString(folder.resolve("owner.password")).strip();
        return "jdbc:postgresql://127.0.0.1:" + port + "/conduct?user=conduct&password="
                + URLEncoder.encode(password, StandardCharsets.UTF_8);
    }
}
