package dev.conduct.admin;

import dev.conduct.identity.Erasures.Erasure;
import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Who is to be erased, and who was.
///
/// @param viewer who looks: the one who asked is not the one who does it
/// @param people by the ids of those who asked and did
/// @param entered what was typed
record ErasuresPage(
        List<Erasure> erasures,
        String viewer,
        Map<String, People.Person> people,
        String entered,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "admin/erasures.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Erasures";
    }

    List<Erasure> waiting() {
        return erasures.stream().filter(one -> one.erasedAt() == null).toList();
    }

    List<Erasure> done() {
        return erasures.stream().filter(one -> one.erasedAt() != null).toList();
    }

    boolean mine(Erasure erasure) {
        return erasure.askedBy().equals(viewer);
    }

    String name(@Nullable String id) {
        var person = id == null ? null : people.get(id);
        return person == null ? String.valueOf(id) : person.name();
    }
}
