package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The form that creates a record: what the type asks, product first.
///
/// @param alike records that look like the same thing, to be read before one more is made
record ReportPage(ItemType type, FormView form, List<Alike> alike, String clause, String firstClock, HttpStatus status)
        implements View {

    record Alike(String key, String title, String station) {}

    @Override
    public String template() {
        return "work/report.jte";
    }

    @Override
    public String title() {
        return (form.problem() == null ? "" : "Error: ") + type.begin();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb(type.plural(), "/lines/" + type.name(), false), new Crumb(type.begin(), null, false));
    }

    @Nullable
    String problem() {
        return form.problem();
    }
}
