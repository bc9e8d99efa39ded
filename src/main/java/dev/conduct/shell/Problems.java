package dev.conduct.shell;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What the frameworks throw, in our words. Null for what is a fault of the server.
final class Problems {

    private static final String DISK_FULL = "53100";
    private static final Pattern TWICE = Pattern.compile("^Duplicate Object property \"(.{1,100}?)\"");

    private Problems() {}

    @Nullable
    static Said of(Throwable thrown) {
        return switch (thrown) {
            case Problem problem ->
                new Said(problem.status(), problem.code(), problem.says(), problem.errors(), problem.extensions());
            case HttpMessageNotReadableException unreadable -> unreadable(unreadable);
            case MissingServletRequestParameterException missing -> missing(missing.getParameterName());
            case MissingServletRequestPartException missing -> missing(missing.getRequestPartName());
            case MissingRequestHeaderException missing -> missing(missing.getHeaderName());
            case TypeMismatchException mismatch -> mismatch(mismatch);
            case BindException unbound ->
                badInput(unbound.getFieldErrors().stream()
                        .map(error -> new FieldProblem(
                                error.getField(), "bad_value", "cannot be “" + error.getRejectedValue() + "”."))
                        .toList());
            case MaxUploadSizeExceededException large ->
                new Said(413, "too_large", tooLarge(large), List.of(), Map.of());
            case MultipartException broken ->
                new Said(
                        400,
                        "bad_multipart",
                        "The upload could not be read: it was cut short, or its headers are not valid. Send it again.",
                        List.of(),
                        Map.of());
            case NoResourceFoundException absent ->
                new Said(404, "not_found", "There is nothing at this address.", List.of(), Map.of());
            case HttpRequestMethodNotSupportedException method ->
                new Said(
                        405,
                        "method_not_allowed",
                        "This address does not take " + method.getMethod() + ". It takes "
                                + String.join(", ", supported(method)) + ".",
                        List.of(),
                        Map.of());
            case HttpMediaTypeNotAcceptableException unacceptable ->
                new Said(406, "not_acceptable", "None of the kinds in Accept can be given here.", List.of(), Map.of());
            case HttpMediaTypeNotSupportedException unsupported ->
                new Said(
                        415,
                        "unsupported_media_type",
                        "A body of kind " + unsupported.getContentType() + " is not read here. Send application/json.",
                        List.of(),
                        Map.of());
            case CannotCreateTransactionException away -> databaseAway();
            case DataAccessResourceFailureException full
            when full.getMostSpecificCause() instanceof SQLException cause && DISK_FULL.equals(cause.getSQLState()) ->
                diskFull();
            case DataAccessResourceFailureException away -> databaseAway();
            case UncheckedIOException full
            when String.valueOf(full.getMessage()).contains("No space left on device") -> diskFull();
            case QueryTimeoutException slow ->
                new Said(
                        503,
                        "database_slow",
                        "The database did not answer in time. Nothing was recorded.",
                        List.of(),
                        Map.of());
            case DataIntegrityViolationException invalid
            when unreadable(invalid) ->
                badInput(
                        List.of(
                                new FieldProblem(
                                        "request",
                                        "unreadable_value",
                                        "holds a value that cannot be stored or compared: a number, a moment or a character out of range.")));
            case TransientDataAccessException busy ->
                new Said(
                        503,
                        "database_busy",
                        "Somebody else changed the same at the same moment. Nothing was recorded; try again.",
                        List.of(),
                        Map.of());
            default -> null;
        };
    }

    /// A refusal as it goes out, before it is a page or a document.
    record Said(int status, String code, String says, List<FieldProblem> errors, Map<String, Object> more) {}

    static Said unexpected(String reference) {
        return new Said(
                500,
                "unexpected",
                "Conduct failed at this. It is in the server's log under " + reference + ".",
                List.of(),
                Map.of("reference", reference));
    }

    /// SQL's class 22: what was sent is no value of its type.
    private static boolean unreadable(DataIntegrityViolationException invalid) {
        return invalid.getMostSpecificCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith("22");
    }

    private static Said diskFull() {
        return new Said(
                503,
                "disk_full",
                "The server's disk is full. Nothing was recorded. Whoever runs the server frees space there; then it"
                        + " goes on by itself.",
                List.of(),
                Map.of());
    }

    private static Said databaseAway() {
        return new Said(
                503, "database_away", "The database cannot be reached. Nothing was recorded.", List.of(), Map.of());
    }

    private static List<String> supported(HttpRequestMethodNotSupportedException method) {
        var supported = method.getSupportedMethods();
        return supported == null ? List.of("nothing") : List.of(supported);
    }

    private static Said missing(String name) {
        return badInput(List.of(new FieldProblem(name, "missing", "is missing.")));
    }

    private static Said mismatch(TypeMismatchException mismatch) {
        var field = String.valueOf(mismatch.getPropertyName());
        var wanted = mismatch.getRequiredType();
        return badInput(List.of(new FieldProblem(
                field,
                "bad_value",
                "cannot be “" + mismatch.getValue() + "”"
                        + (wanted == null ? "." : "; it must be a " + kind(wanted) + "."))));
    }

    private static Said unreadable(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown ->
                badInput(List.of(new FieldProblem(
                        path(unknown),
                        "unknown_field",
                        "is not a field here. Known: "
                                + unknown.getKnownPropertyIds().stream()
                                        .map(String::valueOf)
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ".")));
            case MismatchedInputException mismatch ->
                badInput(List.of(new FieldProblem(
                        path(mismatch).isEmpty() ? "body" : path(mismatch),
                        "bad_value",
                        "must be a " + kind(mismatch.getTargetType()) + at(mismatch) + ".")));
            case StreamConstraintsException beyond -> beyond(beyond);
            case StreamReadException malformed -> badInput(List.of(malformed(malformed)));
            case JacksonException other ->
                badInput(List.of(new FieldProblem(
                        path(other).isEmpty() ? "body" : path(other),
                        "bad_value",
                        "was not understood" + at(other) + ": " + other.getOriginalMessage())));
            case null, default ->
                badInput(List.of(new FieldProblem("body", "missing", "is missing or cannot be read.")));
        };
    }

    private static Said beyond(StreamConstraintsException beyond) {
        return beyond.getOriginalMessage().contains("nesting depth")
                ? badInput(List.of(new FieldProblem(
                        "body", "too_deep", "is nested deeper than 64" + at(beyond) + ". Flatten it.")))
                : new Said(
                        413, "too_large", "The body is larger than is read here: at most 1 MB.", List.of(), Map.of());
    }

    private static FieldProblem malformed(StreamReadException malformed) {
        var twice = TWICE.matcher(malformed.getOriginalMessage());
        return twice.find()
                ? new FieldProblem(twice.group(1), "twice", "is given twice" + at(malformed) + ". Give it once.")
                : new FieldProblem(
                        "body",
                        "malformed_json",
                        "is not JSON" + at(malformed) + ": " + malformed.getOriginalMessage());
    }

    private static String tooLarge(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SizeException size) {
                return "The upload is larger than this server takes: at most " + size.getPermittedSize() / 1_048_576
                        + " MB.";
            }
        }
        return "The upload is larger than this server takes.";
    }

    private static String at(JacksonException thrown) {
        var at = thrown.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static String path(JacksonException thrown) {
        var path = new StringBuilder();
        for (var step : thrown.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == null) {
            return "different kind of value";
        }
        if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
            return "whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false value";
        }
        if (type == String.class) {
            return "text";
        }
        if (java.util.Collection.class.isAssignableFrom(type)) {
            return "list";
        }
        return type.getSimpleName().contains("Instant") ? "time such as 2026-03-11T14:32:00Z" : "JSON object";
    }

    private static Said badInput(List<FieldProblem> errors) {
        var first = errors.getFirst();
        return new Said(400, "bad_input", first.field() + " " + first.says(), errors, Map.of());
    }
}
