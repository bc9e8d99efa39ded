package dev.conduct.importer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps the account while a run goes on.
final class Tally {

    private static final int PEOPLE = 200;

    private int read;
    private int imported;
    private int merged;
    private long events;
    private long deviations;
    private final List<LossAccount.Reason> reasons = new ArrayList<>();
    private final Map<String, Map<String, Integer>> unmapped = new TreeMap<>();
    private final Map<String, Integer> kept = new TreeMap<>();
    private final Map<String, Integer> lost = new TreeMap<>();
    private final Map<String, LossAccount.Person> people = new TreeMap<>();

    void refused(String at, String id, String says) {
        read++;
        reasons.add(new LossAccount.Reason(at, id, says));
    }

    void refused(String at, Translation.Refused refusal) {
        refused(at, refusal.id(), refusal.says());
        refusal.unmapped()
                .forEach((kind, words) -> words.forEach((word, count) ->
                        unmapped.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(word, count, Integer::sum)));
    }

    void imported(Translation.Ready ready, long recorded) {
        read++;
        imported++;
        noted(ready, recorded);
    }

    void merged(Translation.Ready ready, long recorded) {
        read++;
        merged++;
        noted(ready, recorded);
    }

    void events(long recorded) {
        events += recorded;
    }

    void deviations(long found) {
        deviations += found;
    }

    void acted(String id, String name, @Nullable String here) {
        people.merge(
                id,
                new LossAccount.Person(id, name.isBlank() ? id : name, 1, here),
                (one, other) -> new LossAccount.Person(id, one.name(), one.acts() + 1, here));
    }

    void lost(String what, int count) {
        lost.merge(what, count, Integer::sum);
    }

    private void noted(Translation.Ready ready, long recorded) {
        events += recorded;
        ready.kept().forEach((what, count) -> kept.merge(what, count, Integer::sum));
        ready.lost().forEach((what, count) -> lost.merge(what, count, Integer::sum));
    }

    LossAccount account() {
        return new LossAccount(
                read,
                imported,
                merged,
                reasons.size(),
                List.copyOf(reasons),
                events,
                deviations,
                unmapped,
                kept,
                lost,
                most());
    }

    private List<LossAccount.Person> most() {
        return people.values().stream()
                .sorted(Comparator.comparingInt(LossAccount.Person::acts).reversed())
                .limit(PEOPLE)
                .toList();
    }
}
