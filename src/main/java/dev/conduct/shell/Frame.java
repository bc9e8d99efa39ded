package dev.conduct.shell;

import dev.conduct.identity.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the layout shows around every page.
///
/// @param actor null before sign-in
/// @param company empty when the installation has no name yet
/// @param path of this request, to mark the entry that leads here
/// @param url path and query of this request, to come back to
/// @param theme `light`, `dark`, or empty for the system's
/// @param procedure version in force, empty before there is one
/// @param sealed entries in the ledger's tree, null when unknown
public record Frame(
        @Nullable Actor actor,
        String initials,
        String company,
        String path,
        String url,
        String theme,
        boolean demo,
        Words words,
        List<Section> sections,
        List<Note> notes,
        String procedure,
        @Nullable Long sealed,
        Assets assets) {

    /// Where the frame of a request comes from.
    @FunctionalInterface
    interface Source {
        Frame of(HttpServletRequest request);
    }

    public record Section(String title, List<NavigationEntry.Entry> entries) {}

    /// A sentence shown once, after a move.
    ///
    /// @param tone `clear`, `caution` or `stop`
    public record Note(String tone, String says) {}

    /// True when the entry leads to the page shown, or to one it stands under.
    public boolean at(String href, View view) {
        return path.equals(href)
                || path.startsWith(href + "/")
                || view.crumbs().stream().anyMatch(crumb -> href.equals(crumb.href()));
    }

    /// The first four entries, for the bar at the foot of a small screen.
    public List<NavigationEntry.Entry> tabs() {
        return sections.stream()
                .flatMap(section -> section.entries().stream())
                .limit(4)
                .toList();
    }

    public String asset(String path) {
        return assets.href(path);
    }
}
