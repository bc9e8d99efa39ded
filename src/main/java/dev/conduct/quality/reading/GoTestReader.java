package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of `go test -json`: a test is a case when it ends, subtests too. A package that fails without a failing
/// test (it does not compile, or its main exits) is trouble. The last words of tests under way are remembered, of the
/// newest thousand.
final class GoTestReader implements KindReader {

    private static final class Words extends LinkedHashMap<String, StringBuilder> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StringBuilder> eldest) {
            return size() > 1000;
        }
    }

    private static final class Failed extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > 10_000;
        }
    }

    private static final class Event {
        private String action = "";
        private String module = "";
        private String test = "";
        private @Nullable Duration took;
        private String output = "";
    }

    private final Words words = new Words();
    private final Failed failed = new Failed();

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        while (json.nextDocument()) {
            if (!json.isObject()) {
                throw Refusal.broken("an event of go test is not an object");
            }
            take(event(json), receiver);
        }
    }

    private static Event event(Json json) {
        var event = new Event();
        json.members(name -> {
            switch (name) {
                case "Action" -> event.action = json.text(40);
                case "Package" -> event.module = json.text(Text.NAME);
                case "Test" -> event.test = json.text(Text.NAME);
                case "Elapsed" -> event.took = Text.millis(json.number() * 1000);
                case "Output" -> event.output = json.text(Text.SAYING);
                default -> {}
            }
        });
        return event;
    }

    private void take(Event event, Receiver receiver) {
        var key = event.module + "\n" + event.test;
        switch (event.action) {
            case "output" -> remember(key, event);
            case "pass" -> end(event, key, Outcome.PASSED, receiver);
            case "fail" -> end(event, key, Outcome.FAILED, receiver);
            case "skip" -> end(event, key, Outcome.SKIPPED, receiver);
            default -> {}
        }
    }

    private void remember(String key, Event event) {
        var said = words.computeIfAbsent(key, _ -> new StringBuilder());
        if (said.length() < Text.SAYING && !event.output.startsWith("=== ")) {
            said.append(event.output);
        }
    }

    private void end(Event event, String key, Outcome outcome, Receiver receiver) {
        var said = words.remove(key);
        var says = said == null || outcome == Outcome.PASSED
                ? ""
                : Text.bounded(said.toString().strip(), Text.SAYING);
        if (event.test.isEmpty()) {
            if (outcome == Outcome.FAILED && failed.remove(event.module) == null) {
                receiver.take(new Trouble(event.module, says.isEmpty() ? "The package failed." : says));
            }
            return;
        }
        if (outcome == Outcome.FAILED) {
            failed.put(event.module, true);
        }
        receiver.take(new TestCase(event.module, event.test, outcome, event.took, 0, says));
    }
}
