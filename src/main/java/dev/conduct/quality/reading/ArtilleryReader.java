package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Artillery's JSON report: the aggregate of version 2 (`counters`, `summaries`) and of version 1 (`codes`, `latency`).
final class ArtilleryReader implements KindReader {

    private static final int MOST = 2_000;

    private final Map<String, Double> numbers = new HashMap<>();

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        json.members(name -> {
            if (name.equals("aggregate")) {
                json.members(part -> put(json, part));
            }
        });
        json.finish();
        if (numbers.isEmpty()) {
            throw Refusal.broken("its aggregate has no numbers");
        }
        receiver.take(summary());
    }

    private void put(Json json, String part) {
        if (json.isNumber()) {
            numbers.put(part, json.number());
        }
        json.members(name -> {
            number(json, part + "/" + name);
            json.members(statistic -> number(json, part + "/" + name + "/" + statistic));
        });
    }

    private void number(Json json, String name) {
        if (json.isNumber() && numbers.size() < MOST) {
            numbers.put(name, json.number());
        }
    }

    private LoadSummary summary() {
        var old = numbers.containsKey("requestsCompleted");
        var times = old ? "latency/" : "summaries/http.response_time/";
        var codes = old ? "codes/" : "counters/http.codes.";
        var failed = numbers.entrySet().stream()
                .filter(entry -> entry.getKey().matches("\\Q" + codes + "\\E[45]\\d\\d")
                        || entry.getKey().startsWith(old ? "errors/" : "counters/errors."))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return new LoadSummary(
                "All requests",
                (long) (double) numbers.getOrDefault(old ? "requestsCompleted" : "counters/http.requests", 0.0),
                (long) failed,
                of(times + "min"),
                of(times + "mean"),
                of(times + "median"),
                of(times + "p95"),
                of(times + "p99"),
                of(times + "max"));
    }

    private double of(String name) {
        return numbers.getOrDefault(name, Double.NaN);
    }
}
