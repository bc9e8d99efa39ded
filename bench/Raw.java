import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// The same machine's limit, for comparison: one durable single-row insert, one primary-key select, on the same database.
final class Raw {

    private final String url;
    private final List<Connection> open = new ArrayList<>();

    Raw(String url) {
        this.url = url;
    }

    void prepare(int rows) throws Exception {
        try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
            statement.execute("drop schema if exists bench cascade");
            statement.execute("create schema bench");
            statement.execute("create table bench.raw (id uuid primary key, number int, body text)");
            statement.execute("insert into bench.raw select gen_random_uuid(), n, repeat('x', 400) from generate_series(1, "
                    + rows + ") n");
            statement.execute("create table bench.key (n int primary key, body text)");
            statement.execute("insert into bench.key select n, repeat('x', 400) from generate_series(1, " + rows + ") n");
            statement.execute("analyze bench.raw; analyze bench.key");
        }
    }

    void cleanUp() throws Exception {
        try (var connection = DriverManager.getConnection(url); var statement = connection.createStatement()) {
            statement.execute("drop schema if exists bench cascade");
        }
    }

    /// The warm-up's connections serve the measurement too: the database has only so many.
    private Connection connect(int number) throws Exception {
        while (open.size() <= number) {
            open.add(DriverManager.getConnection(url));
        }
        return open.get(number);
    }

    void release() throws Exception {
        for (var connection : open) {
            connection.close();
        }
        open.clear();
    }

    Load.Operation insert(int number) throws Exception {
        var connection = connect(number);
        var insert = connection.prepareStatement("insert into bench.raw (id, number, body) values (?, ?, ?)");
        var body = "x".repeat(400);
        return () -> {
            insert.setObject(1, UUID.randomUUID());
            insert.setInt(2, 1);
            insert.setString(3, body);
            insert.executeUpdate();
        };
    }

    Load.Operation select(int number, int rows) throws Exception {
        var connection = connect(number);
        var select = connection.prepareStatement("select body from bench.key where n = ?");
        return () -> {
            select.setInt(1, ThreadLocalRandom.current().nextInt(1, rows + 1));
            try (var rows1 = select.executeQuery()) {
                rows1.next();
            }
        };
    }
}
