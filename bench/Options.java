import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What the bench was asked for.
///
/// @param entries of the ledger that are checked; 0 leaves the ledger's own figures out
/// @param only words of which one stands in the name of each scenario to run (also `quality`, `sign-in`, `streams` and `demo`); an empty one
///     stands in all
/// @param data a folder that is filled by the first run and used again by later ones, which measure the scenarios alone;
///     null for one of this run's own
record Options(
        int items,
        int comments,
        int seconds,
        List<Integer> connections,
        int port,
        List<String> only,
        long entries,
        boolean keep,
        Path data) {

    static Options of(String... arguments) {
        var options = new Options(100_000, 300_000, 10, List.of(1, 8, 32), 18_990, List.of(""), 1_000_000, false, null);
        for (var i = 0; i < arguments.length; i++) {
            var name = arguments[i];
            if (name.equals("--keep")) {
                options = options.kept();
                continue;
            }
            if (i + 1 == arguments.length) {
                throw usage(name + " needs a value");
            }
            options = options.with(name, arguments[++i]);
        }
        return options;
    }

    boolean wants(String scenario) {
        return only.stream().anyMatch(scenario::contains);
    }

    private Options kept() {
        return new Options(items, comments, seconds, connections, port, only, entries, true, data);
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--items" -> new Options(Integer.parseInt(value), comments, seconds, connections, port, only, entries, keep, data);
            case "--comments" -> new Options(items, Integer.parseInt(value), seconds, connections, port, only, entries, keep, data);
            case "--seconds" -> new Options(items, comments, Integer.parseInt(value), connections, port, only, entries, keep, data);
            case "--connections" -> {
                var numbers = Arrays.stream(value.split(",")).map(Integer::valueOf).toList();
                yield new Options(items, comments, seconds, numbers, port, only, entries, keep, data);
            }
            case "--port" -> new Options(items, comments, seconds, connections, Integer.parseInt(value), only, entries, keep, data);
            case "--only" -> new Options(items, comments, seconds, connections, port, List.of(value.split(",")), entries, keep, data);
            case "--entries" -> new Options(items, comments, seconds, connections, port, only, Long.parseLong(value), keep, data);
            case "--data" -> new Options(items, comments, seconds, connections, port, only, entries, true, Path.of(value).toAbsolutePath());
            default -> throw usage("unknown option " + name);
        };
    }

    boolean ledgerOnly() {
        return only.equals(List.of("ledger"));
    }

    boolean qualityOnly() {
        return only.equals(List.of("quality"));
    }

    boolean demoOnly() {
        return only.equals(List.of("demo"));
    }

    private static IllegalArgumentException usage(String why) {
        System.err.println(why);
        System.err.println("Use: ./conduct bench [--items N] [--comments N] [--seconds N] [--connections 1,8,32]"
                + " [--port N] [--only WORD,WORD] [--entries N] [--keep] [--data DIR]");
        System.exit(2);
        return new IllegalArgumentException(why);
    }
}
