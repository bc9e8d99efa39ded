package dev.conduct.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What reviews and runs come to, by pure functions: the page and the gates say the same.
final class Judgement {

    private Judgement() {}

    /// The verdicts that count on the last commit of a change: the last of each reviewer who neither opened it
    /// nor wrote a commit of it. While one of them asks for changes, nothing else counts.
    ///
    /// @param reviews of this change, oldest first
    /// @param authors logins, names and people who wrote its commits
    static List<CodeRows.Review> counting(
            CodeRows.Change change, List<CodeRows.Review> reviews, Collection<String> authors) {
        var own = new HashSet<>(authors);
        own.add(change.author());
        if (change.person() != null) {
            own.add(change.person());
        }
        var valid = reviews.stream()
                .filter(review -> review.repository().equals(change.repository()) && review.change() == change.number())
                .filter(review -> review.commit().equals(change.head()))
                .filter(review -> !own.contains(review.reviewer()) && !own.contains(review.person()))
                .filter(review -> !review.verdict().equals("withdrawn"))
                .toList();
        var against = valid.stream().filter(review -> !approves(review)).toList();
        return against.isEmpty() ? valid : against;
    }

    static boolean approves(CodeRows.Review review) {
        return review.verdict().equals("approved");
    }

    /// `passed`, `failed`, `running`, or empty when nothing ran.
    ///
    /// @param runs the last of each name on one commit
    static String came(List<CodeRows.Run> runs) {
        var states = new ArrayList<String>();
        runs.forEach(run -> states.add(run.state()));
        return states.isEmpty()
                ? ""
                : Set.copyOf(states).contains("failed") ? "failed" : states.contains("running") ? "running" : "passed";
    }
}
