package dev.conduct.standards;

import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One standard.
///
/// @param waiting the version that waits for a second person, for who keeps it; null for none
/// @param mine what the reader knows of it
/// @param people who has to know it, for who oversees it
/// @param earlier address of the trainings before those shown, null for none
/// @param names of everybody who stands on the page, by id
record StandardView(
        Standard standard,
        Standard.@Nullable Version waiting,
        Knowledge mine,
        Overview.Slice<Overview.Line> people,
        List<StandardRows.Training> trainings,
        @Nullable String earlier,
        List<Standard.Version> versions,
        Map<String, String> names,
        String reader,
        boolean keeps,
        boolean oversees,
        StandardForm form,
        TrainingForm training)
        implements View {

    String name(@Nullable String id) {
        return id == null ? "" : names.getOrDefault(id, "somebody");
    }

    String trainer(StandardRows.Training training) {
        return training.trainer() == null ? name(training.taughtBy()) : training.trainer();
    }

    /// What the roles are called.
    String titles(List<String> roles) {
        return roles.stream()
                .map(name -> form.roles().stream()
                        .filter(role -> role.name().equals(name))
                        .map(Procedure.Role::title)
                        .findFirst()
                        .orElse(name))
                .collect(Collectors.joining(", "));
    }

    /// Whether the reader may put the waiting version in force.
    boolean mayApprove() {
        return keeps && waiting != null && !waiting.proposedBy().equals(reader);
    }

    @Override
    public String template() {
        return "standards/standard.jte";
    }

    @Override
    public String title() {
        return (form.errors().isEmpty() && training.errors().isEmpty() ? "" : "Error: ") + standard.title();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Standards", "/standards", false));
    }

    @Override
    public HttpStatus status() {
        return form.errors().isEmpty() && training.errors().isEmpty() ? HttpStatus.OK : HttpStatus.BAD_REQUEST;
    }
}
