package dev.conduct.acceptance;

import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One acceptance, for those inside.
///
/// @param names of everybody who stands on the page, by id
/// @param seen keys of records that the reader may see
record SessionView(
        Products.Product product,
        Session session,
        List<SessionLists.Invitation> invitations,
        List<SessionLists.Feedback> feedback,
        @Nullable String next,
        Map<String, String> names,
        Set<String> seen,
        List<String> severities,
        boolean asked,
        boolean mayHold)
        implements View {

    String name(String id) {
        return names.getOrDefault(id, "somebody");
    }

    @Override
    public String template() {
        return "acceptance/session.jte";
    }

    @Override
    public String title() {
        return session.title();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Acceptance", "/acceptance", false),
                new Crumb(product.name(), "/acceptance/" + product.key(), false));
    }
}
