package dev.conduct.quality;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a report speaks of. Build, branch and environment are empty when nobody said.
///
/// @param mocked what a stand-in answered for while it was made
record Binding(String product, String commit, String branch, String build, String environment, List<String> mocked) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final Pattern BRANCH = Pattern.compile("[^\\s\\p{Cntrl}\\p{Cs}]{0,200}");
    private static final Pattern BUILD = Pattern.compile("[A-Za-z0-9._:+/@#-]{0,200}");
    private static final Pattern MOCKED = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]{1,200}");
    private static final int MOST_MOCKED = 50;
    private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9._-]{0,60}");

    /// @throws Problem 400 naming every part that is wrong
    static Binding of(
            String product,
            String commit,
            @Nullable String branch,
            @Nullable String build,
            @Nullable String environment) {
        return of(product, commit, branch, build, environment, List.of());
    }

    /// @throws Problem 400 naming every part that is wrong
    static Binding of(
            String product,
            String commit,
            @Nullable String branch,
            @Nullable String build,
            @Nullable String environment,
            List<String> mocked) {
        var binding = new Binding(
                product,
                commit.strip().toLowerCase(Locale.ROOT),
                text(branch),
                text(build),
                text(environment),
                mocked.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
        var wrong = new ArrayList<FieldProblem>();
        check(wrong, "commit", COMMIT, binding.commit, "must be the hash of a commit, 7 to 64 hexadecimal digits.");
        check(wrong, "branch", BRANCH, binding.branch, "has white space, or more than 200 characters.");
        check(wrong, "build", BUILD, binding.build, "may have letters, digits and . _ : + / @ # -, at most 200.");
        check(
                wrong,
                "environment",
                ENVIRONMENT,
                binding.environment,
                "may have letters, digits and . _ -, at most 60.");
        if (binding.mocked.size() > MOST_MOCKED
                || binding.mocked.stream()
                        .anyMatch(name -> !MOCKED.matcher(name).matches())) {
            wrong.add(new FieldProblem(
                    "mocked", "not_valid", "may be given 50 times, each one line of at most 200 characters."));
        }
        if (!wrong.isEmpty()) {
            throw Problem.badInput(List.copyOf(wrong));
        }
        return binding;
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    private static void check(List<FieldProblem> wrong, String field, Pattern pattern, String value, String says) {
        if (!pattern.matcher(value).matches()) {
            wrong.add(new FieldProblem(field, "not_valid", says));
        }
    }
}
