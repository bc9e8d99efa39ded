package dev.conduct.source;

import dev.conduct.kernel.Problem;
import java.sql.SQLException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// What senders of webhooks are answered when something was refused, or could not be kept.
@RestControllerAdvice(assignableTypes = {HookController.class, HookReportController.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class HookFailures {

    private static final Logger log = LoggerFactory.getLogger(HookFailures.class);

    /// Nothing was kept: the sender sends it again, by itself or when somebody tells it to. A cause counts too: rows
    /// that are copied fail without a translation of Spring's.
    @ExceptionHandler({DataAccessException.class, TransactionException.class, SQLException.class})
    ResponseEntity<Map<String, String>> away(Exception failed) {
        log.warn("What came by a webhook could not be kept: {}", failed.toString());
        return ResponseEntity.status(503)
                .header(HttpHeaders.RETRY_AFTER, "30")
                .body(Map.of("detail", "The delivery could not be kept. Send it again."));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> refused(Problem refused) {
        var answer = ResponseEntity.status(refused.status());
        if (refused.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, "5");
        }
        return answer.body(Map.of("detail", refused.says()));
    }
}
