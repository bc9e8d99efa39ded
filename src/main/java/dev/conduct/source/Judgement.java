package dev.conduct.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/// What reviews and runs come to, by pure functions: the page and the gates say the same.
final class Judgement {

    private Judgement() {}

    /// The verdicts that count on a change: the last of each reviewer, on whatever commit, who neither opened it
    /// nor wrote a commit of it. While one of them asks for changes, nothing else counts. Who approves must be
    /// somebody an administrator has named; anybody may ask for changes.
    ///
    /// @param reviews oldest first
    /// @param authors logins, names and people who wrote its commits
    static List<CodeRows.Review> counting(
            CodeRows.Change change, List<CodeRows.Review> reviews, Collection<String> authors) {
        var own = new HashSet<>(authors);
        own.add(change.author());
        if (change.person() != null) {
            own.add(change.person());
        }
        var last = new LinkedHashMap<String, CodeRows.Review>();
        reviews.stream()
                .filter(review -> review.repository().equals(change.repository()) && review.change() == change.number())
                .filter(review -> !own.contains(review.reviewer()) && !own.contains(review.person()))
                .forEach(review -> last.put(review.reviewer(), review));
        var against = last.values().stream()
                .filter(review -> review.verdict().equals("changes_requested"))
                .toList();
        return against.isEmpty()
                ? last.values().stream()
                        .filter(review -> approves(review) && review.named())
                        .toList()
                : against;
    }

    static boolean approves(CodeRows.Review review) {
        return review.verdict().equals("approved");
    }

    /// `passed`, `failed`, `running`, or empty when nothing ran.
    ///
    /// @param runs the last of each name on one commit that was not skipped
    static String came(List<CodeRows.Run> runs) {
        var states = new ArrayList<String>();
        runs.forEach(run -> states.add(run.state()));
        return states.isEmpty()
                ? ""
                : states.contains("failed") ? "failed" : states.contains("running") ? "running" : "passed";
    }
}
