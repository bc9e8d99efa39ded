package dev.conduct.shell;

import dev.conduct.shell.Problems.Said;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/// The one place where a failure becomes an answer: problem+json (RFC 9457) for programs, a page for people.
@ControllerAdvice
@org.springframework.stereotype.Controller
class ProblemHandler implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private static final Set<String> SECRET = Set.of("_csrf", "password", "code", "token", "secret");

    @ExceptionHandler
    Object answer(Exception thrown, HttpServletRequest request) throws Exception {
        if (thrown instanceof AccessDeniedException || thrown instanceof AuthenticationException) {
            throw thrown;
        }
        if (thrown instanceof AsyncRequestNotUsableException) {
            // Who asked has gone: nobody is there to be told, and nothing here is broken.
            return new ModelAndView();
        }
        return answer(said(thrown, request), request);
    }

    /// What failed before or after any handler: the container sends it here.
    @RequestMapping("/error")
    Object dispatched(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return answer(said(thrown, request), request);
        }
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        return answer(new Said(status, code(status), says(status), List.of(), Map.of()), request);
    }

    private static Said said(Throwable thrown, HttpServletRequest request) {
        var said = Problems.of(thrown);
        if (said == null && thrown.getCause() != null) {
            said = Problems.of(thrown.getCause());
        }
        if (said == null) {
            var reference = Reference.next();
            LOG.error("{} {} failed, reference {}", request.getMethod(), path(request), reference, thrown);
            return Problems.unexpected(reference);
        }
        if (said.status() >= 500) {
            LOG.warn("{} {}: {} ({})", request.getMethod(), path(request), said.says(), thrown.toString());
        }
        return said;
    }

    private static Object answer(Said said, HttpServletRequest request) {
        return forProgram(request) ? document(said, path(request)) : page(said, request);
    }

    private static ResponseEntity<Map<String, Object>> document(Said said, String path) {
        var status = HttpStatus.valueOf(said.status());
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", status.getReasonPhrase());
        body.put("status", said.status());
        body.put("detail", said.says());
        body.put("instance", path);
        body.put("code", said.code());
        if (!said.errors().isEmpty()) {
            body.put("errors", said.errors());
        }
        body.putAll(said.more());
        var response = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (said.status() == 503 || said.status() == 429) {
            response.header(HttpHeaders.RETRY_AFTER, String.valueOf(said.more().getOrDefault("retry_after", 5)));
        }
        return response.body(body);
    }

    private static Failure page(Said said, HttpServletRequest request) {
        var reading = request.getMethod().equals("GET");
        var again = said.status() >= 500 || said.status() == 429;
        return new Failure(
                HttpStatus.valueOf(said.status()),
                said.errors().size() > 1 ? "Some of it was not accepted." : said.says(),
                reading
                        ? ""
                        : "Nothing was changed."
                                + (said.status() == 413 ? " Go back: what you typed is still in the form." : ""),
                said.more().get("reference") instanceof String reference ? reference : null,
                reading && again ? path(request) + query(request) : null,
                said.errors().size() > 1
                        ? said.errors().stream()
                                .map(error -> new Failure.Line(Words.plain(error.field()), error.says()))
                                .toList()
                        : List.of(),
                reading ? Map.of() : kept(request));
    }

    private static Map<String, String> kept(HttpServletRequest request) {
        return request.getParameterMap().entrySet().stream()
                .filter(entry ->
                        SECRET.stream().noneMatch(secret -> entry.getKey().contains(secret)))
                .filter(entry -> !String.join("", entry.getValue()).isBlank())
                .collect(Collectors.toMap(
                        entry -> Words.plain(entry.getKey()),
                        entry -> String.join(", ", entry.getValue()),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static boolean forProgram(HttpServletRequest request) {
        var path = path(request);
        return path.startsWith("/api/") || path.startsWith("/oauth2/") || path.equals("/api");
    }

    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String original
                ? original
                : request.getRequestURI();
    }

    private static String query(HttpServletRequest request) {
        var query = request.getQueryString();
        return query == null ? "" : "?" + query;
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 401 -> "not_signed_in";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> "too_large";
            default -> status >= 500 ? "unexpected" : "refused";
        };
    }

    private static String says(int status) {
        return switch (status) {
            case 400 -> "The request could not be understood.";
            case 401 -> "Sign in first.";
            case 403 -> "Your roles do not open this.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take that method.";
            case 413 -> "This is larger than the server takes.";
            default -> status >= 500 ? "Conduct failed at this." : "This was refused.";
        };
    }
}
