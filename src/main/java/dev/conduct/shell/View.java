package dev.conduct.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What the handler of a page returns: the record its template shows. The shell wraps it in the layout; a request
/// made by htmx gets the content alone, from which it picks the part it asked for. The template declares the view
/// as `@param` named `view`, and when it needs them `Frame frame` and `String csrf`.
public interface View {

    /// Path under `src/main/jte`, for example `work/record.jte`.
    String template();

    /// What the window is called, without the product's name.
    String title();

    /// Where the page stands, outermost first; empty for a page at the top.
    default List<Crumb> crumbs() {
        return List.of();
    }

    default HttpStatus status() {
        return HttpStatus.OK;
    }

    /// @param href null for the page itself
    /// @param mono true for a record's number
    record Crumb(String label, @Nullable String href, boolean mono) {}
}
