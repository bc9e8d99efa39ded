package dev.conduct.notify;

import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// By which letters the reader wants to be told.
///
/// @param address where letters go, null for nowhere
record PreferencesPage(Preferences.Wishes wishes, @Nullable String address) implements View {

    @Override
    public String template() {
        return "notify/preferences.jte";
    }

    @Override
    public String title() {
        return "What you are told";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Your account", "/account", false), new Crumb(title(), null, false));
    }

    List<Kind> kinds() {
        return List.of(Kind.values());
    }

    List<Kind.ByMail> ways() {
        return List.of(Kind.ByMail.values());
    }
}
