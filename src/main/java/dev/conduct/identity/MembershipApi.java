package dev.conduct.identity;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where people belong, for programs that administer them: roles for products, teams, organisations.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "membership")
class MembershipApi {

    private final Grants grants;
    private final Teams teams;
    private final Organisations organisations;
    private final People people;

    MembershipApi(Grants grants, Teams teams, Organisations organisations, People people) {
        this.grants = grants;
        this.teams = teams;
        this.organisations = organisations;
        this.people = people;
    }

    /// @param product absent for company-wide
    record Held(
            @Schema(requiredMode = REQUIRED, example = "auditor")
            String role,

            @Schema(description = "The product it is held for; left out: company-wide.") @Nullable
            String product) {

        static Held of(Grants.Grant grant) {
            return new Held(grant.role(), grant.product());
        }

        Grants.Grant grant() {
            return MembershipApi.grant(role, product);
        }
    }

    record Named(
            @Schema(requiredMode = REQUIRED, example = "Payments")
            String name) {}

    record Member(
            @Schema(requiredMode = REQUIRED, description = "Person id or e-mail address.", example = "rosa@example.org")
            String person) {}

    /// @param organisation by id or name; null for none
    record Belongs(
            @Schema(description = "By id or name; left out for none.") @Nullable
            String organisation) {}

    record Belonging(String person, @Nullable String organisation) {}

    /// @param members person ids
    record TeamAnswer(String id, String name, List<String> members, List<Held> roles) {

        static TeamAnswer of(Teams.Team team) {
            return new TeamAnswer(
                    team.id(),
                    team.name(),
                    team.members().stream().map(People.Person::id).toList(),
                    team.roles().stream().map(Held::of).toList());
        }
    }

    @GetMapping("/people/{id}/roles")
    @Operation(operationId = "listRolesOfPerson", summary = "What somebody holds, company-wide first")
    List<Held> roles(@Parameter(description = "The person.") @PathVariable("id") String id) {
        return grants.of(person(id)).stream().map(Held::of).toList();
    }

    @PostMapping("/people/{id}/roles")
    @Operation(operationId = "grantRole", summary = "Gives somebody a role, company-wide or for one product")
    List<Held> grant(
            @Parameter(description = "The person.") @PathVariable("id") String id,
            @RequestBody Held wanted,
            @Parameter(hidden = true) Actor actor) {
        grants.grant(person(id), wanted.grant(), actor);
        return roles(id);
    }

    @DeleteMapping("/people/{id}/roles")
    @Operation(operationId = "revokeRole", summary = "Takes a role away; what is not held is taken already")
    List<Held> revoke(
            @Parameter(description = "The person.") @PathVariable("id") String id,
            @Parameter(description = "A role of the procedure.", example = "auditor") @RequestParam("role") String role,
            @Parameter(description = "Left out: company-wide.")
                    @RequestParam(name = "product", required = false)
                    @Nullable
                    String product,
            @Parameter(hidden = true) Actor actor) {
        grants.revoke(person(id), grant(role, product), actor);
        return roles(id);
    }

    @PutMapping("/people/{id}/organisation")
    @Operation(operationId = "assignOrganisation", summary = "Says to which customer's organisation somebody belongs")
    Belonging belongs(
            @Parameter(description = "The person.") @PathVariable("id") String id,
            @RequestBody Belongs wanted,
            @Parameter(hidden = true) Actor actor) {
        var person = person(id);
        organisations.assign(person, wanted.organisation(), actor);
        return new Belonging(person, wanted.organisation());
    }

    @GetMapping("/organisations")
    @Operation(operationId = "listOrganisations", summary = "The customers' organisations, by name")
    List<Organisations.Organisation> organisations() {
        return organisations.all();
    }

    @PostMapping("/organisations")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createOrganisation", summary = "Creates a customer's organisation")
    @ApiResponse(responseCode = "201", description = "Created")
    @ApiResponse(responseCode = "409", description = "There is one of that name.")
    Organisations.Organisation createOrganisation(@RequestBody Named named, @Parameter(hidden = true) Actor actor) {
        return organisations.create(named(named), actor);
    }

    @GetMapping("/teams")
    @Operation(operationId = "listTeams", summary = "All teams, by name")
    List<TeamAnswer> teams() {
        return teams.all().stream().map(TeamAnswer::of).toList();
    }

    @PostMapping("/teams")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createTeam", summary = "Creates a team")
    @ApiResponse(responseCode = "201", description = "Created")
    @ApiResponse(responseCode = "409", description = "There is one of that name.")
    TeamAnswer createTeam(@RequestBody Named named, @Parameter(hidden = true) Actor actor) {
        return TeamAnswer.of(teams.create(named(named), actor));
    }

    @PostMapping("/teams/{id}/members")
    @Operation(operationId = "joinTeam", summary = "Puts somebody into a team")
    TeamAnswer join(
            @Parameter(description = "The team.") @PathVariable("id") String team,
            @RequestBody Member member,
            @Parameter(hidden = true) Actor actor) {
        return TeamAnswer.of(teams.member(team, required("person", member.person()), true, actor));
    }

    @DeleteMapping("/teams/{id}/members/{person}")
    @Operation(operationId = "leaveTeam", summary = "Takes somebody out of a team")
    TeamAnswer leave(
            @Parameter(description = "The team.") @PathVariable("id") String team,
            @Parameter(description = "The person.") @PathVariable("person") String person,
            @Parameter(hidden = true) Actor actor) {
        return TeamAnswer.of(teams.member(team, person, false, actor));
    }

    @PostMapping("/teams/{id}/roles")
    @Operation(operationId = "grantTeamRole", summary = "Gives everybody in a team a role")
    TeamAnswer grantTeam(
            @Parameter(description = "The team.") @PathVariable("id") String team,
            @RequestBody Held wanted,
            @Parameter(hidden = true) Actor actor) {
        return TeamAnswer.of(teams.role(team, wanted.grant().role(), wanted.product(), true, actor));
    }

    @DeleteMapping("/teams/{id}/roles")
    @Operation(operationId = "revokeTeamRole", summary = "Takes a role from a team")
    TeamAnswer revokeTeam(
            @Parameter(description = "The team.") @PathVariable("id") String team,
            @Parameter(description = "A role of the procedure.", example = "auditor") @RequestParam("role") String role,
            @Parameter(description = "Left out: company-wide.")
                    @RequestParam(name = "product", required = false)
                    @Nullable
                    String product,
            @Parameter(hidden = true) Actor actor) {
        return TeamAnswer.of(teams.role(team, role, product, false, actor));
    }

    private String person(String id) {
        return people.find(id).map(People.Person::id).orElseThrow(() -> Problem.notFound("This person"));
    }

    private static Grants.Grant grant(@Nullable String role, @Nullable String product) {
        return new Grants.Grant(required("role", role), product == null || product.isBlank() ? null : product);
    }

    private static String named(Named named) {
        return required("name", named.name());
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Problem.badInput(field, "missing", "is missing.");
        }
        return value;
    }
}
