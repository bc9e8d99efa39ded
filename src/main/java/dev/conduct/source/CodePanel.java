package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Html;
import dev.conduct.shell.StationTime;
import dev.conduct.work.ItemPanel;
import dev.conduct.work.ItemPast;
import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The code of an item on its page: for each change its commit, review, CI and merge, and the commits beside them.
@Component
class CodePanel implements ItemPanel {

    private final CodeRows rows;
    private final Connected connected;
    private final StationTime stationTime;
    private final Html html;

    CodePanel(CodeRows rows, Connected connected, StationTime stationTime, Html html) {
        this.rows = rows;
        this.connected = connected;
        this.stationTime = stationTime;
        this.html = html;
    }

    /// @param href null where there is nothing to open
    /// @param ahead true for what has not come yet
    record Step(String title, String mark, @Nullable String href, String says, boolean ahead) {}

    record Route(String title, List<Step> steps) {}

    record View(List<Route> routes, List<CodeRows.Commit> alone, String summary) {}

    @Override
    public int order() {
        return 15;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var item = past.item();
        if (actor.outside() || !connected.to(item.product())) {
            return null;
        }
        var changes = rows.changes(item.key());
        var commits = rows.commits(item.key());
        if (changes.isEmpty() && commits.isEmpty()) {
            return null;
        }
        var reviews = changes.isEmpty() ? List.<CodeRows.Review>of() : rows.reviews(changes);
        var runs = rows
                .runs(changes.stream()
                        .map(change -> new CodeRows.At(item.product(), change.head()))
                        .distinct()
                        .toList())
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
        var authors = reviews.isEmpty() ? Map.<CodeRows.Change, Set<String>>of() : rows.authors(changes);
        var words = stationTime.words(actor);
        var alone = commits.stream().filter(commit -> commit.change() == null).toList();
        var view = new View(
                changes.stream()
                        .map(change ->
                                new Steps(change, reviews, authors.getOrDefault(change, Set.of()), runs, words).route())
                        .toList(),
                alone,
                words.count(changes.size(), "change", "changes") + ", "
                        + words.count(commits.size(), "commit", "commits") + " by key");
        var panel = html.render("source/code.jte", Map.of("view", view, "words", words));
        return output -> output.writeContent(panel);
    }
}
