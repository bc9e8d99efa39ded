package dev.conduct.mocks;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which stub answers a request, and for one that none answers, which comes nearest.
final class Matching {

    /// Where every scenario begins.
    static final String STARTED = "Started";

    private Matching() {}

    /// @param conditions that do not hold
    record Nearest(Stub stub, List<String> conditions) {}

    /// The lowest number of priority, and of those the last in the file.
    ///
    /// @param states of scenarios, by name; [#STARTED] when it is not there
    static Optional<Stub> best(List<Stub> stubs, Asked asked, Map<String, String> states) {
        return stubs.stream()
                .filter(stub -> ready(stub, states) && stub.matches(asked))
                .min(Comparator.comparingInt(Stub::priority)
                        .thenComparing(Comparator.comparingInt(Stub::place).reversed()));
    }

    /// The one of whose conditions most hold, by their weight; of an address the part that is alike counts half.
    static Optional<Nearest> nearest(List<Stub> stubs, Asked asked, Map<String, String> states) {
        return stubs.stream()
                .map(stub -> Map.entry(stub, fit(stub, asked, states)))
                .max(Map.Entry.comparingByValue())
                .map(one -> new Nearest(one.getKey(), missed(one.getKey(), asked, states)));
    }

    private static double fit(Stub stub, Asked asked, Map<String, String> states) {
        var all = 1.0;
        var held = ready(stub, states) ? 1.0 : 0.0;
        for (var condition : stub.conditions()) {
            all += condition.weight();
            if (condition.met(asked)) {
                held += condition.weight();
            } else if (condition.part().equals("url") || condition.part().equals("path")) {
                held += condition.weight() * alike(condition.expected(), asked.url()) / 2;
            }
        }
        return held / all;
    }

    /// 0 to 1, by how much they begin alike.
    private static double alike(String expected, String found) {
        var most = Math.max(expected.length(), found.length());
        var same = 0;
        while (same < Math.min(expected.length(), found.length()) && expected.charAt(same) == found.charAt(same)) {
            same++;
        }
        return most == 0 ? 0 : (double) same / most;
    }

    private static List<String> missed(Stub stub, Asked asked, Map<String, String> states) {
        var missed = stub.conditions().stream()
                .filter(condition -> !condition.met(asked))
                .map(condition -> condition.part() + " " + condition.expected())
                .toList();
        var scenario = stub.scenario();
        return ready(stub, states) || scenario == null
                ? missed
                : java.util.stream.Stream.concat(
                                missed.stream(),
                                java.util.stream.Stream.of(
                                        "scenario " + scenario.name() + " in state " + scenario.required()))
                        .toList();
    }

    private static boolean ready(Stub stub, Map<String, String> states) {
        var scenario = stub.scenario();
        return scenario == null || stub.ready(states.getOrDefault(scenario.name(), STARTED));
    }
}
