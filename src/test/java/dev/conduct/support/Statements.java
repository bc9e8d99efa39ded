package dev.conduct.support;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// The statements that the thread of a test sends to the database: what a page costs, without a stopwatch.
public final class Statements {

    private static final ThreadLocal<@Nullable List<String>> SENT = new ThreadLocal<>();

    private Statements() {}

    /// Every statement that an act sends, in order.
    public static List<String> of(Runnable act) {
        var sent = new ArrayList<String>();
        SENT.set(sent);
        try {
            act.run();
        } finally {
            SENT.remove();
        }
        return sent;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Configuration {

        @Bean
        static BeanPostProcessor listensToStatements() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof HikariDataSource pool ? new Heard(pool) : bean;
                }
            };
        }
    }

    @SuppressWarnings("resource")
    private static final class Heard extends HikariDataSource {

        private final HikariDataSource pool;

        Heard(HikariDataSource pool) {
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return heard(pool.getConnection());
        }

        @Override
        public void close() {
            pool.close();
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return pool.isWrapperFor(type);
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return pool.unwrap(type);
        }

        private static Connection heard(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        var sent = SENT.get();
                        if (sent != null
                                && method.getName().startsWith("prepare")
                                && arguments != null
                                && arguments[0] instanceof String sql) {
                            sent.add(sql);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }
    }
}
