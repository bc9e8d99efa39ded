package dev.conduct.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.conduct.database.Readers.Reader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// A pool whose connections say for whom they read before a statement touches the tables that ask: those of
/// records, and of what is told of products. What a connection said last is remembered, so that the same reader's
/// next request says nothing.
final class ReaderPool extends HikariDataSource {

    /// Every schema with a table that has a policy.
    private static final List<String> ASKING =
            List.of("work.", "quality.", "testing.", "checks.", "acceptance.", "standards.", "mocks.", "source.");

    private final Readers readers;
    private final Map<PGConnection, Reader> told = Collections.synchronizedMap(new WeakHashMap<>());

    ReaderPool(HikariConfig configuration, Readers readers) {
        super(configuration);
        this.readers = readers;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        var saying = new Saying(connection, connection.unwrap(PGConnection.class));
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "prepareStatement", "prepareCall" -> {
                            if (arguments[0] instanceof String sql
                                    && ASKING.stream().anyMatch(sql::contains)) {
                                saying.say(readers.current());
                            }
                        }
                        case "createStatement" -> saying.say(readers.current());
                        case "rollback" -> saying.undone();
                        default -> {}
                    }
                    try {
                        var answer = method.invoke(connection, arguments);
                        if (method.getName().equals("commit")) {
                            saying.kept();
                        }
                        return answer;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    /// What one connection says while it is lent. Said inside a transaction it ends with a rollback.
    private final class Saying {

        private final Connection connection;
        private final PGConnection physical;
        private @Nullable Reader said;

        Saying(Connection connection, PGConnection physical) {
            this.connection = connection;
            this.physical = physical;
            this.said = told.get(physical);
        }

        void say(Reader reader) throws SQLException {
            if (said != null && said.serves(reader)) {
                return;
            }
            told.remove(physical);
            if (said != null && said.differsInReach(reader)) {
                reach(reader.reach());
                said = said.reaching(reader.reach());
            } else {
                all(reader);
                said = reader;
            }
            if (connection.getAutoCommit()) {
                told.put(physical, said);
            }
        }

        private void reach(String reach) throws SQLException {
            try (var telling = connection.prepareStatement("select set_config('conduct.reach', ?, false)")) {
                telling.setString(1, reach);
                telling.execute();
            }
        }

        private void all(Reader reader) throws SQLException {
            try (var telling = connection.prepareStatement("""
                    select set_config('conduct.reach', ?, false), set_config('conduct.actor', ?, false),
                           set_config('conduct.organisation', ?, false), set_config('conduct.names', ?, false),
                           set_config('conduct.products', ?, false)
                    """)) {
                telling.setString(1, reader.reach());
                telling.setString(2, reader.actor());
                telling.setString(3, reader.organisation());
                telling.setString(4, reader.names());
                telling.setString(5, reader.products());
                telling.execute();
            }
        }

        void kept() {
            if (said != null) {
                told.put(physical, said);
            }
        }

        void undone() {
            said = null;
            told.remove(physical);
        }
    }
}
