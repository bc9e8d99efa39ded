package dev.conduct.source;

import dev.conduct.shell.Words;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How far one change has come: commit, review, CI, merge.
record Steps(
        CodeRows.Change change,
        List<CodeRows.Review> reviews,
        Set<String> authors,
        List<CodeRows.Run> runs,
        Words words) {

    CodePanel.Route route() {
        return new CodePanel.Route(
                change.name() + " " + change.number() + ": " + change.title(),
                List.of(commit(), review(), ci(), merge()));
    }

    private CodePanel.Step commit() {
        return new CodePanel.Step(
                "Commit", Marks.brief(change.head()), web(change.url()), "by " + change.author(), false);
    }

    private CodePanel.Step review() {
        var counting = Judgement.counting(change, reviews, authors).stream()
                .filter(review -> !Judgement.approves(review) || review.commit().equals(change.head()))
                .toList();
        if (counting.isEmpty()) {
            var earlier = reviews.stream()
                    .anyMatch(review -> review.repository().equals(change.repository())
                            && review.change() == change.number()
                            && !review.commit().equals(change.head()));
            return new CodePanel.Step(
                    "Review", "", null, earlier ? "of an earlier commit only" : "by nobody else named here yet", true);
        }
        var last = counting.getLast();
        return Judgement.approves(last)
                ? new CodePanel.Step("Review", last.reviewer(), null, "approved " + words.moment(last.at()), false)
                : new CodePanel.Step("Review", last.reviewer(), null, "asks for changes", true);
    }

    private CodePanel.Step ci() {
        var own =
                runs.stream().filter(run -> run.commit().equals(change.head())).toList();
        var came = Judgement.came(own);
        if (own.isEmpty()) {
            return new CodePanel.Step("CI", "", null, "has not run on this commit", true);
        }
        var told =
                own.stream().filter(run -> run.state().equals(came)).findFirst().orElse(own.getFirst());
        return new CodePanel.Step(
                "CI",
                told.name(),
                web(told.url()),
                came + (own.size() > 1 ? ", " + own.size() + " runs" : ""),
                !came.equals("passed"));
    }

    private CodePanel.Step merge() {
        var at = change.mergedAt();
        return at == null
                ? new CodePanel.Step(
                        "Merged", "", null, change.state().equals("closed") ? "closed without" : "not yet", true)
                : new CodePanel.Step("Merged", change.target(), null, words.moment(at), false);
    }

    /// An address that a host sent is a link only when it leads to the web.
    private static @Nullable String web(String url) {
        return url.startsWith("https://") || url.startsWith("http://") ? url : null;
    }
}
