package dev.conduct.importer;

import dev.conduct.identity.People;
import dev.conduct.identity.People.Person;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who the people of a file are here: as it was said, or as it looks. A guess is one by the same e-mail address or the
/// same name, and counts only once somebody has sent it.
@Component
class FilePeople {

    private static final String FIELD = Answers.PERSON + "|";

    private final People people;

    FilePeople(People people) {
        this.people = people;
    }

    /// @param typed what was typed and not accepted, by the names of the form
    ImportView.Persons of(LossAccount account, Mapping mapping, Map<String, String> typed) {
        var named = Stream.concat(
                account.people().stream().flatMap(told -> Stream.of(told.id(), told.name())), said(typed));
        var known = people.resolve(named.collect(Collectors.toSet()));
        var told = new ArrayList<ImportView.Person>();
        for (var person : account.people()) {
            told.add(person(told.size(), person, mapping, typed, known));
        }
        return new ImportView.Persons(
                told,
                people.holding(Set.of()).stream()
                        .filter(person -> person.email() != null)
                        .map(person ->
                                new ImportView.Here(Objects.requireNonNullElse(person.email(), ""), person.name()))
                        .toList(),
                said(typed).allMatch(known::containsKey)
                        ? null
                        : "Somebody named below has no account here. Write an e-mail address, or leave it empty.");
    }

    /// Whether somebody is named who is nobody here.
    boolean wrong(Map<String, String> typed) {
        var said = said(typed).collect(Collectors.toSet());
        return !people.resolve(said).keySet().containsAll(said);
    }

    private static Stream<String> said(Map<String, String> typed) {
        return typed.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(FIELD) && !entry.getValue().isBlank())
                .map(Map.Entry::getValue);
    }

    private static ImportView.Person person(
            int at, LossAccount.Person told, Mapping mapping, Map<String, String> typed, Map<String, Person> known) {
        var field = FIELD + told.id();
        var value = typed.containsKey(field)
                ? typed.get(field)
                : mapping.people().containsKey(told.id())
                        ? said(mapping.people().get(told.id()))
                        : null;
        var guess = value == null ? guess(told, known) : Optional.<String>empty();
        return new ImportView.Person(
                "f-person-" + at,
                field,
                told.name().equals(told.id()) ? told.name() : told.name() + " (" + told.id() + ")",
                told.acts(),
                value == null ? guess.orElse("") : value,
                guess.isPresent(),
                typed.containsKey(field) && !typed.get(field).isBlank() && !known.containsKey(typed.get(field)));
    }

    private static String said(@Nullable String who) {
        return who == null || who.equals(Mapping.OUTSIDE) ? "" : who;
    }

    private static Optional<String> guess(LossAccount.Person told, Map<String, Person> known) {
        return Optional.ofNullable(known.getOrDefault(told.id(), known.get(told.name())))
                .filter(Person::active)
                .map(Person::email);
    }
}
