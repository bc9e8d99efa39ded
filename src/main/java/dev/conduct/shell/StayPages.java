package dev.conduct.shell;

import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;

/// Keeps a session that is about to end: to ask is enough, and is all that is done.
@Controller
class StayPages {

    @PostMapping("/session")
    ResponseEntity<Void> stay() {
        return ResponseEntity.noContent().build();
    }
}
