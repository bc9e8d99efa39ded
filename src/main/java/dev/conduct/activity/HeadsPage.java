package dev.conduct.activity;

import dev.conduct.ledger.SignedHead;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every checkpoint that was signed, the newest first.
///
/// @param next address of the earlier ones, null at the first
record HeadsPage(List<SignedHead> heads, @Nullable String next, LogTabs tabs) implements View {

    @Override
    public String template() {
        return "activity/heads.jte";
    }

    @Override
    public String title() {
        return "Tree heads";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Audit log", "/log", false), new Crumb("Tree heads", null, false));
    }
}
