import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// What people and programs do all day, one operation each.
final class Scenarios {

    record Scenario(String what, Load.Worker worker) {}

    private final int port;
    private final String product;
    private final int items;
    private final Map<String, String> page;
    private final Map<String, String> api;

    Scenarios(int port, String product, int items, String cookies, String token) {
        this.port = port;
        this.product = product;
        this.items = items;
        this.page = Map.of("Accept", "text/html", "Cookie", cookies);
        this.api = api(token);
    }

    static Map<String, String> api(String token) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Content-Type", "application/json");
        return headers;
    }

    List<Scenario> all(int connections) {
        return List.of(
                new Scenario("bug page", n -> reading(page, () -> "/items/" + anyKey())),
                new Scenario("filtered list page", n -> reading(page, this::anyList)),
                new Scenario("search, a rare word (page)", n -> reading(page, () -> "/lines/bug?q=" + History.RARE)),
                new Scenario("search, a common word (page)", n -> reading(page, () -> "/lines/bug?q=" + History.COMMON)),
                new Scenario("bug (API)", n -> reading(api, () -> "/api/v1/items/" + anyKey())),
                new Scenario("create (API)", n -> creating()),
                new Scenario("transition (API)", n -> moving(connections)));
    }

    private String anyKey() {
        return product + "-" + ThreadLocalRandom.current().nextInt(1, items + 1);
    }

    private String anyList() {
        var state = List.of("is:open", "state:closed", "state:logged").get(ThreadLocalRandom.current().nextInt(3));
        return "/lines/bug?q=" + state + "+sort:updated";
    }

    private Load.Operation reading(Map<String, String> headers, java.util.function.Supplier<String> path) {
        var connection = new Connection(port);
        return () -> expect(200, connection.get(path.get(), headers));
    }

    private Load.Operation creating() {
        var connection = new Connection(port);
        return () -> expect(201, connection.post("/api/v1/items", api, report()));
    }

    /// Logs bugs that were reported before the clock started.
    private Load.Operation moving(int connections) {
        var connection = new Connection(port);
        var stock = new java.util.ArrayDeque<String>();
        return new Load.Operation() {
            @Override
            public void prepare() throws IOException {
                while (stock.size() < Math.clamp(8_000 / connections, 400, 3_000)) {
                    var made = expect(201, connection.post("/api/v1/items", api, report()));
                    stock.add(made.header("location").replaceFirst(".*/", ""));
                }
            }

            @Override
            public boolean exhausted() {
                return stock.isEmpty();
            }

            @Override
            public void run() throws Exception {
                var key = stock.removeFirst();
                expect(200, connection.post("/api/v1/items/" + key + "/transitions", api, "{\"transition\":\"log\",\"fields\":" + LOGGED + "}"));
            }
        };
    }

    private static final String LOGGED =
            "{\"kind\":\"functional\",\"component\":\"core\",\"expected\":\"The total.\",\"actual\":\"Half of it.\"}";

    private String report() {
        var n = ThreadLocalRandom.current().nextInt(1_000_000);
        return "{\"type\":\"bug\",\"product\":\"" + product + "\",\"title\":\"The total of order " + n
                + " is wrong\",\"description\":\"Seen while paying for order " + n
                + ".\",\"fields\":{\"severity\":\"medium\",\"steps\":\"1. Open the order. 2. Pay.\"}}";
    }

    private static Connection.Answer expect(int status, Connection.Answer answer) throws IOException {
        if (answer.status() != status) {
            var text = answer.text();
            throw new IOException("answered " + answer.status() + ": " + text.substring(0, Math.min(400, text.length())));
        }
        return answer;
    }
}
