package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The page where files are brought.
///
/// @param errors what was wrong with the last attempt, empty at first
/// @param runs the newest imports, or those before one
/// @param next before which run the list goes on, null at its end
record ImportFormView(
        List<Products.Product> products,
        String format,
        String product,
        List<FieldProblem> errors,
        List<Row> runs,
        @Nullable String next)
        implements View {

    record Row(Run run, String by) {}

    List<ImportFormat> formats() {
        return List.of(ImportFormat.values());
    }

    @Override
    public HttpStatus status() {
        return errors.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT;
    }

    @Override
    public String template() {
        return "importer/form.jte";
    }

    @Override
    public String title() {
        return "Import";
    }
}
