package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.LoadSummary;
import dev.conduct.quality.reading.Measurement.Receiver;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// Gatling's `stats.json`, with every group and request, and `global_stats.json`, the whole run.
final class GatlingReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        node(json, receiver);
        json.finish();
    }

    /// A node of stats.json, or the one object of global_stats.json.
    private static void node(Json json, Receiver receiver) {
        var numbers = new HashMap<String, Double>();
        var label = new String[] {""};
        json.members(name -> {
            switch (name) {
                case "name" -> label[0] = json.text(Text.NAME);
                case "stats" -> json.members(part -> number(json, part, numbers));
                case "contents" -> {
                    tell(label[0], numbers, receiver);
                    json.members(_ -> node(json, receiver));
                }
                default -> number(json, name, numbers);
            }
        });
        tell(label[0], numbers, receiver);
    }

    private static void number(Json json, String name, Map<String, Double> numbers) {
        if (numbers.size() < 100) {
            json.members(which -> {
                if (json.isNumber()) {
                    numbers.put(name + "." + which, json.number());
                }
            });
        }
    }

    private static void tell(String label, Map<String, Double> numbers, Receiver receiver) {
        if (!numbers.containsKey("numberOfRequests.total")) {
            return;
        }
        receiver.take(new LoadSummary(
                label,
                numbers.getOrDefault("numberOfRequests.total", 0.0).longValue(),
                numbers.getOrDefault("numberOfRequests.ko", 0.0).longValue(),
                numbers.getOrDefault("minResponseTime.total", Double.NaN),
                numbers.getOrDefault("meanResponseTime.total", Double.NaN),
                numbers.getOrDefault("percentiles1.total", Double.NaN),
                numbers.getOrDefault("percentiles3.total", Double.NaN),
                numbers.getOrDefault("percentiles4.total", Double.NaN),
                numbers.getOrDefault("maxResponseTime.total", Double.NaN)));
        numbers.clear();
    }
}
