package dev.conduct.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// Leads to where the database is now, asked anew for each connection: an embedded one that died may find its port
/// taken when it comes back.
final class CurrentSource extends AbstractDataSource {

    /// As long as one attempt takes. A pool that is closed waits so long for one that is under way; told nothing, it
    /// does not wait, and every other command would end with a warning of that.
    private static final int SECONDS = 5;

    private final Supplier<PGSimpleDataSource> now;

    CurrentSource(Supplier<PGSimpleDataSource> now) {
        this.now = now;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return now.get().getConnection();
    }

    @Override
    public int getLoginTimeout() {
        return SECONDS;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return now.get().getConnection(user, password);
    }
}
