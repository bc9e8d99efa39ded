package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Which column of a list is what.
///
/// @param asked what can be told by a column, the needed first
/// @param entered name, pattern of moments and zone, as guessed or as typed
record ColumnsView(
        UUID id,
        String file,
        List<String> columns,
        List<List<String>> rows,
        List<Asked> asked,
        Entered entered,
        List<FieldProblem> errors)
        implements View {

    /// @param guessed true while nobody has looked at it
    record Asked(
            String role,
            String title,
            boolean needed,
            @Nullable String column,
            boolean guessed) {}

    record Entered(String source, String dates, String zone, String delimiter, String encoding) {}

    @Override
    public HttpStatus status() {
        return errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    @Override
    public String template() {
        return "importer/columns.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Columns of a list";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Import", "/admin/import", false), new Crumb("Columns", null, false));
    }
}
