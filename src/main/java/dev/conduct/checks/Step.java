package dev.conduct.checks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thing a check does, and what it expects of it. Texts may hold `${name}`.
sealed interface Step {

    String name();

    /// @param body empty for none
    /// @param plain whether secrets may be sent without TLS
    /// @param keep names for values of the answer, each with its JSON pointer
    record Http(
            String name,
            String method,
            String address,
            Map<String, String> headers,
            String body,
            Duration timeout,
            Answer expect,
            Map<String, String> keep,
            boolean plain)
            implements Step {}

    /// What an answer over HTTP must be.
    ///
    /// @param status any of these; empty: 200 to 299
    /// @param values by JSON pointer: a text, number or truth to be equal to, or [#PRESENT], [#ABSENT]
    /// @param schema a JSON Schema the body must keep, empty for none
    record Answer(
            Set<Integer> status,
            @Nullable Duration within,
            Map<String, Object> values,
            List<String> contains,
            Map<String, String> headers,
            String schema) {

        static final String PRESENT = "present";
        static final String ABSENT = "absent";
    }

    /// @param addresses that the name must lead to, empty: any
    record Dns(
            String name,
            String host,
            Set<String> addresses,
            Duration timeout,
            @Nullable Duration within) implements Step {}

    /// @param target `host:port`
    record Tcp(
            String name,
            String target,
            Duration timeout,
            @Nullable Duration within) implements Step {}

    /// Asks `grpc.health.v1.Health/Check`.
    ///
    /// @param target `host:port`
    /// @param service empty: the server as a whole
    /// @param plain without TLS
    record Grpc(
            String name,
            String target,
            String service,
            boolean plain,
            Duration timeout,
            @Nullable Duration within) implements Step {}

    /// Asks a PostgreSQL.
    ///
    /// @param address `postgresql://host:port/name?options`
    /// @param sql one statement
    /// @param act what is done with it
    /// @param rows how many rows it must give or change, null: any number
    /// @param value the first value of the first row, null: any
    /// @param checksum SHA-256 of all rows in their order, null: any
    /// @param cost the greatest total cost the planner may expect, for `EXPLAIN`; null: any
    /// @param keep names for `rows`, `value` or `checksum`
    record Database(
            String name,
            String address,
            String user,
            String password,
            String sql,
            Act act,
            @Nullable Long rows,
            @Nullable String value,
            @Nullable String checksum,
            @Nullable Double cost,
            Duration timeout,
            @Nullable Duration within,
            Map<String, String> keep)
            implements Step {}

    /// `ASK`: read only. `ROLL_BACK`: writes, reads back what it wrote, rolls back, and sees that nothing stayed.
    /// `EXPLAIN`: plans without running. `CONNECT`: no statement.
    enum Act {
        CONNECT,
        ASK,
        ROLL_BACK,
        EXPLAIN
    }

    /// Breaks one part, sees that the rest goes on, mends it and sees it recover.
    ///
    /// @param mend done whatever happened before
    /// @param within how long recovery may take
    record Drill(
            String name, List<Step> broken, List<Step> survives, List<Step> mend, List<Step> recovers, Duration within)
            implements Step {}
}
