package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Mentions;
import dev.conduct.shell.Words;
import dev.conduct.work.RecordPage.Named;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The people of one page, fetched in one query.
record PageNames(Map<String, People.Person> people, Actor viewer) {

    private static final Pattern ID = Pattern.compile("\\b(?:person|client):[0-9a-f-]{36}|\\bsystem:[a-z_]+");
    private static final Pattern COMMIT = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{28}\\b");

    static PageNames of(Collection<String> ids, People people, Actor viewer) {
        return new PageNames(people.byId(ids), viewer);
    }

    Named named(String id) {
        var person = people.get(id);
        if (person == null) {
            return id.startsWith("system:")
                    ? new Named(id, "Conduct", "C", false)
                    : new Named(id, "Somebody unknown", "?", false);
        }
        return new Named(id, person.name(), person.initials(), id.equals(viewer.id()));
    }

    /// A sentence of the rules as people read it: names for ids, commits no longer than they are told apart by, and
    /// times in the zone of who reads.
    String inWords(String sentence, Words words) {
        var timed = Mentions.moments(inNames(sentence), words::dated);
        return COMMIT.matcher(timed).replaceAll("$1");
    }

    /// A sentence with names for ids.
    String inNames(String sentence) {
        return ID.matcher(sentence).replaceAll(found -> Matcher.quoteReplacement(name(found.group())));
    }

    String name(String id) {
        return named(id).name();
    }
}
