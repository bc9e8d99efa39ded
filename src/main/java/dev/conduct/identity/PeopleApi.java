package dev.conduct.identity;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// People, for programs that administer them.
@RestController
@Tag(name = "people")
class PeopleApi {

    private final Accounts accounts;
    private final AccountList list;

    PeopleApi(Accounts accounts, AccountList list) {
        this.accounts = accounts;
        this.list = list;
    }

    record PersonAnswer(String id, String name, @Nullable String email, List<String> roles, boolean active) {

        static PersonAnswer of(People.Person person) {
            return new PersonAnswer(
                    person.id(),
                    person.name(),
                    person.email(),
                    person.roles().stream().sorted().toList(),
                    person.active());
        }
    }

    record PeopleAnswer(List<PersonAnswer> items, @Nullable String next) {}

    record NewPerson(
            @Schema(requiredMode = REQUIRED, example = "Rosa Lind") @Nullable
            String name,

            @Schema(requiredMode = REQUIRED, example = "rosa@example.org") @Nullable
            String email,

            @Schema(example = "[\"developer\"]") @Nullable Set<String> roles) {}

    /// @param invitation path of the one-time link, to be handed to the person
    record Invited(String id, String name, @Nullable String email, List<String> roles, String invitation) {}

    @GetMapping("/api/v1/people")
    @Operation(operationId = "listPeople", summary = "Everybody with an account, those who may come in first")
    PeopleAnswer list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = list.page(Page.limit(limit), cursor);
        var people = page.items().stream()
                .map(account -> PersonAnswer.of(account.person()))
                .toList();
        return new PeopleAnswer(people, page.next());
    }

    @PostMapping("/api/v1/people")
    @Operation(operationId = "invitePerson", summary = "Makes an account and a one-time link for its owner")
    @ApiResponse(responseCode = "201", description = "Made", headers = @Header(name = "Location", ref = "Location"))
    @ApiResponse(responseCode = "409", description = "The address has an account already.")
    ResponseEntity<Invited> add(@RequestBody NewPerson wanted, Actor actor) {
        if (wanted.name() == null || wanted.email() == null) {
            var missing = wanted.name() == null ? "name" : "email";
            throw Problem.badInput(missing, "missing", "is missing.");
        }
        var roles = wanted.roles() == null ? Set.<String>of() : wanted.roles();
        var person = accounts.add(wanted.name(), wanted.email(), roles, actor);
        var link = "/invitation?token=" + accounts.invite(person.id(), actor);
        var answer = PersonAnswer.of(person);
        return ResponseEntity.created(URI.create("/api/v1/people"))
                .body(new Invited(answer.id(), answer.name(), answer.email(), answer.roles(), link));
    }
}
