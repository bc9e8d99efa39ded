package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who knows what, and who does not: by standard and by person.
@Component
class Overview {

    private final StandardLists lists;
    private final StandardRows rows;
    private final Asked asked;
    private final People people;
    private final InstantSource time;

    Overview(StandardLists lists, StandardRows rows, Asked asked, People people, InstantSource time) {
        this.lists = lists;
        this.rows = rows;
        this.asked = asked;
        this.people = people;
        this.time = time;
    }

    /// One person who has to know one standard.
    ///
    /// @param holes what is owed, in words; empty when nothing is
    ///
    /// @param since when the person came to have to know it
    record Line(Standard standard, People.Person person, Knowledge knowledge, List<String> holes, Instant since) {

        @Nullable
        Instant due() {
            return standard.version().due(since);
        }

        boolean over(Instant now) {
            var due = due();
            return !holes.isEmpty() && due != null && due.isBefore(now);
        }
    }

    /// One person, with everything they have to know.
    record Row(People.Person person, List<Line> lines) {

        List<Line> holes() {
            return lines.stream().filter(line -> !line.holes().isEmpty()).toList();
        }
    }

    record Slice<T>(List<T> items, @Nullable String next) {}

    /// Those who have to know it, by name.
    ///
    /// @param after id of the last person before
    Slice<Line> of(Standard standard, @Nullable String after, int most) {
        var page = slice(standard.inForce() ? asked.of(standard) : List.of(), after, most);
        return new Slice<>(
                rows(page.items(), List.of(standard)).stream()
                        .flatMap(row -> row.lines().stream())
                        .toList(),
                page.next());
    }

    /// Everybody inside by name, with the standards this actor oversees.
    ///
    /// @throws Problem 404 for who oversees none
    Slice<Row> people(Actor actor, @Nullable String after, int most) {
        var standards = overseen(actor);
        var page = slice(people.holdingAnywhere(asked.names()), after, most);
        return new Slice<>(rows(page.items(), standards), page.next());
    }

    /// @throws Problem 404 for who is neither this person nor oversees standards
    Row person(String id, Actor actor) {
        var standards =
                id.equals(actor.id()) ? lists.page(actor, true, null, OwedStandards.LOOKED_AT) : overseen(actor);
        var person = people.find(id).filter(People.Person::active).orElseThrow(() -> Problem.notFound("This person"));
        return rows(List.of(person), standards).getFirst();
    }

    /// Standards in force of which they see what others know.
    ///
    /// @throws Problem 404 for who oversees none at all
    List<Standard> overseen(Actor actor) {
        var standards = lists.page(actor, true, null, OwedStandards.LOOKED_AT).stream()
                .filter(standard -> lists.oversees(standard.product(), actor))
                .toList();
        if (standards.isEmpty()
                && !lists.oversees(null, actor)
                && lists.kept(actor).isEmpty()) {
            throw Problem.notFound("This page");
        }
        return standards;
    }

    private List<Row> rows(List<People.Person> shown, List<Standard> standards) {
        var ids = shown.stream().map(People.Person::id).toList();
        var held = people.held(ids);
        var known = rows.knowledge(standards.stream().map(Standard::id).toList(), ids);
        var found = new ArrayList<Row>();
        for (var person : shown) {
            var lines = new ArrayList<Line>();
            for (var standard : standards) {
                var knows = known.getOrDefault(new StandardRows.Whose(standard.id(), person.id()), Knowledge.NONE);
                asked.since(standard, held.getOrDefault(person.id(), Map.of()))
                        .ifPresent(since -> lines.add(
                                new Line(standard, person, knows, knows.holes(standard, time.instant()), since)));
            }
            found.add(new Row(person, lines));
        }
        return found;
    }

    private static Slice<People.Person> slice(List<People.Person> all, @Nullable String after, int most) {
        var from = 0;
        for (var i = 0; after != null && i < all.size(); i++) {
            if (all.get(i).id().equals(after)) {
                from = i + 1;
            }
        }
        var to = Math.min(all.size(), from + most);
        return new Slice<>(
                all.subList(from, to),
                to < all.size() && to > 0 ? all.get(to - 1).id() : null);
    }
}
