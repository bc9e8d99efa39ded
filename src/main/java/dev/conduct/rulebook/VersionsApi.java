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
    private final Approvers approvers;

    VersionsApi(Procedures procedures, Approvers approvers) {
        this.procedures = procedures;
        this.approvers = approvers;
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
        return approvers.approver("approved_by", named, actor.id());
    }
}
