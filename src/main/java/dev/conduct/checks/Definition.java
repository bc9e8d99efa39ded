package dev.conduct.checks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a check does, as its text says.
///
/// @param environment where it looks: `staging`
/// @param every how often by itself, null: only when asked
/// @param mocked parts of elsewhere that a stand-in answers for in this environment
/// @param values by name, for `${name}` in its steps
/// @param build the call that says which commit runs there, null: nothing tells
record Definition(
        String title,
        String environment,
        @Nullable Duration every,
        List<String> mocked,
        Map<String, String> values,
        @Nullable Build build,
        List<Step> steps) {

    /// @param call answers with JSON
    /// @param commit where the commit stands in the answer, as a JSON pointer
    /// @param number where the build's digest or number stands, empty when nowhere
    record Build(Step.Http call, String commit, String number) {}

    /// Whether it breaks something on purpose, so that it runs only when somebody asked for it.
    boolean drill() {
        return steps.stream().anyMatch(Step.Drill.class::isInstance);
    }
}
