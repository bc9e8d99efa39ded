package dev.conduct.rulebook;

import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.Procedures;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/// Who may answer for the next version of the procedure: the one in force says by which roles.
@Component
public class Approvers {

    private static final String PARAMETER = "procedure_approvers";

    private final Procedures procedures;
    private final People people;
    private final Roles granted;
    private final InstantSource time;

    Approvers(Procedures procedures, People people, Roles granted, InstantSource time) {
        this.granted = granted;
        this.procedures = procedures;
        this.people = people;
        this.time = time;
    }

    /// @param field how the sender calls it, for the refusal
    /// @param named e-mail, unique name or id
    /// @param sender the actor who puts the version in, who is somebody else
    /// @throws Problem 400 naming the field when nobody, the sender, or somebody without the role is named
    public People.Person approver(String field, String named, String sender) {
        var person = people.resolve(named)
                .filter(it -> it.active() && it.id().startsWith("person:"))
                .orElseThrow(() -> Problem.badInput(
                        field, "unknown_person", "names nobody here, or several. Give an e-mail or id."));
        if (person.id().equals(sender)) {
            throw Problem.badInput(field, "second_person", "is who sends it. Name a second person.");
        }
        var approving = roles();
        if (person.roles().stream().noneMatch(approving::contains)) {
            throw Problem.badInput(field, "role", "holds none of the roles " + String.join(", ", approving) + ".");
        }
        return person;
    }

    private List<String> roles() {
        var parameter = procedures.at(time.instant()).parameters().get(PARAMETER);
        return parameter != null && parameter.value() instanceof List<?> roles
                ? roles.stream().map(Object::toString).toList()
                : List.copyOf(granted.granting(Right.ADMINISTER));
    }
}
