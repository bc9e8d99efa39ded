package dev.conduct.importer;

import dev.conduct.identity.People;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        var told = account.people().stream()
                .map(person -> person(account.people().indexOf(person), person, mapping, typed))
                .toList();
        return new ImportView.Persons(
                told,
                people.holding(Set.of()).stream()
                        .filter(person -> person.email() != null)
                        .map(person ->
                                new ImportView.Here(Objects.requireNonNullElse(person.email(), ""), person.name()))
                        .toList(),
                wrong(typed)
                        ? "Somebody named below has no account here. Write an e-mail address, or leave it empty."
                        : null);
    }

    /// Whether somebody is named who is nobody here.
    boolean wrong(Map<String, String> typed) {
        return typed.entrySet().stream()
                .anyMatch(entry -> entry.getKey().startsWith(FIELD) && isNobody(entry.getValue()));
    }

    private boolean isNobody(String value) {
        return !value.isBlank() && people.resolve(value).isEmpty();
    }

    private ImportView.Person person(int at, LossAccount.Person told, Mapping mapping, Map<String, String> typed) {
        var field = FIELD + told.id();
        var said = typed.containsKey(field)
                ? typed.get(field)
                : mapping.people().containsKey(told.id())
                        ? said(mapping.people().get(told.id()))
                        : null;
        var guess = said == null ? guess(told) : Optional.<String>empty();
        var value = said == null ? guess.orElse("") : said;
        return new ImportView.Person(
                "f-person-" + at,
                field,
                told.name().equals(told.id()) ? told.name() : told.name() + " (" + told.id() + ")",
                told.acts(),
                value,
                guess.isPresent(),
                typed.containsKey(field) && isNobody(value));
    }

    private static String said(@org.jspecify.annotations.Nullable String who) {
        return who == null || who.equals(Mapping.OUTSIDE) ? "" : who;
    }

    private Optional<String> guess(LossAccount.Person told) {
        return people.resolve(told.id())
                .or(() -> people.resolve(told.name()))
                .filter(person -> person.active() && person.email() != null)
                .map(person -> Objects.requireNonNullElse(person.email(), ""));
    }
}
