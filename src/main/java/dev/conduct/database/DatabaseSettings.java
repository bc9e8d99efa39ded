package dev.conduct.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param data `CONDUCT_DATA`, `--data`
/// @param keys `CONDUCT_KEYS`, null for a sub-folder of the data
/// @param guest true for a command that joins the database of a running server
/// @param db an external PostgreSQL: `CONDUCT_DB_URL`, `CONDUCT_DB_USER`, `CONDUCT_DB_PASSWORD`
@ConfigurationProperties("conduct")
record DatabaseSettings(
        @DefaultValue("./data") Path data,
        @Nullable Path keys,
        boolean guest,
        @DefaultValue External db) {

    /// @param app the role the server runs as: `CONDUCT_DB_APP_USER`, `CONDUCT_DB_APP_PASSWORD`
    record External(
            @Nullable String url,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue App app) {}

    /// Left out, the role is named after the database and its password is generated.
    record App(@Nullable String user, @Nullable String password) {}
}
