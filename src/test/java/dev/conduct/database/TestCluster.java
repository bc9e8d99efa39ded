package dev.conduct.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/// The PostgreSQL of this JVM's tests: embedded, or the one `CONDUCT_TEST_DB_URL` leads to. The migrations run once,
/// into a template; each context gets a copy of it, which costs a tenth of a second.
public final class TestCluster {

    private static final String PREFIX =
            "conduct_test_" + ProcessHandle.current().pid();
    private static final String ROLE = PREFIX + "_app";
    private static final String ROLE_PASSWORD = EmbeddedPostgres.Passwords.random();
    private static @Nullable TestCluster running;

    private final Access owner;
    private final AutoCloseable server;
    private final List<String> databases = new ArrayList<>();

    private TestCluster(Access owner, AutoCloseable server) {
        this.owner = owner;
        this.server = server;
    }

    public static synchronized TestCluster get() {
        if (running == null) {
            running = begin();
            SpringApplication.getShutdownHandlers().add(running::end);
        }
        return running;
    }

    /// Settings that lead the application to a database of its own, migrated and empty.
    public synchronized Map<String, Object> freshDatabase() {
        return settings(PREFIX);
    }

    /// As an administrator copies a database that nobody is connected to.
    public synchronized Map<String, Object> copyOf(Map<String, Object> settings) {
        var url = Objects.requireNonNull(settings.get("conduct.db.url")).toString();
        return settings(url.substring(url.lastIndexOf('/') + 1).replaceAll("\\?.*", ""));
    }

    private Map<String, Object> settings(String template) {
        var name = PREFIX + "_" + databases.size();
        execute("create database " + name + " template " + template);
        databases.add(name);
        var settings = new HashMap<String, Object>();
        var access = in(name);
        settings.put("conduct.data", "target/test-data/" + name);
        settings.put("conduct.db.url", access.url());
        settings.put("conduct.db.app.user", ROLE);
        settings.put("conduct.db.app.password", ROLE_PASSWORD);
        Optional.ofNullable(access.user()).ifPresent(user -> settings.put("conduct.db.user", user));
        Optional.ofNullable(access.password()).ifPresent(password -> settings.put("conduct.db.password", password));
        return settings;
    }

    /// A data folder of its own.
    public static DataFolder folder(Path root) {
        return new DataFolder(root, null);
    }

    private static TestCluster begin() {
        try {
            var external = System.getenv("CONDUCT_TEST_DB_URL");
            var cluster = external == null || external.isBlank()
                    ? embedded()
                    : new TestCluster(new Access(external, null, null), () -> {});
            cluster.migrateTemplate();
            return cluster;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Kept between runs, so that the next one starts at once; a second JVM beside the first gets one of its own.
    private static TestCluster embedded() throws IOException {
        var lock = Optional.<FolderLock>empty();
        var data = new DataFolder(Path.of("target", "test-database"), null);
        for (var number = 2; (lock = FolderLock.tryTake(data.root())).isEmpty(); number++) {
            data = new DataFolder(Path.of("target", "test-database-" + number), null);
        }
        var held = lock.get();
        var postgres = EmbeddedPostgres.start(
                data.database(),
                List.of("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 300"));
        return new TestCluster(postgres.access(), () -> {
            postgres.close();
            held.close();
        });
    }

    private void migrateTemplate() {
        execute("create role " + ROLE + " login noinherit password '" + ROLE_PASSWORD + "'");
        execute("create database " + PREFIX);
        Flyway.configure()
                .dataSource(in(PREFIX).dataSource())
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .placeholders(Map.of("app_role", ROLE))
                .load()
                .migrate();
    }

    private void end() {
        try {
            for (var database : databases) {
                execute("drop database if exists " + database + " with (force)");
            }
            execute("drop database if exists " + PREFIX + " with (force)");
            execute("drop role " + ROLE);
            server.close();
        } catch (Exception failure) {
            throw new IllegalStateException("The tests' PostgreSQL did not end cleanly", failure);
        }
    }

    private Access in(String database) {
        return owner.in(database);
    }

    private void execute(String sql) {
        try (var connection = owner.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql + ": " + failure.getMessage(), failure);
        }
    }
}
