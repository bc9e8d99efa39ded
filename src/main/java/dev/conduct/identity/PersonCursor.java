package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/// Where a page of people ended.
record PersonCursor(boolean gone, UUID id, String name) {

    static PersonCursor of(People.Person person) {
        return new PersonCursor(!person.active(), ActorId.required(person.id()), person.name());
    }

    boolean before(NameBook.Line line) {
        var gone = !line.active();
        return this.gone == gone ? line.after(name, id) : gone;
    }

    String written() {
        var text = (gone ? "1" : "0") + id + name;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws Problem 400 when it is not one that a list gave
    static PersonCursor read(String written) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8);
            if (text.length() > 37 && text.matches("(?s)[01].*") && text.indexOf(0) < 0) {
                var id = ActorId.parsed(text.substring(1, 37));
                if (id.isPresent()) {
                    return new PersonCursor(text.charAt(0) == '1', id.get(), text.substring(37));
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw Problem.badInput("cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
    }
}
