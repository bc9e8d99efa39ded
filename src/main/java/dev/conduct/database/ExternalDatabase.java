package dev.conduct.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL that somebody else runs, by its owner's account: `CONDUCT_DB_URL`, `..._USER`, `..._PASSWORD`.
public final class ExternalDatabase {

    private final DatabaseSettings.External settings;

    private ExternalDatabase(DatabaseSettings.External settings) {
        this.settings = settings;
    }

    /// Null when the database is the embedded one.
    public static @Nullable ExternalDatabase ofEnvironment() {
        return of(name -> System.getenv(name.toUpperCase(Locale.ROOT).replace('.', '_')));
    }

    /// @param setting gives a setting by its name (`conduct.db.url`), or null
    public static @Nullable ExternalDatabase of(Function<String, @Nullable String> setting) {
        var url = setting.apply("conduct.db.url");
        return url == null || url.isBlank()
                ? null
                : new ExternalDatabase(new DatabaseSettings.External(
                        url,
                        setting.apply("conduct.db.user"),
                        setting.apply("conduct.db.password"),
                        new DatabaseSettings.App(
                                setting.apply("conduct.db.app.user"), setting.apply("conduct.db.app.password"))));
    }

    Connection connect() throws SQLException {
        return access().dataSource().getConnection();
    }

    Access access() {
        return new Access(java.util.Objects.requireNonNull(settings.url()), settings.user(), settings.password());
    }

    DatabaseSettings.External settings() {
        return settings;
    }
}
