package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Check;
import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// k6's end-of-test summary, from `handleSummary` or `--summary-export`. The request metrics of the whole run, the
/// checks, and every threshold.
final class K6Reader implements KindReader {

    private static final int MOST = 2_000;

    private final Map<String, Double> numbers = new HashMap<>();

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        json.members(name -> {
            if (name.equals("metrics")) {
                json.members(metric -> metric(json, Text.bounded(metric, Text.NAME), receiver));
            }
        });
        json.finish();
        tell(receiver);
    }

    private void metric(Json json, String metric, Receiver receiver) {
        json.members(part -> {
            switch (part) {
                case "thresholds" -> json.members(limit -> threshold(json, metric + " " + limit, receiver));
                case "values" -> json.members(value -> put(metric + "." + value, json.number()));
                default -> put(metric + "." + part, json.number());
            }
        });
    }

    /// `{"ok": true}` of handleSummary; a plain `true` of --summary-export means that it was crossed.
    private static void threshold(Json json, String limit, Receiver receiver) {
        var held = new boolean[] {!json.isTrue()};
        json.members(part -> {
            if (part.equals("ok")) {
                held[0] = json.isTrue();
            }
        });
        receiver.take(new Check(true, Text.bounded(limit, Text.NAME), held[0] ? 1 : 0, held[0] ? 0 : 1));
    }

    private void put(String name, double number) {
        if (!Double.isNaN(number) && numbers.size() < MOST) {
            numbers.put(name, number);
        }
    }

    private void tell(Receiver receiver) {
        if (numbers.containsKey("checks.passes")) {
            receiver.take(new Check(false, "checks", count("checks.passes"), count("checks.fails")));
        }
        var requests = count("http_reqs.count");
        if (numbers.containsKey("http_reqs.count")) {
            receiver.take(new LoadSummary(
                    "http_reqs",
                    requests,
                    count("http_req_failed.passes"),
                    of("min"),
                    of("avg"),
                    of("med"),
                    of("p(95)"),
                    of("p(99)"),
                    of("max")));
        }
    }

    private long count(String name) {
        return numbers.getOrDefault(name, 0.0).longValue();
    }

    private double of(String statistic) {
        return numbers.getOrDefault("http_req_duration." + statistic, Double.NaN);
    }
}
