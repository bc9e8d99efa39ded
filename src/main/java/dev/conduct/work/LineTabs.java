package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.work.LinePage.Tab;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The saved queries every line begins with.
record LineTabs(ItemType type) {

    String open() {
        return "state:!" + String.join(",", type.ended().stream().sorted().toList());
    }

    /// @param query of the page, to mark the tab it stands on
    List<Tab> of(String query, LinePage.Counts counts) {
        var early = type.line().stream().limit(2).toList();
        var tabs = new ArrayList<Tab>();
        tabs.add(tab("Open, by clock", open(), query, counts.open()));
        tabs.add(tab("Mine", open() + " assignee:me", query, null));
        tabs.add(tab("Waiting at the start", "state:" + String.join(",", early), query, null));
        tabs.add(tab("Reported by me", "reporter:me", query, null));
        tabs.add(tab(
                "Closed, last 30 days",
                "state:" + String.join(",", type.ended().stream().sorted().toList()) + " updated:<30d",
                query,
                null));
        tabs.add(tab("All", "", query, counts.all()));
        return tabs;
    }

    private Tab tab(String title, String wanted, String query, @Nullable Long count) {
        return new Tab(title, "/lines/" + type.name() + "?q=" + LinePage.encoded(wanted), wanted.equals(query), count);
    }
}
