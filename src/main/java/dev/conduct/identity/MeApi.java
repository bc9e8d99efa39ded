package dev.conduct.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells a caller who it is.
@RestController
@Tag(name = "people")
class MeApi {

    record Me(String id, String name, List<String> roles) {}

    @GetMapping("/api/v1/me")
    @Operation(operationId = "whoAmI", summary = "Who calls, and with which roles")
    Me me(Actor actor) {
        return new Me(actor.id(), actor.name(), actor.roles().stream().sorted().toList());
    }
}
