package dev.conduct.procedure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The facts of one kind sorted by whether they count: of this pass, of this commit, or not.
///
/// @param counting, stale, otherBuild oldest first
/// @param aged those of the stale that only their age makes so
record Findings(List<Case.Fact> counting, List<Case.Fact> stale, List<Case.Fact> otherBuild, Set<Case.Fact> aged) {

    private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{7,64}");

    /// @param commit the commit in force, empty when none is
    /// @param now the moment at which it is asked for
    static Findings of(Procedure.EvidenceKind kind, ItemType type, Case item, String commit, Instant now) {
        var counting = new ArrayList<Case.Fact>();
        var stale = new ArrayList<Case.Fact>();
        var otherBuild = new ArrayList<Case.Fact>();
        var aged = new HashSet<Case.Fact>();
        var reworked = reworked(kind.name(), type, item);
        var since = since(kind, item);
        for (var fact : item.evidence()) {
            if (!fact.kind().equals(kind.name())) {
                continue;
            }
            var named = fact.commit();
            var of = named != null && !commit.isEmpty() && !same(named, commit);
            var bound = kind.bound() && named != null && !commit.isEmpty();
            if (fact.voided() || before(fact, reworked)) {
                stale.add(fact);
            } else if (of) {
                otherBuild.add(fact);
            } else if (!bound && before(fact, since)) {
                stale.add(fact);
            } else if (kind.age() != null && fact.at().plus(kind.age()).isBefore(now)) {
                stale.add(fact);
                aged.add(fact);
            } else {
                counting.add(fact);
            }
        }
        return new Findings(counting, stale, otherBuild, aged);
    }

    /// The newest that counts, of others than the excluded if there is one. That it passed is not to be attested where
    /// a source told of the commit: then what the source told last counts. A failure that is attested later counts.
    Optional<Case.Fact> newest(Set<String> excluded) {
        var others = counting.stream()
                .filter(fact -> !excluded.contains(fact.actor()))
                .toList();
        return decisive(others).or(() -> decisive(counting));
    }

    /// Whether a connected source told of it, even if that does not count any more.
    boolean told() {
        return Stream.of(counting, stale, otherBuild).flatMap(List::stream).anyMatch(Case.Fact::delivered);
    }

    private static Optional<Case.Fact> decisive(List<Case.Fact> facts) {
        var newest = last(facts);
        if (newest.isEmpty() || newest.get().delivered() || !newest.get().passed()) {
            return newest;
        }
        var told = facts.stream()
                .filter(fact -> fact.delivered() && fact.commit() != null)
                .toList();
        return last(told).or(() -> newest);
    }

    static <T> Optional<T> last(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast());
    }

    /// The same commit, one of them perhaps abbreviated to seven digits or more.
    static boolean same(String one, String other) {
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        if (a.equals(b)) {
            return true;
        }
        var abbreviated =
                ABBREVIATED.matcher(a).matches() && ABBREVIATED.matcher(b).matches();
        return abbreviated && (a.startsWith(b) || b.startsWith(a));
    }

    private static boolean before(Case.Fact fact, @Nullable Instant moment) {
        return moment != null && fact.at().isBefore(moment);
    }

    /// When the current pass of this kind began: the last rework that made it void.
    private static @Nullable Instant reworked(String kind, ItemType type, Case item) {
        var voiding = new HashSet<String>();
        type.transitions().values().stream()
                .filter(transition -> transition.voids().contains(kind))
                .forEach(transition -> voiding.add(transition.name()));
        return item.passages().stream()
                .filter(passage -> voiding.contains(passage.name()))
                .map(Case.Passage::at)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private static @Nullable Instant since(Procedure.EvidenceKind kind, Case item) {
        return item.passages().stream()
                .filter(passage -> passage.name().equals(kind.since()) && !passage.voided())
                .map(Case.Passage::at)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
