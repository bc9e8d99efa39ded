package dev.conduct.database;

import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A way into one database of one PostgreSQL.
///
/// @param url a JDBC URL, which may carry user and password itself
record Access(String url, @Nullable String user, @Nullable String password) {

    Access as(String otherUser, String otherPassword) {
        return new Access(url, otherUser, otherPassword);
    }

    /// Another database of the same PostgreSQL.
    Access in(String database) {
        var source = dataSource();
        source.setDatabaseName(database);
        return new Access(source.getUrl(), source.getUser(), source.getPassword());
    }

    PGSimpleDataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setConnectTimeout(5);
        source.setTcpKeepAlive(true);
        source.setApplicationName("conduct");
        // What the server adds to an error repeats the values of the row, and errors are logged.
        source.setLogServerErrorDetail(false);
        return source;
    }
}
