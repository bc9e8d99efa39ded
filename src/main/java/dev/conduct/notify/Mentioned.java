package dev.conduct.notify;

import dev.conduct.identity.People.Person;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds who is mentioned in a text: `@` and a whole name, or the first word of one that nobody else has. Of two
/// people of one name neither is mentioned.
final class Mentioned {

    private Mentioned() {}

    static Set<String> in(String text, Collection<Person> people) {
        var found = new LinkedHashSet<String>();
        var lower = text.toLowerCase(Locale.ROOT);
        for (var at = lower.indexOf('@'); at >= 0; at = lower.indexOf('@', at + 1)) {
            if (at == 0 || !Character.isLetterOrDigit(lower.charAt(at - 1))) {
                one(lower.substring(at + 1, Math.min(lower.length(), at + 202)), people, found);
            }
        }
        return found;
    }

    private static void one(String rest, Collection<Person> people, Set<String> found) {
        var whole = longest(
                people.stream().filter(person -> begins(rest, name(person))).toList());
        var who = whole.isEmpty()
                ? people.stream().filter(person -> begins(rest, first(person))).toList()
                : whole;
        if (who.size() == 1) {
            found.add(who.getFirst().id());
        }
    }

    private static List<Person> longest(List<Person> people) {
        var length =
                people.stream().mapToInt(person -> person.name().length()).max().orElse(0);
        return people.stream()
                .filter(person -> person.name().length() == length)
                .toList();
    }

    private static boolean begins(String rest, String name) {
        return !name.isEmpty()
                && rest.startsWith(name)
                && (rest.length() == name.length() || !Character.isLetterOrDigit(rest.charAt(name.length())));
    }

    private static String name(Person person) {
        return person.name().toLowerCase(Locale.ROOT);
    }

    private static String first(Person person) {
        return name(person).split("\\s+", 2)[0];
    }
}
