package dev.conduct.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// Lets a test look into the database of a server that runs on a data folder, as the owner of its tables.
public final class FolderAccess {

    private FolderAccess() {}

    public static Connection to(Path data) throws IOException, SQLException {
        return new PostgresFiles(data.resolve("database")).access().dataSource().getConnection();
    }
}
