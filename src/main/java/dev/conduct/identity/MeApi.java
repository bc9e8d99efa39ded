package dev.conduct.identity;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells a caller who it is.
@RestController
class MeApi {

    record Me(String id, String name, List<String> roles) {}

    @GetMapping("/api/v1/me")
    Me me(Actor actor) {
        return new Me(actor.id(), actor.name(), actor.roles().stream().sorted().toList());
    }
}
