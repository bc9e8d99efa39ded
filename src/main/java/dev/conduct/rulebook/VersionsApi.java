package dev.conduct.rulebook;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedures;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Adopts a version. One person sends it, another, named, answers for it.
@RestController
@Tag(name = "procedure")
class VersionsApi {

    private static final String APPROVERS = "procedure_approvers";

    /// @param files text by path: `pack.yaml`, `types/bug.yaml`
    /// @param effective null for at once
    /// @param approved_by e-mail, unique name or id
    record NewVersion(
            @Schema(requiredMode = REQUIRED, example = "{\"pack.yaml\":\"version: 2026.12\\n\"}") @Nullable
            Map<String, String> files,

            @Nullable Instant effective,

            @Schema(requiredMode = REQUIRED, example = "rosa@example.org") @Nullable
            String approved_by) {}

    record Adopted(
            String version,
            String hash,
            Instant effective,
            String adopted_by,
            @Nullable String approved_by) {}

    private final Procedures procedures;
    private final People people;
    private final InstantSource time;

    VersionsApi(Procedures procedures, People people, InstantSource time) {
        this.procedures = procedures;
        this.people = people;
        this.time = time;
    }

    @PostMapping("/api/v1/procedure/versions")
    @Operation(operationId = "adoptProcedure", summary = "Adopts a version that another person answers for")
    @ApiResponse(responseCode = "201", description = "Adopted", headers = @Header(name = "Location", ref = "Location"))
    @ApiResponse(responseCode = "409", description = "The version's name is taken by another pack.")
    ResponseEntity<Adopted> adopt(@RequestBody NewVersion sent, Actor actor) {
        var files = sent.files();
        if (files == null || files.isEmpty()) {
            throw Problem.badInput("files", "missing", "is missing. Send the pack's files as text, by path.");
        }
        var approver = approver(sent.approved_by(), actor);
        var adoption = procedures.adopt(PackFiles.of(files), sent.effective(), actor.id(), actor.via(), approver.id());
        return ResponseEntity.created(URI.create("/api/v1/procedure/versions/" + adoption.version()))
                .body(new Adopted(
                        adoption.version(),
                        adoption.hash(),
                        adoption.effective(),
                        adoption.adoptedBy(),
                        adoption.approvedBy()));
    }

    private People.Person approver(@Nullable String named, Actor actor) {
        if (named == null) {
            throw Problem.badInput("approved_by", "missing", "is missing. Name who answers for this version.");
        }
        var person = people.resolve(named)
                .filter(it -> it.active() && it.id().startsWith("person:"))
                .orElseThrow(() -> Problem.badInput(
                        "approved_by", "unknown_person", "names nobody here, or several. Give an e-mail or id."));
        if (person.id().equals(actor.id())) {
            throw Problem.badInput("approved_by", "second_person", "is who sends it. Name a second person.");
        }
        var approvers = approvers();
        if (person.roles().stream().noneMatch(approvers::contains)) {
            throw Problem.badInput(
                    "approved_by", "role", "holds none of the roles " + String.join(", ", approvers) + ".");
        }
        return person;
    }

    /// The procedure in force says who may answer for the next one.
    private List<String> approvers() {
        var parameter = procedures.at(time.instant()).parameters().get(APPROVERS);
        return parameter != null && parameter.value() instanceof List<?> roles
                ? roles.stream().map(Object::toString).toList()
                : List.of("administrator");
    }
}
