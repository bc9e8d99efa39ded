package dev.conduct.clock;

import dev.conduct.clock.ClockReading.Segment;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Routes;
import dev.conduct.procedure.ItemType.Target;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// The clocks of an item, for programs. Lengths of time are whole seconds, cut off.
@RestController
@Tag(name = "clocks")
class ClockController {

    /// @param field whose value picked it, empty where none does
    /// @param value that value, for example `critical`
    /// @param soft seconds aimed at, null for none
    /// @param hard seconds allowed, null where a schedule gives the moment
    @JsonNaming(SnakeCaseStrategy.class)
    record TargetAnswer(
            String field,
            String value,
            @Nullable Long soft,
            @Nullable Long hard,
            String calendar,
            @Nullable String schedule) {}

    /// @param elapsed seconds that counted from `from` to `to`
    @JsonNaming(SnakeCaseStrategy.class)
    record SegmentAnswer(Instant from, Instant to, boolean running, long elapsed, String why) {}

    /// @param elapsed seconds that counted so far
    @JsonNaming(SnakeCaseStrategy.class)
    record ClockAnswer(
            String name,
            String title,
            String clause,
            int round,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant softDueAt,
            @Nullable Instant dueAt,
            long elapsed,
            @Nullable TargetAnswer target,
            List<SegmentAnswer> segments) {}

    private final Clocks clocks;

    ClockController(Clocks clocks) {
        this.clocks = clocks;
    }

    @GetMapping("/api/v1/items/{key}/clocks")
    @Operation(operationId = "listClocks", summary = "Its clocks, each explained by segments; lengths are seconds")
    List<ClockAnswer> clocks(@PathVariable String key, Actor actor) {
        return clocks.of(key, actor).stream().map(ClockController::answer).toList();
    }

    private static ClockAnswer answer(ClockReading reading) {
        return new ClockAnswer(
                reading.name(),
                reading.title(),
                reading.clause(),
                reading.round(),
                reading.state().word(),
                reading.startedAt(),
                reading.endedAt(),
                reading.softDueAt(),
                reading.dueAt(),
                reading.elapsed().toSeconds(),
                target(reading, reading.target()),
                reading.segments().stream().map(ClockController::segment).toList());
    }

    private static @Nullable TargetAnswer target(ClockReading reading, @Nullable Target target) {
        return target == null
                ? null
                : new TargetAnswer(
                        reading.decidedBy(),
                        reading.targetName(),
                        seconds(target.soft()),
                        seconds(target.hard()),
                        target.calendar(),
                        target.schedule());
    }

    private static SegmentAnswer segment(Segment segment) {
        return new SegmentAnswer(
                segment.from(),
                segment.to(),
                segment.running(),
                segment.elapsed().toSeconds(),
                segment.why());
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    @Configuration
    static class Open {

        @Bean
        Routes clockRoutes() {
            return () -> List.of(Routes.Route.signedIn(HttpMethod.GET, "/api/v1/items/*/clocks"));
        }
    }
}
