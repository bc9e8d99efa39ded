package dev.conduct.mocks;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One mapping: what a request must be, and what is answered then.
///
/// @param name as it is told to people
/// @param place in the file, from 0 on; of two that match the later is taken
/// @param priority 1 before 2; 5 when nothing is said
/// @param conditions what must hold of a request, besides the scenario's state
record Stub(
        String name, int place, int priority, @Nullable Scenario scenario, List<Condition> conditions, Answer answer) {

    /// @param required the state it must be in, null for any
    /// @param next the state it goes to, null to stay
    record Scenario(
            String name,
            @Nullable String required,
            @Nullable String next) {}

    /// @param part what is looked at: `method`, `url`, `header Accept`
    /// @param weight how much it tells that a request is meant for this stub
    /// @param expected for people
    record Condition(String part, int weight, String expected, Predicate<Asked> holds) {

        /// Judged once for a request, however often it is asked.
        boolean met(Asked asked) {
            return asked.reading().holds(this, asked);
        }
    }

    record Answer(int status, List<Header> headers, byte[] body, Duration delay) {}

    record Header(String name, String value) {}

    boolean matches(Asked asked) {
        return conditions.stream().allMatch(condition -> condition.met(asked));
    }

    /// Whether the scenario lets it answer.
    ///
    /// @param state of its scenario
    boolean ready(String state) {
        return scenario == null
                || scenario.required() == null
                || scenario.required().equals(state);
    }
}
