package dev.conduct.work;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/// Empty twins of tables, for the length of the open transaction, and a way to them by the names of the originals: the
/// statements that write the live tables write the twins unchanged.
final class Shadow extends TransactionAwareDataSourceProxy {

    private static final Pattern QUALIFIED = Pattern.compile("\\b([a-z_]+)\\.([a-z_]+)\\b");

    private final Set<String> tables;

    private Shadow(DataSource source, Set<String> tables) {
        super(source);
        this.tables = tables;
    }

    /// @param tables with their schema
    static Shadow of(List<String> tables, DataSource source, JdbcClient database) {
        for (var table : tables) {
            var twin = twin(table);
            database.sql("create temporary table " + name(table) + " (like " + table
                            + " including defaults including constraints including generated) on commit drop")
                    .update();
            var key = database.sql(
                            "select pg_get_constraintdef(oid) from pg_constraint where conrelid = :table::regclass and contype = 'p'")
                    .param("table", table)
                    .query(String.class)
                    .single();
            database.sql("alter table " + twin + " add " + key).update();
        }
        return new Shadow(source, Set.copyOf(tables));
    }

    static String twin(String table) {
        return "pg_temp." + name(table);
    }

    private static String name(String table) {
        return table.substring(table.indexOf('.') + 1);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Shadow.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("createStatement")) {
                        throw new UnsupportedOperationException("only prepared statements are led to the twins");
                    }
                    if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
                        arguments[0] = method.getName().startsWith("prepare") ? led(sql) : sql;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getTargetException();
                    }
                });
    }

    String led(String sql) {
        return QUALIFIED
                .matcher(sql)
                .replaceAll(found -> tables.contains(found.group()) ? twin(found.group()) : found.group());
    }
}
