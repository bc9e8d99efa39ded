package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.SessionEnds;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
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
/// @param own how this reader has pages
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
        Assets assets,
        Own own) {

    /// For nobody in particular.
    public Frame(
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
        this(
                actor,
                initials,
                company,
                path,
                url,
                theme,
                demo,
                words,
                sections,
                notes,
                procedure,
                sealed,
                assets,
                Own.NOBODYS);
    }

    /// What is this reader's own about every page.
    ///
    /// @param person who it is, as kept words are marked in the browser; empty for nobody
    /// @param product the one pages are narrowed to, null for all
    /// @param several whether there is another product to choose
    /// @param keys whether single keys do anything
    /// @param left of the session, null where there is none
    public record Own(
            String person,
            ProductChoice.@Nullable Product product,
            boolean several,
            boolean keys,
            SessionEnds.@Nullable Left left) {

        static final Own NOBODYS = new Own("", null, false, true, null);
    }

    /// Where the frame of a request comes from.
    @FunctionalInterface
    interface Source {
        Frame of(HttpServletRequest request);
    }

    public record Section(String title, List<NavigationEntry.Entry> entries) {}

    /// A sentence shown once, after a move.
    ///
    /// @param tone `clear`, `caution` or `stop`
    /// @param undo where it is taken back, null where it cannot be
    public record Note(String tone, String says, @Nullable String undo) {}

    /// Whether an entry of the side bar leads there for this reader.
    public boolean leads(String href) {
        return sections.stream()
                .anyMatch(section -> section.entries().stream()
                        .anyMatch(entry -> entry.href().equals(href)));
    }

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

    /// The address of this page, to stand in the query of another.
    public String back() {
        return URLEncoder.encode(url, StandardCharsets.UTF_8);
    }

    public String asset(String path) {
        return assets.href(path);
    }
}
