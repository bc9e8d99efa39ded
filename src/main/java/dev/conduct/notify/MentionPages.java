package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.work.Visibility;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/// Completes a name after `@`. Who is not of the house is told nobody's.
@Controller
class MentionPages {

    private static final int MOST = 8;

    private final People people;
    private final Visibility visibility;

    MentionPages(People people, Visibility visibility) {
        this.people = people;
        this.visibility = visibility;
    }

    record Name(String name, String initials) {}

    @GetMapping("/mentions")
    @ResponseBody
    List<Name> names(@RequestParam(defaultValue = "") String q, Actor actor) {
        var begins = q.strip().toLowerCase(Locale.ROOT);
        if (!visibility.readsInternal(actor)) {
            return List.of();
        }
        return people.holding(Set.of()).stream()
                .filter(person -> (" " + person.name().toLowerCase(Locale.ROOT)).contains(" " + begins))
                .limit(MOST)
                .map(person -> new Name(person.name(), person.initials()))
                .toList();
    }
}
