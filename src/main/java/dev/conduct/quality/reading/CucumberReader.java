package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import java.io.InputStream;

/// Cucumber's JSON: a scenario is a case, as good as its worst step. A step that nobody has defined, or that two
/// definitions fit, is an error; a pending one skips the scenario. A background that fails fails the scenario after it.
final class CucumberReader implements KindReader {

    private static final class Scenario {
        private String name = "";
        private boolean background;
        private Outcome outcome = Outcome.PASSED;
        private double nanos;
        private String says = "";
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        json.elements(() -> feature(json, receiver));
        json.finish();
    }

    private static void feature(Json json, Receiver receiver) {
        var feature = new String[] {""};
        var behind = new Scenario[] {new Scenario()};
        json.members(name -> {
            switch (name) {
                case "name" -> feature[0] = json.text(Text.NAME);
                case "elements" ->
                    json.elements(() -> {
                        var scenario = scenario(json, behind[0]);
                        behind[0] = scenario.background ? scenario : new Scenario();
                        if (!scenario.background) {
                            receiver.take(new TestCase(
                                    feature[0],
                                    scenario.name,
                                    scenario.outcome,
                                    Text.millis(scenario.nanos / 1e6),
                                    0,
                                    scenario.says));
                        }
                    });
                default -> {}
            }
        });
    }

    private static Scenario scenario(Json json, Scenario background) {
        var scenario = new Scenario();
        scenario.outcome = background.outcome;
        scenario.says = background.says;
        scenario.nanos = background.nanos;
        json.members(name -> {
            switch (name) {
                case "name" -> scenario.name = json.text(Text.NAME);
                case "type" -> scenario.background = json.text(Text.NAME).equals("background");
                case "steps", "before", "after" -> json.elements(() -> step(json, scenario));
                default -> {}
            }
        });
        return scenario;
    }

    private static void step(Json json, Scenario scenario) {
        json.members(name -> {
            switch (name) {
                case "result" -> result(json, scenario);
                case "before", "after" -> json.elements(() -> step(json, scenario));
                default -> {}
            }
        });
    }

    private static void result(Json json, Scenario scenario) {
        json.members(name -> {
            switch (name) {
                case "status" -> {
                    var outcome = outcome(json.text(Text.NAME));
                    scenario.outcome = rank(outcome) > rank(scenario.outcome) ? outcome : scenario.outcome;
                }
                case "duration" -> scenario.nanos += Double.isNaN(json.number()) ? 0 : json.number();
                case "error_message" -> scenario.says = json.text(Text.SAYING);
                default -> {}
            }
        });
    }

    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> 0;
            case FLAKY -> 1;
            case SKIPPED -> 2;
            case ERRORED -> 3;
            case FAILED -> 4;
        };
    }

    private static Outcome outcome(String status) {
        return switch (status) {
            case "passed" -> Outcome.PASSED;
            case "failed" -> Outcome.FAILED;
            case "undefined", "ambiguous" -> Outcome.ERRORED;
            default -> Outcome.SKIPPED;
        };
    }
}
