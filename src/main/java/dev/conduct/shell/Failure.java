package dev.conduct.shell;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The page for what could not be done: names the failure, keeps what was entered, says what to do next.
///
/// @param reference by which the log knows it, null for what is no fault of the server
/// @param retry where the same can be tried again, null when that would not help
record Failure(
        HttpStatus status,
        String says,
        String consequence,
        @Nullable String reference,
        @Nullable String retry,
        List<Line> errors,
        Map<String, String> kept)
        implements View {

    record Line(String label, String says) {}

    String heading() {
        return switch (status.value()) {
            case 403 -> "Not yours to do";
            case 404 -> "Not found";
            case 409 -> "Held";
            case 412 -> "Changed in the meantime";
            case 413 -> "Too large";
            case 429 -> "Too often";
            case 503 -> "Not available now";
            default -> status.is5xxServerError() ? "This failed" : "Not accepted";
        };
    }

    @Override
    public String template() {
        return "shell/failure.jte";
    }

    @Override
    public String title() {
        return heading();
    }
}
