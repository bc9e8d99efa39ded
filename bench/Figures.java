import java.util.Arrays;
import java.util.Locale;

/// What one cell of the table says: operations a second and the latency of one, in milliseconds; and the CPU time
/// that the server and the database spent on each.
record Figures(String what, int connections, long operations, double seconds, double p50, double p95, double p99, double serverCpu, double databaseCpu, long errors) {

    static Figures of(String what, int connections, long[] nanos, double seconds, Meter.Spent spent, long errors) {
        Arrays.sort(nanos);
        return new Figures(
                what,
                connections,
                nanos.length,
                seconds,
                at(nanos, 0.50),
                at(nanos, 0.95),
                at(nanos, 0.99),
                1_000 * spent.server() / nanos.length,
                1_000 * spent.database() / nanos.length,
                errors);
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))] / 1e6;
    }

    double rate() {
        return operations / seconds;
    }

    String row() {
        return String.format(Locale.ROOT, "| %-32s | %11d | %9.0f | %8.2f | %8.2f | %8.2f | %7.2f | %7.2f | %6d |", what, connections, rate(), p50, p95, p99, serverCpu, databaseCpu, errors);
    }

    static String head() {
        return """
                | what                             | connections |  a second |   p50 ms |   p95 ms |   p99 ms | CPU ms* | DB CPU* | errors |
                |----------------------------------|------------:|----------:|---------:|---------:|---------:|--------:|--------:|-------:|""";
    }
}
