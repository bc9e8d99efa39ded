package dev.conduct.source;

import dev.conduct.procedure.Case;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the gates learn from repositories about the commit in force.
///
/// - `review`: another than the author approved the last commit of its change; an approval of an earlier commit is of
///   another build. One who asks for changes stands against all who approve.
/// - `ci`: the last run of each name on this commit ended well. While one runs, nothing is said.
/// - `merged`: the commit reached the main branch, itself or by the change it heads.
@Component
class SourceFacts implements FactSource {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final CodeRows rows;
    private final Connected connected;

    SourceFacts(CodeRows rows, Connected connected) {
        this.rows = rows;
        this.connected = connected;
    }

    @Override
    public List<Case.Fact> facts(Question question) {
        var commit = question.commit().toLowerCase(Locale.ROOT);
        if (!COMMIT.matcher(commit).matches()) {
            return List.of();
        }
        if (!connected.to(question.product())) {
            return List.of();
        }
        var heading = rows.changesAt(question.product(), commit);
        var tied = rows.changes(question.item());
        var facts = new ArrayList<Case.Fact>();
        reviews(facts, question, commit, heading.isEmpty() ? tied : heading);
        runs(facts, question, commit, tied);
        merges(facts, question, commit, heading);
        return facts;
    }

    private void reviews(List<Case.Fact> facts, Question question, String commit, List<CodeRows.Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var reviews = rows.reviews(changes).stream()
                .filter(review -> !review.at().isAfter(question.at()))
                .toList();
        if (reviews.isEmpty()) {
            return;
        }
        var authors = rows.authors(changes);
        for (var change : changes) {
            for (var review : Judgement.counting(change, reviews, authors.getOrDefault(change, Set.of()))) {
                facts.add(new Case.Fact(
                        "review",
                        Judgement.approves(review),
                        bound(change, review, commit),
                        null,
                        review.at(),
                        review.person(),
                        Set.of(),
                        "change:" + change.name() + " " + change.number(),
                        false));
            }
        }
    }

    /// An approval is of the commit that was looked at; who asks for changes stands against whatever is there now.
    private static String bound(CodeRows.Change change, CodeRows.Review review, String commit) {
        return Judgement.approves(review) && !review.commit().equals(change.head())
                ? review.commit()
                : asked(change, commit);
    }

    /// A change merged by a commit of its own was reviewed as what it merges.
    private static String asked(CodeRows.Change change, String commit) {
        var merge = change.mergeCommit();
        return merge != null && merge.startsWith(commit) ? merge : change.head();
    }

    private void runs(List<Case.Fact> facts, Question question, String commit, List<CodeRows.Change> tied) {
        var own = rows.runs(question.product(), List.of(commit));
        if (!own.isEmpty()) {
            run(facts, question.at(), own);
            return;
        }
        tied.stream()
                .findFirst()
                .ifPresent(change -> run(facts, question.at(), rows.runs(question.product(), List.of(change.head()))));
    }

    private static void run(List<Case.Fact> facts, Instant at, List<CodeRows.Run> runs) {
        var came = Judgement.came(runs);
        var told = runs.stream()
                .filter(run -> run.state().equals(came))
                .reduce((one, other) -> other.at().isAfter(one.at()) ? other : one);
        if (told.isEmpty() || came.equals("running")) {
            return;
        }
        var last = told.get();
        facts.add(fact(
                "ci",
                came.equals("passed"),
                last.commit(),
                last.at().isAfter(at) ? at : last.at(),
                "run:" + last.name()));
    }

    private void merges(List<Case.Fact> facts, Question question, String commit, List<CodeRows.Change> heading) {
        for (var landed : rows.landed(question.product(), commit)) {
            merged(facts, question, landed.commit(), landed.at(), landed.repository() + " " + landed.branch());
        }
        for (var change : heading.stream()
                .filter(one -> one.target().equals(one.mainBranch()))
                .toList()) {
            merged(facts, question, asked(change, commit), change.mergedAt(), change.name() + " " + change.target());
        }
    }

    private static void merged(
            List<Case.Fact> facts, Question question, String commit, @Nullable Instant at, String where) {
        if (at != null && !at.isAfter(question.at())) {
            facts.add(fact("merged", true, commit, at, "branch:" + where));
        }
    }

    private static Case.Fact fact(String kind, boolean passed, String commit, Instant at, String source) {
        return new Case.Fact(kind, passed, commit, null, at, Telling.ACTOR, Set.of(), source, false);
    }
}
