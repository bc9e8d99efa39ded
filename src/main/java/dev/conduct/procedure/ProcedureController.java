package dev.conduct.procedure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The procedure in force and how it is held, for programs.
@RestController
@Tag(name = "procedure")
@RequestMapping("/api/v1/procedure")
class ProcedureController {

    record InForce(
            String version,
            String title,
            String hash,
            Instant effective,
            @Nullable String approved_by,
            TreeMap<String, Object> parameters) {

        static InForce of(Procedure procedure) {
            var parameters = new TreeMap<String, Object>();
            procedure.parameters().values().forEach(it -> parameters.put(it.name(), shown(it.value())));
            return new InForce(
                    procedure.version(),
                    procedure.title(),
                    procedure.hash(),
                    procedure.effective(),
                    procedure.approvedBy(),
                    parameters);
        }

        /// Lengths of time go out as ISO 8601, `PT15M`.
        private static Object shown(Object value) {
            return value instanceof Duration span ? span.toString() : value;
        }
    }

    record ClauseHeld(
            String id,
            String ref,
            String title,
            String chapter,
            boolean held,
            List<Coverage.Control> controls,
            List<String> missing) {

        static ClauseHeld of(Coverage.Held held) {
            var clause = held.clause();
            return new ClauseHeld(
                    clause.id(),
                    clause.ref(),
                    clause.title(),
                    clause.chapter(),
                    held.held(),
                    held.controls(),
                    held.missing());
        }
    }

    record Version(
            String version,
            String hash,
            Instant effective,
            Instant adopted_at,
            String adopted_by,
            @Nullable String approved_by) {

        static Version of(Adoption it) {
            return new Version(
                    it.version(), it.hash(), it.effective(), it.adoptedAt(), it.adoptedBy(), it.approvedBy());
        }
    }

    record Versions(List<Version> items, @Nullable String next) {}

    private final Procedures procedures;
    private final List<PlatformControl> platform;
    private final InstantSource time;

    ProcedureController(Procedures procedures, List<PlatformControl> platform, InstantSource time) {
        this.procedures = procedures;
        this.platform = platform;
        this.time = time;
    }

    @GetMapping
    @Operation(operationId = "getProcedure", summary = "The version in force: hash, effective date, parameters")
    InForce inForce() {
        return InForce.of(procedures.at(time.instant()));
    }

    @GetMapping("/clauses")
    @Operation(operationId = "listClauses", summary = "Every clause, and the controls that hold it now")
    List<ClauseHeld> clauses() {
        return Coverage.of(procedures.at(time.instant()), platform).stream()
                .map(ClauseHeld::of)
                .toList();
    }

    @GetMapping("/versions")
    @Operation(operationId = "listVersions", summary = "Every version ever adopted")
    Versions versions() {
        return new Versions(procedures.history().stream().map(Version::of).toList(), null);
    }

    @GetMapping("/versions/{version}")
    @Operation(operationId = "getVersion", summary = "One version")
    InForce version(
            @Parameter(description = "As its pack names it.", example = "2026.11") @PathVariable String version) {
        return InForce.of(procedures.version(version));
    }

    @GetMapping("/diff")
    @Operation(operationId = "compareVersions", summary = "What changed between two versions, in words")
    List<PackDiff.Change> diff(
            @Parameter(description = "The earlier version.", example = "2026.11") @RequestParam String from,
            @Parameter(description = "The later version.", example = "2026.12") @RequestParam String to) {
        return PackDiff.of(procedures.version(from), procedures.version(to));
    }
}
