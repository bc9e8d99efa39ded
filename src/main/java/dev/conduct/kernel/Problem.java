package dev.conduct.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// An error that the caller can do something about. One handler turns it into `application/problem+json`
/// (RFC 9457) or into an error page; everything else that is thrown is a bug.
public class Problem extends RuntimeException {

    private final int status;
    private final String code;
    private final List<FieldProblem> errors;

    protected Problem(int status, String code, String says, List<FieldProblem> errors) {
        super(says);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /// 400: parts of the input are wrong; each is named.
    public static Problem badInput(List<FieldProblem> errors) {
        var first = errors.getFirst();
        return new Problem(400, "bad_input", first.field() + ": " + first.says(), errors);
    }

    public static Problem badInput(String field, String code, String says) {
        return badInput(List.of(new FieldProblem(field, code, says)));
    }

    /// 403: this actor may never do this.
    public static Problem forbidden(String code, String says) {
        return new Problem(403, code, says, List.of());
    }

    /// 404: not there, or not visible to this actor, which must look the same.
    public static Problem notFound(String what) {
        return new Problem(404, "not_found", what + " was not found.", List.of());
    }

    /// 409: the input is fine, the state of things is not.
    public static Problem conflict(String code, String says) {
        return new Problem(409, code, says, List.of());
    }

    /// 412: somebody changed it since it was read.
    public static Problem stale(String what, long current) {
        return new Problem(
                412,
                "stale_version",
                what + " is at version " + current + " now. Read it again and repeat.",
                List.of());
    }

    /// 413: larger than the limit.
    public static Problem tooLarge(String field, String says) {
        return new Problem(413, "too_large", says, List.of(new FieldProblem(field, "too_large", says)));
    }

    /// 429: too often; may be repeated later.
    public static Problem tooMany(String says) {
        return new Problem(429, "too_many_requests", says, List.of());
    }

    /// 429, and when to come back.
    public static Problem tooMany(String says, Duration after) {
        return new Problem(429, "too_many_requests", says, List.of()) {
            @Override
            public Map<String, Object> extensions() {
                return Map.of("retry_after", after.toSeconds());
            }
        };
    }

    /// 503: cannot be done now, and nothing was done.
    public static Problem unavailable(String code, String says) {
        return new Problem(503, code, says, List.of());
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String says() {
        return String.valueOf(getMessage());
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    /// The errors, each beside its field.
    ///
    /// @param field beside which a refusal stands that names none
    public List<FieldProblem> beside(String field) {
        return errors.isEmpty() ? List.of(new FieldProblem(field, code, says())) : errors;
    }

    /// Members beside the standard ones, for example `blocked_by`.
    public Map<String, Object> extensions() {
        return Map.of();
    }
}
