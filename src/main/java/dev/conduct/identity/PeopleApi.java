package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// People, for programs that administer them.
@RestController
class PeopleApi {

    private final Accounts accounts;

    PeopleApi(Accounts accounts) {
        this.accounts = accounts;
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
            @Nullable String name,
            @Nullable String email,
            @Nullable Set<String> roles) {}

    /// @param invitation path of the one-time link, to be handed to the person
    record Invited(String id, String name, @Nullable String email, List<String> roles, String invitation) {}

    @GetMapping("/api/v1/people")
    PeopleAnswer all() {
        var people = accounts.all().stream()
                .map(account -> PersonAnswer.of(account.person()))
                .toList();
        return new PeopleAnswer(people, null);
    }

    @PostMapping("/api/v1/people")
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
