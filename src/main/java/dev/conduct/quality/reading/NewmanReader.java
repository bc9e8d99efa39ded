package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Newman's JSON: an assertion is a case. A request that got no answer and a script that broke are trouble; the
/// assertions Newman counts for it stand as it counts them.
final class NewmanReader implements KindReader {

    private record Assertion(String name, Outcome outcome, String says) {}

    private static final class Execution {
        private String name = "";
        private double took = Double.NaN;
        private final List<Assertion> assertions = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
    }

    private static final int MOST = 10_000;

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        var seen = new boolean[1];
        json.members(name -> {
            if (name.equals("run")) {
                seen[0] = true;
                json.members(part -> {
                    if (part.equals("executions")) {
                        json.elements(() -> tell(execution(json), receiver));
                    }
                });
            }
        });
        if (!seen[0]) {
            throw Refusal.broken("it has no run");
        }
        json.finish();
    }

    private static Execution execution(Json json) {
        var execution = new Execution();
        json.members(name -> {
            switch (name) {
                case "item" ->
                    json.members(part -> {
                        if (part.equals("name")) {
                            execution.name = json.text(Text.NAME);
                        }
                    });
                case "response" ->
                    json.members(part -> {
                        if (part.equals("responseTime")) {
                            execution.took = json.number();
                        }
                    });
                case "requestError" -> {
                    if (json.isObject()) {
                        execution.troubles.add("The request got no answer: " + error(json));
                    }
                }
                case "assertions" -> json.elements(() -> add(execution, assertion(json)));
                case "testScript", "prerequestScript" -> json.elements(() -> script(json, execution));
                default -> {}
            }
        });
        return execution;
    }

    private static void add(Execution execution, Assertion assertion) {
        if (execution.assertions.size() >= MOST) {
            throw Refusal.broken("one request has more than " + MOST + " assertions");
        }
        execution.assertions.add(assertion);
    }

    private static void script(Json json, Execution execution) {
        json.members(name -> {
            if (name.equals("error") && json.isObject() && execution.troubles.size() < 100) {
                execution.troubles.add("A script broke: " + error(json));
            }
        });
    }

    private static Assertion assertion(Json json) {
        var name = new String[] {""};
        var says = new String[] {""};
        var outcome = new Outcome[] {Outcome.PASSED};
        json.members(part -> {
            switch (part) {
                case "assertion" -> name[0] = json.text(Text.NAME);
                case "skipped" -> outcome[0] = json.isTrue() ? Outcome.SKIPPED : outcome[0];
                case "error" -> {
                    if (json.isObject()) {
                        says[0] = error(json);
                        outcome[0] = Outcome.FAILED;
                    }
                }
                default -> {}
            }
        });
        return new Assertion(name[0], outcome[0], says[0]);
    }

    private static String error(Json json) {
        var says = new String[] {""};
        json.members(part -> {
            if (part.equals("message") || part.equals("code") && says[0].isEmpty()) {
                says[0] = json.word(Text.SAYING);
            }
        });
        return says[0];
    }

    private static void tell(Execution execution, Receiver receiver) {
        Duration took = Text.millis(execution.took);
        for (var assertion : execution.assertions) {
            receiver.take(new TestCase(execution.name, assertion.name, assertion.outcome, took, 0, assertion.says));
        }
        execution.troubles.forEach(says -> receiver.take(new Trouble(execution.name, says)));
    }
}
