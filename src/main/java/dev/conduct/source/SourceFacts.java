package dev.conduct.source;

import dev.conduct.procedure.Case;
import dev.conduct.source.CodeRows.At;
import dev.conduct.work.FactSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the gates learn from repositories about the commit in force.
///
/// - `review`: another than the author approved the last commit of its change; an approval of an earlier commit is of
///   another build. One who asks for changes stands against all who approve.
/// - `ci`: the last run of each name on this commit ended well; where none ran on it, on the head of the change or the
///   commit that ran last. While one runs, nothing is said.
/// - `merged`: the commit reached the main branch, itself or by the change it heads.
@Component
class SourceFacts implements FactSource {

    private static final Set<String> KINDS = Set.of("review", "ci", "merged");

    private final CodeRows rows;
    private final Connected connected;

    SourceFacts(CodeRows rows, Connected connected) {
        this.rows = rows;
        this.connected = connected;
    }

    @Override
    public Optional<Place> place(Wanted wanted) {
        return KINDS.contains(wanted.kind()) && connected.to(wanted.product())
                ? Optional.of(new Place("the code", "/items/" + wanted.item() + "#code"))
                : Optional.empty();
    }

    @Override
    public Map<Question, List<Case.Fact>> facts(Collection<Question> questions) {
        var asked = questions.stream()
                .filter(question -> KINDS.stream().anyMatch(question::asks))
                .filter(question -> connected.to(question.product()))
                .toList();
        if (asked.isEmpty()) {
            return Map.of();
        }
        var known = known(asked);
        var facts = new HashMap<Question, List<Case.Fact>>();
        for (var question : asked) {
            var told = new ArrayList<Case.Fact>();
            reviews(told, question, known);
            run(told, question.at(), known.runs(question));
            merges(told, question, known);
            if (!told.isEmpty()) {
                facts.put(question, told);
            }
        }
        return facts;
    }

    /// What the code says of all that is asked for.
    ///
    /// @param heading changes whose head or merge is the commit
    /// @param tied changes that name the item, the newest first
    /// @param last commit of each product on which CI ran, where it did not on the one that is asked for
    private record Known(
            Map<At, List<CodeRows.Change>> heading,
            Map<String, List<CodeRows.Change>> tied,
            List<CodeRows.Review> reviews,
            Map<CodeRows.Change, Set<String>> authors,
            Map<At, List<CodeRows.Run>> runs,
            Map<String, At> last,
            Map<At, List<CodeRows.Landed>> landed) {

        List<CodeRows.Change> heading(Question question) {
            return heading.getOrDefault(at(question), List.of());
        }

        /// Whose reviews count: those that the commit heads, or else those that name the item.
        List<CodeRows.Change> reviewed(Question question) {
            var own = heading(question);
            return own.isEmpty() ? tied.getOrDefault(question.item(), List.of()) : own;
        }

        List<CodeRows.Run> runs(Question question) {
            return Stream.concat(Stream.of(at(question)), elsewhere(question))
                    .map(commit -> runs.getOrDefault(commit, List.of()))
                    .filter(those -> !those.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }

        /// The head of the newest change that names the item, and the commit on which CI ran last.
        Stream<At> elsewhere(Question question) {
            return Stream.concat(
                    tied.getOrDefault(question.item(), List.of()).stream()
                            .limit(1)
                            .map(change -> new At(question.product(), change.head())),
                    Stream.ofNullable(last.get(question.product())));
        }
    }

    private static At at(Question question) {
        return new At(question.product(), question.commit());
    }

    private Known known(List<Question> asked) {
        var commits = asked.stream().map(SourceFacts::at).distinct().toList();
        var heading = rows.changesAt(commits);
        var tied = rows.changes(asked.stream().map(Question::item).distinct().toList());
        var changes = Stream.concat(heading.values().stream(), tied.values().stream())
                .flatMap(List::stream)
                .distinct()
                .toList();
        var reviews = changes.isEmpty() ? List.<CodeRows.Review>of() : rows.reviews(changes);
        var authors = reviews.isEmpty() ? Map.<CodeRows.Change, Set<String>>of() : rows.authors(changes);
        var runs = rows.runs(commits);
        var without = asked.stream()
                .filter(question -> !runs.containsKey(at(question)))
                .toList();
        var last = rows.lastRun(without.stream().map(Question::product).collect(Collectors.toSet()));
        var known = new Known(heading, tied, reviews, authors, runs, last, rows.landed(commits));
        runs.putAll(
                rows.runs(without.stream().flatMap(known::elsewhere).distinct().toList()));
        return known;
    }

    private static void reviews(List<Case.Fact> facts, Question question, Known known) {
        var reviews = known.reviews().stream()
                .filter(review -> !review.at().isAfter(question.at()))
                .toList();
        for (var change : known.reviewed(question)) {
            for (var review :
                    Judgement.counting(change, reviews, known.authors().getOrDefault(change, Set.of()))) {
                facts.add(new Case.Fact(
                        "review",
                        Judgement.approves(review),
                        bound(change, review, question.commit()),
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

    private static void merges(List<Case.Fact> facts, Question question, Known known) {
        for (var landed : known.landed().getOrDefault(at(question), List.of())) {
            merged(facts, question, landed.commit(), landed.at(), landed.repository() + " " + landed.branch());
        }
        for (var change : known.heading(question).stream()
                .filter(one -> one.target().equals(one.mainBranch()))
                .toList()) {
            merged(
                    facts,
                    question,
                    asked(change, question.commit()),
                    change.mergedAt(),
                    change.name() + " " + change.target());
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
