package dev.conduct.scim;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Refusals in the form that directories read (RFC 7644, 3.12).
@RestControllerAdvice(basePackageClasses = ScimFailures.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ScimFailures {

    @ExceptionHandler
    ResponseEntity<String> refused(ScimRefusal refusal) {
        return answer(refusal.status(), refusal.type(), String.valueOf(refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<String> refused(HttpMessageNotReadableException missing) {
        return answer(400, "invalidSyntax", "The body is missing or cannot be read.");
    }

    @ExceptionHandler
    ResponseEntity<String> refused(MethodArgumentTypeMismatchException mismatch) {
        return answer(400, "invalidValue", mismatch.getName() + " is a whole number.");
    }

    @ExceptionHandler
    ResponseEntity<String> refused(Problem problem) {
        var says = problem.errors().isEmpty()
                ? problem.says()
                : problem.errors().stream().map(ScimFailures::words).collect(Collectors.joining(" "));
        var type =
                switch (problem.status()) {
                    case 400 -> "invalidValue";
                    case 409 -> problem.code().equals("email_taken") ? "uniqueness" : null;
                    default -> null;
                };
        return answer(problem.status(), type, says);
    }

    private static String words(FieldProblem error) {
        return error.field() + ": " + error.says();
    }

    private static ResponseEntity<String> answer(int status, @Nullable String type, String says) {
        var body = ScimJson.object("urn:ietf:params:scim:api:messages:2.0:Error")
                .put("status", String.valueOf(status))
                .put("detail", says);
        if (type != null) {
            body.put("scimType", type);
        }
        return ScimJson.answer(status, body);
    }
}
